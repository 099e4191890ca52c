// The learner's work as the browser keeps it: JupyterLite's database, read and written from the
// start page. Each entry is a file of the notebooks' folder, under its name.

import { copyName } from "../notebook-page/keeping/copies.js";
import { forget, notebooksWithUnsaved, readBack } from "../notebook-page/keeping/journal.js";
import { lockName } from "../notebook-page/keeping/one-tab.js";
import { forgetPlace } from "../notebook-page/keeping/place.js";
import { withUnsaved } from "../notebook-page/keeping/unsaved.js";

export const BASE = new URL(".", location.href).pathname;
const DATABASE = `JupyterLite Storage - ${BASE}`;
const STORE = "files";
// What JupyterLite makes beside it, in the same step, when the database is new.
const COMPANION = "local-forage-detect-blob-support";

const asked = (request) =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

// The database, or null when there is none with files in it and none is to be made.
async function open(make = false) {
  const there = (await indexedDB.databases()).some(({ name }) => name === DATABASE);
  if (!there && !make) return null;
  const database = await asked(indexedDB.open(DATABASE));
  if (database.objectStoreNames.contains(STORE)) return database;
  database.close();
  if (!make) return null;
  const request = indexedDB.open(DATABASE, database.version + 1);
  request.onupgradeneeded = () => {
    const { objectStoreNames: names } = request.result;
    for (const store of [STORE, COMPANION]) {
      if (!names.contains(store)) request.result.createObjectStore(store);
    }
  };
  return asked(request);
}

// All files, by name, with what was typed and not saved any more when a tab was closed; none when
// there is no work yet, or the browser does not let us look.
export async function allWork() {
  const files = await stored().catch(() => new Map());
  for (const name of notebooksWithUnsaved(BASE)) {
    const file = files.get(name) ?? (await published(name));
    if (!file) continue;
    const { notebook } = withUnsaved(file.content, readBack(BASE, name));
    files.set(name, { ...file, content: notebook });
  }
  return files;
}

async function stored() {
  const database = await open();
  if (!database) return new Map();
  try {
    const store = database.transaction(STORE).objectStore(STORE);
    const [names, files] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    return new Map(names.map((name, i) => [name, files[i]]));
  } finally {
    database.close();
  }
}

// A notebook of the site as shipped, for text that was typed before its first save.
async function published(name) {
  const answer = await fetch(`files/${encodeURIComponent(name)}`).catch(() => null);
  if (!answer?.ok) return null;
  const now = new Date().toISOString();
  return {
    name,
    path: name,
    type: "notebook",
    format: "json",
    mimetype: "application/json",
    content: await answer.json(),
    created: now,
    last_modified: now,
    writable: true,
  };
}

// Put and delete in one transaction: all of it happens, or none.
export async function changeWork(put, remove = []) {
  const database = await open(true);
  try {
    await new Promise((done, failed) => {
      const transaction = database.transaction(STORE, "readwrite");
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error ?? new Error("the browser gave up"));
      const store = transaction.objectStore(STORE);
      for (const [name, file] of put) store.put(file, name);
      for (const name of remove) store.delete(name);
    });
  } finally {
    database.close();
  }
  for (const name of [...put.map(([name]) => name), ...remove]) {
    forget(BASE, name); // it went into the copy
    forgetPlace(BASE, name);
  }
}

// The file under the name of a copy.
export function kept(file) {
  const name = copyName(file.path);
  return [name, { ...file, name: name.split("/").pop(), path: name }];
}

// Which of these notebooks are open in a tab: changed from here, they would be written over.
export async function openNow(names) {
  const { held } = (await navigator.locks?.query().catch(() => null)) ?? { held: [] };
  const locked = new Set(held.map(({ name }) => name));
  return names.filter((name) => locked.has(lockName(BASE, name)));
}
