// A static host cannot send a policy with this worker, so it gives one to itself: it asks its own
// origin, and nobody else. What could reach elsewhere is taken away before anything else runs.

const fetchAnywhere = self.fetch.bind(self);

self.fetch = function fetch(resource, options) {
  const address = new URL(resource instanceof Request ? resource.url : resource, location.href);
  if (address.origin === location.origin) return fetchAnywhere(resource, options);
  return Promise.reject(new TypeError(`${address.origin} is not asked: it is not this site`));
};

for (const name of ["WebSocket", "WebSocketStream", "EventSource", "WebTransport"]) {
  delete self[name];
}

// A worker that a page begins from a file of the site has the policy of that file's headers, not
// of its page. So these are the headers.
const isWorker = (request) => request.destination === "worker";

function bound(answer) {
  const headers = new Headers(answer.headers);
  headers.set("content-security-policy", "default-src 'self' 'unsafe-eval' data: blob:");
  return new Response(answer.body, { status: answer.status, headers });
}
