// Who is listened to. JupyterLite's own service worker follows below, untouched: it installs
// itself at once, and answers what the kernel asks about files and input (drive, stdin, heartbeat).
// Whatever is answered here never reaches it; nor does what the browser should answer by itself.

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (isJupyterLites(event.request, url)) return;
  event.stopImmediatePropagation();
  if (url.origin !== location.origin || !url.pathname.startsWith(SCOPE)) return;
  const promise = answerTo(event);
  if (promise) event.respondWith(promise);
});

const isJupyterLites = ({ method }, { pathname }) =>
  method !== "GET" ||
  pathname === "/api/service-worker-heartbeat" ||
  pathname.includes("/api/drive") ||
  pathname.includes("/api/stdin/");

self.addEventListener("message", (event) => {
  const { type } = event.data ?? {};
  if (type === "keep") event.waitUntil(keepCourse());
  if (type === "leaving") leaving.set(event.source.id, Date.now());
});
