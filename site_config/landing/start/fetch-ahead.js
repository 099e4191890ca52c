// While the start page is read, fetch what the notebooks need into the browser's store.
//
// Two files at a time, so that the line is never empty between them; at low priority, so that
// whoever opens a notebook at once waits for nothing. Not where bytes cost money; and it says how
// many they are.

const AT_ONCE = 2;
const megabytes = (bytes) => Math.round(bytes / 1e6);

function isMetered() {
  const connection = navigator.connection;
  return Boolean(
    connection?.saveData || connection?.type === "cellular" || /2g/.test(connection?.effectiveType),
  );
}

export async function fetchAhead(line) {
  if (isMetered()) return;
  const files = await fetch("fetch-ahead.json").then((answer) => answer.json());
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let have = 0;
  const say = () => {
    line.textContent =
      `While you read, this page fetches Python and the notebook page: ${megabytes(have)} of ${megabytes(total)} MB.`;
  };
  const queue = files[Symbol.iterator]();
  const work = async () => {
    for (const { url, bytes } of queue) {
      const answer = await fetch(url, { priority: "low" });
      await answer.arrayBuffer(); // to its end, or the browser does not keep it
      have += bytes;
      say();
    }
  };
  line.hidden = false;
  say();
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch {
    line.hidden = true; // the notebook asks again, and says what is wrong
    return;
  }
  line.textContent = `Python and the notebook page are here already (${megabytes(total)} MB): notebooks open faster now.`;
}
