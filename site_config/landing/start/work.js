// The learner's work as the browser keeps it: JupyterLite's database, read and written from the
// start page. Each entry is a file of the notebooks' folder, under its name.

const DATABASE = `JupyterLite Storage - ${new URL(".", location.href).pathname}`;
const STORE = "files";

async function open() {
  // Opening a database that is not there would make an empty one, and JupyterLite would trip on it.
  const there = await indexedDB.databases();
  if (!there.some(({ name }) => name === DATABASE)) return null;
  const database = await asked(indexedDB.open(DATABASE));
  if (database.objectStoreNames.contains(STORE)) return database;
  database.close();
  return null;
}

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

// All files, by name; none when there is no work yet, or the browser does not let us look.
export async function allWork() {
  const database = await open().catch(() => null);
  if (!database) return new Map();
  try {
    const store = database.transaction(STORE).objectStore(STORE);
    const [names, files] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    return new Map(names.map((name, i) => [name, files[i]]));
  } finally {
    database.close();
  }
}

// Put and delete in one transaction: all of it happens, or none.
export async function changeWork(put, remove = []) {
  const database = await open();
  if (!database) {
    throw new Error("open a notebook once, so that this browser has a place to keep work in");
  }
  try {
    await new Promise((done, failed) => {
      const transaction = database.transaction(STORE, "readwrite");
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
      const store = transaction.objectStore(STORE);
      for (const [name, file] of put) store.put(file, name);
      for (const name of remove) store.delete(name);
    });
  } finally {
    database.close();
  }
}

// The name of a copy that is kept when something else takes the file's place.
export function copyName(name, now = new Date()) {
  const when = now.toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return name.replace(/(\.\w+)?$/, ` (kept ${when})$1`);
}

export const copyOf = (file, name) => ({ ...file, name, path: name });
