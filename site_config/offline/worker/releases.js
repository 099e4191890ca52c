// Which release of the course answers. A release is release.json: every file with sha256 and size.
//
// The current one answers every page. A newer one waits until it is whole, and then until a page
// is opened while no other notebook is: so all open pages, and the kernels that they have begun,
// are of one release, and no page ever sees two.

const CURRENT = "current.json";
const NEXT = "next.json";

const releases = { current: null, next: null, known: false };
const begun = new Map(); // the release of each page that was opened since this worker woke

// A worker that wakes knows nothing; the first who asks waits for this.
let reading = null;
function knowReleases() {
  reading ??= readReleases();
  return reading;
}

async function readReleases() {
  try {
    const store = await openStore();
    const read = async (name) => (await store.match(PLACE + name))?.json() ?? null;
    [releases.current, releases.next] = await Promise.all([read(CURRENT), read(NEXT)]);
  } catch {
    // a browser that keeps nothing for us: the network answers
  }
  releases.known = true;
}

const writeRelease = (name, release) => putIn(name, new Response(JSON.stringify(release)));

// A release that is whole: it waits, or answers at once where there is none.
async function isWhole(release) {
  if (releases.current) {
    await writeRelease(NEXT, release);
    releases.next = release;
  } else {
    await writeRelease(CURRENT, release);
    releases.current = release;
  }
}

// The release that a page gets which is now being opened.
async function releaseForNewPage(event) {
  if (releases.next && !(await anotherNotebookIsOpen())) {
    try {
      await takeNext();
      event.waitUntil(sweep());
    } catch {
      // a disk so full that not even this can be noted: the current release goes on
    }
  }
  begun.set(event.resultingClientId, releases.current);
  return releases.current;
}

async function takeNext() {
  const { next } = releases;
  await writeRelease(CURRENT, next);
  await throwAway([NEXT]);
  releases.current = next;
  releases.next = null;
}

const releaseFor = (clientId) => begun.get(clientId) ?? releases.current;

// A notebook that is being left, or reloaded, is still counted among the browser's pages. It says
// so itself, at the last moment; and it may be that it stays after all.
const leaving = new Map(); // client id: when it said so
const LEAVES_WITHIN = 5_000;
const LAST_WORDS = 100; // they may come a little after the page that takes its place is asked for

async function anotherNotebookIsOpen() {
  if (!(await openNotebooks())) return false;
  await new Promise((done) => setTimeout(done, LAST_WORDS));
  return (await openNotebooks()) > 0;
}

async function openNotebooks() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const notebooks = new URL(`${SCOPE}notebooks/`, location.href).href;
  const stays = ({ id }) => !(Date.now() - leaving.get(id) < LEAVES_WITHIN);
  return pages.filter((page) => page.url.startsWith(notebooks) && stays(page)).length;
}

// Files that no release has any more. A page of an older one may be open, if it is no notebook.
async function sweep() {
  const alive = new Set((await self.clients.matchAll()).map(({ id }) => id));
  for (const id of begun.keys()) {
    if (!alive.has(id)) begun.delete(id);
  }
  const needed = [releases.current, releases.next, ...begun.values()].filter(Boolean);
  const kept = await allKept();
  for (const { files } of needed) {
    for (const [sha256] of Object.values(files)) kept.delete(sha256);
  }
  kept.delete(CURRENT);
  kept.delete(NEXT);
  await throwAway(kept);
}
