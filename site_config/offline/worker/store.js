// What the browser keeps of the course: one cache, in which a file's name is its sha256.
//
// A file that two releases share is there once. A file that is not what its name says is no file
// of ours: it is looked at whenever it is taken out, and thrown away when it is wrong.

const SCOPE = new URL(self.registration.scope).pathname;
const STORE = `bptt-course ${SCOPE}`; // other projects of the origin have their own names
const PLACE = `${SCOPE}offline/kept/`; // no file of the site lies there

const openStore = () => caches.open(STORE);

async function sha256Of(buffer) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The file as an answer, or null when it is not there, or not itself. It is read twice: what was
// looked at is thrown away, and the browser hands out its own, with the code that it has already
// compiled from it.
async function takeOut(sha256) {
  const store = await openStore();
  const kept = await store.match(PLACE + sha256);
  if (!kept) return null;
  if (await isItself(kept, sha256)) return store.match(PLACE + sha256);
  await store.delete(PLACE + sha256);
  return null;
}

async function isItself(answer, sha256) {
  try {
    return (await sha256Of(await answer.arrayBuffer())) === sha256;
  } catch {
    return false; // the disk could not give it back: no better than a wrong one
  }
}

async function putIn(sha256, answer) {
  await (await openStore()).put(PLACE + sha256, answer);
}

// A new answer has the address that was asked for, whatever it was fetched from.
function answerOf(buffer, headers) {
  return new Response(buffer, {
    headers: { "content-type": headers.get("content-type") ?? "application/octet-stream" },
  });
}

// The sha256 of every file that is there.
async function allKept() {
  const names = (await (await openStore()).keys()).map(({ url }) => new URL(url).pathname);
  return new Set(names.map((name) => name.slice(PLACE.length)));
}

async function throwAway(names) {
  const store = await openStore();
  await Promise.all([...names].map((name) => store.delete(PLACE + name)));
}
