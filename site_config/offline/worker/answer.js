// Answering a page: out of the store, else from the network if that has the very same file.

// The file that an address means, under the name that it has in a release.
function pathOf(url) {
  const path = decodeURIComponent(url.pathname.slice(SCOPE.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

const opensPage = (request) => request.mode === "navigate" && request.destination === "document";
const fileOf = (release, request) => release?.files[pathOf(new URL(request.url))];

// A promise of the answer; null where the browser does as well without us.
function answerTo(event) {
  const { request } = event;
  if (opensPage(request)) stopKeeping();
  else if (releases.known && !isWorker(request) && !fileOf(releaseFor(event.clientId), request)) {
    return null;
  }
  return answer(event);
}

async function answer(event) {
  const { request } = event;
  await knowReleases();
  const release = opensPage(request)
    ? await releaseForNewPage(event)
    : releaseFor(event.clientId);
  const file = fileOf(release, request);
  const found = file ? await fromRelease(event, file[0]) : await fromNetwork(request);
  return isWorker(request) ? bound(found) : found;
}

async function fromRelease(event, sha256) {
  const path = pathOf(new URL(event.request.url));
  try {
    const kept = await takeOut(sha256).catch(() => null);
    return kept ?? (await mend(event, path, sha256));
  } catch {
    return sorry(`${path} can be had neither from this browser nor from the site.`);
  }
}

// A file that is lost or damaged is fetched again, and kept again.
async function mend(event, path, sha256) {
  const fetched = await fetchExactly(path, sha256);
  event.waitUntil(putIn(sha256, fetched.clone()).catch(() => {}));
  return fetched;
}

async function fromNetwork(request) {
  if (!opensPage(request)) return fetch(request);
  try {
    return await fetch(request);
  } catch {
    return sorry("There is no network, and this browser has not kept the course yet.");
  }
}

function sorry(sentence) {
  const page =
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" ' +
    'content="width=device-width"><title>Not there just now</title>' +
    `<p>${sentence.replaceAll("<", "&lt;")} What you have written is safe: open this page again ` +
    "when there is a network.</p>";
  return new Response(page, { status: 503, headers: { "content-type": "text/html" } });
}
