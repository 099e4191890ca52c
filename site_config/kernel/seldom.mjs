// What can be imported and no lesson imports: fetched when there is time, or at once when asked for.

import { seldom } from "./built.mjs";
import { fetchUnpacked } from "./files.mjs";
import { untar } from "./untar.mjs";

const LIBRARY = "/lib/python3.14";

export class Seldom {
  #pyodide;
  #url = new URL(seldom.url, import.meta.url).href;
  modules = seldom.modules;
  integrity = seldom.integrity;
  isThere = false;

  constructor(pyodide) {
    this.#pyodide = pyodide;
  }

  async bring() {
    if (this.isThere) return;
    const bytes = await fetchUnpacked(this.#url, seldom.integrity);
    if (this.isThere) return;
    this.unpack(bytes);
    this.#pyodide.runPython("import importlib; importlib.invalidate_caches()");
  }

  // In the midst of an import, which waits for it, as all in this worker does. Still compressed.
  fetchNow() {
    const request = new XMLHttpRequest();
    request.open("GET", this.#url, false);
    request.responseType = "arraybuffer";
    request.send();
    if (request.status !== 200) throw new Error(`the site answers ${request.status}`);
    return new Uint8Array(request.response);
  }

  unpack(bytes) {
    untar(bytes, this.#pyodide.FS, LIBRARY);
    this.isThere = true;
  }
}
