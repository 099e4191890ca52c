// Unsaved text, written down at once where no promise has to be waited for.
//
// Saving goes through IndexedDB and takes its time; a tab that is closed or crashes meanwhile
// would lose the last lines. localStorage answers within the same turn. Each notebook has one
// entry, and only while it holds something that is not saved yet.

const key = (base, path) => `bptt unsaved ${base} ${path}`;

export function writeDown(base, path, cells) {
  try {
    if (cells.length) localStorage.setItem(key(base, path), JSON.stringify(cells));
    else localStorage.removeItem(key(base, path));
  } catch {
    // No room, or not allowed: saving itself goes on, and says when it fails.
  }
}

export function readBack(base, path) {
  try {
    const cells = JSON.parse(localStorage.getItem(key(base, path)) ?? "[]");
    return cells.filter(({ id, now }) => typeof id === "string" && typeof now === "string");
  } catch {
    return [];
  }
}

export const forget = (base, path) => writeDown(base, path, []);

// The notebooks of which something is written down.
export function notebooksWithUnsaved(base) {
  try {
    const start = key(base, "");
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(start))
      .map((name) => name.slice(start.length));
  } catch {
    return [];
  }
}
