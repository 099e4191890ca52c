// Have the course kept for offline use, and learn how far that is.

import { registered } from "./register.js";

const AGAIN = 30_000; // the browser may end the worker in the midst of it, or a page was opened

// `said` is told { whole, left, problem } whenever something has changed. Returns false where
// there is no service worker.
export async function keepCourse(said = () => {}) {
  const registration = await registered;
  if (!registration) return false;
  let last = { whole: false };
  let heard = 0;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type !== "kept") return;
    last = data;
    heard = performance.now();
    said(data);
  });
  const { active } = await navigator.serviceWorker.ready;
  const ask = () => active.postMessage({ type: "keep" });
  ask();
  const timer = setInterval(() => {
    if (last.whole || last.problem === "full") clearInterval(timer);
    else if (performance.now() - heard > AGAIN) ask();
  }, AGAIN);
  return true;
}

// Where bytes cost money, nothing is fetched that was not asked for.
export function isMetered() {
  const connection = navigator.connection;
  return Boolean(
    connection?.saveData || connection?.type === "cellular" || /2g/.test(connection?.effectiveType),
  );
}
