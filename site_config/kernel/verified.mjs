// The core of Pyodide is verified before it runs, by the sha256 that the build wrote down.
//
// What Pyodide fetches (its WebAssembly, the standard library) the browser compares as it comes. What
// it imports, browsers do not compare: those modules are fetched and compared first, and then imported
// from what the browser has just been given.

import { core } from "./built.mjs";
import { fetchFile, nameOf } from "./files.mjs";

const MODULE = /\.mjs$/;

// Resolves when the modules may be imported. To be called before Pyodide fetches anything.
export async function verifyCore() {
  const ask = self.fetch;
  self.fetch = (input, options) => {
    const integrity = core[nameOf(input)];
    return ask.call(self, input, integrity ? { ...options, integrity } : options);
  };
  const modules = Object.keys(core).filter((name) => MODULE.test(name));
  await Promise.all(modules.map(async (name) => {
    const answer = await fetchFile(new URL(name, import.meta.url), core[name]);
    await answer.arrayBuffer();
  }));
}
