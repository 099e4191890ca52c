// A Stop button that works while Python runs. The page leaves a word here, and the kernel, which
// cannot receive messages while it runs, asks for it: GET api/interrupt/ID answers "1" once for
// each word left, else "0".

const INTERRUPT = `${SCOPE}api/interrupt/`;
const interrupts = new Set();

function answerInterrupt(url) {
  const id = decodeURIComponent(url.pathname.slice(INTERRUPT.length));
  return new Response(interrupts.delete(id) ? "1" : "0", {
    headers: { "content-type": "text/plain", "cache-control": "no-store" },
  });
}
