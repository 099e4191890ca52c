// The site's own files, fetched by the worker: each is the one that was built, or an error that names it.

export const nameOf = (asked) => new URL(asked.url ?? asked, import.meta.url).pathname.split("/").pop();

export async function fetchFile(url, integrity) {
  const answer = await fetch(url, { integrity });
  if (!answer.ok) throw new Error(`${url} could not be fetched: ${answer.status}`);
  return answer;
}

export async function fetchUnpacked(url, integrity) {
  const { body } = await fetchFile(url, integrity);
  const plain = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
