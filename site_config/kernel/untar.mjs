// Put the files of a tar (the plain ustar kind) into Pyodide's file system.

const BLOCK = 512;
const ascii = new TextDecoder();

export function untar(bytes, FS, folder) {
  const text = (start, size) => {
    const field = bytes.subarray(start, start + size);
    const end = field.indexOf(0);
    return ascii.decode(end < 0 ? field : field.subarray(0, end));
  };
  const made = new Set();
  for (let at = 0; bytes[at]; ) {
    const prefix = text(at + 345, 155);
    const name = `${folder}/${prefix && `${prefix}/`}${text(at, 100)}`;
    const size = parseInt(text(at + 124, 12), 8);
    const parent = name.slice(0, name.lastIndexOf("/"));
    if (!made.has(parent)) {
      FS.mkdirTree(parent);
      made.add(parent);
    }
    // A copy of its own: one small file that stays must not hold the whole archive in memory.
    FS.writeFile(name, bytes.slice(at + BLOCK, at + BLOCK + size), { canOwn: true });
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
}
