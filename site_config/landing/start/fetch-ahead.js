// While the start page is read, fetch what the notebooks need into the browser's store.
//
// One file after the other and at low priority, so that whoever opens a notebook at once waits
// for nothing. Not where bytes cost money; and it says how many they are.

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
  line.hidden = false;
  for (const { url, bytes } of files) {
    line.textContent =
      `While you read, this page fetches Python and the notebook page: ${megabytes(have)} of ${megabytes(total)} MB.`;
    try {
      const answer = await fetch(url, { priority: "low" });
      await answer.arrayBuffer(); // to its end, or the browser does not keep it
    } catch {
      line.hidden = true; // the notebook asks again, and says what is wrong
      return;
    }
    have += bytes;
  }
  line.textContent = `Python and the notebook page are here already (${megabytes(total)} MB): notebooks open faster now.`;
}
