// Keeping the course: the newest release is fetched file by file, and counts once it is whole.
//
// A page asks for it when it has nothing better to do. It stops when a page is opened, which needs
// the network and the processor more, and goes on where it stopped when it is asked again.

const AT_ONCE = 3;
let keeping = null; // { stopped } of the one run that is going on

function stopKeeping() {
  if (keeping) keeping.stopped = true;
}

async function keepCourse() {
  if (keeping && !keeping.stopped) return;
  const run = { stopped: false };
  keeping = run;
  try {
    await knowReleases();
    const release = await publishedRelease();
    const missing = await missingOf(release);
    await fetchAll(release, missing, run);
    if (run.stopped) return;
    const { current, next } = releases;
    if (release.release !== (next ?? current)?.release) await isWhole(release);
    await tell({ whole: true, left: 0 });
  } catch (error) {
    if (isOfFullDisk(error)) await makeRoom();
    const problem = problemOf(error);
    await tell({ whole: Boolean(releases.current), problem, reason: error.message });
  } finally {
    if (keeping === run) keeping = null;
  }
}

async function publishedRelease() {
  const answer = await fetch(`${SCOPE}release.json`, { cache: "no-cache" });
  if (!answer.ok) throw new TypeError(`release.json: ${answer.status}`);
  return answer.json();
}

// Path, sha256 and size of each file that is not here yet, in the order in which pages ask.
async function missingOf(release) {
  const kept = await allKept();
  const missing = [];
  for (const [path, [sha256, size]] of Object.entries(release.files)) {
    if (kept.has(sha256)) continue;
    kept.add(sha256);
    missing.push({ path, sha256, size });
  }
  return missing;
}

async function fetchAll(release, missing, run) {
  let left = missing.reduce((sum, { size }) => sum + size, 0);
  await tell({ whole: false, left });
  const queue = missing[Symbol.iterator]();
  const work = async () => {
    for (const { path, sha256, size } of queue) {
      if (run.stopped) return;
      await putIn(sha256, await fetchExactly(path, sha256));
      left -= size;
      await tell({ whole: false, left });
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    run.stopped = true; // the others need not go on
    throw error;
  }
}

// The file from the network, or from what the browser remembers of it, if it is the right one.
async function fetchExactly(path, sha256) {
  for (const cache of ["default", "reload"]) {
    const answer = await fetch(SCOPE + path, { cache, priority: "low" });
    if (!answer.ok) throw new WrongFile(`${path}: ${answer.status}`);
    const buffer = await answer.arrayBuffer();
    if ((await sha256Of(buffer)) === sha256) return answerOf(buffer, answer.headers);
  }
  throw new WrongFile(`${path} is not the file that this release names`);
}

class WrongFile extends Error {}

// A disk that is full is better used for the learner's work than for half a release.
async function makeRoom() {
  releases.next = null;
  await throwAway([NEXT]);
  await sweep();
}

// The second is Firefox's own name for it, where a cache is concerned.
const isOfFullDisk = ({ name }) =>
  name === "QuotaExceededError" || name === "NS_ERROR_FILE_NO_DEVICE_SPACE";

function problemOf(error) {
  if (isOfFullDisk(error)) return "full";
  return error instanceof WrongFile ? "changed" : "network";
}

// Every page of the course may say how far it is.
async function tell(state) {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) page.postMessage({ type: "kept", ...state });
}
