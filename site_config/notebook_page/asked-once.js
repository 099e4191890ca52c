// What JupyterLab asks for again and again while it starts is asked for once.
//
// It fetches the list of all settings for each of eight extensions that want theirs, and so on:
// files that do not change while a page is open.

const UNCHANGING = /\/build\/schemas\/[\w-]+\.json$/;

export function askOnce() {
  const ask = window.fetch;
  const answers = new Map(); // by address

  window.fetch = async function (input, options) {
    const address = typeof input === "string" || input instanceof URL ? String(input) : input.url;
    const { pathname, href } = new URL(address, location.href);
    if (!UNCHANGING.test(pathname)) return ask.call(window, input, options);
    if (!answers.has(href)) answers.set(href, answered(ask.call(window, input, options)));
    try {
      const { text, status, headers } = await answers.get(href);
      return new Response(text, { status, headers });
    } catch (error) {
      answers.delete(href); // perhaps next time
      throw error;
    }
  };
}

async function answered(asked) {
  const answer = await asked;
  return { text: await answer.text(), status: answer.status, headers: answer.headers };
}
