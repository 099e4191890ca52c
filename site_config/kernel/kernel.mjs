// In the kernel's worker: Python, begun before anybody has asked for it.
//
// The notebook page begins this worker with its first line (notebook_page/python-worker.js), long
// before JupyterLab wants a kernel. JupyterLite's kernel imports this same module as its
// pyodideUrl; the `loadPyodide` that it finds here hands out the Python that has started meanwhile,
// with the kernel's modules imported. The worker tells the page how far it is: `{ python: {...} }`.

import { archive, lock } from "./built.mjs";
import { fetchUnpacked } from "./files.mjs";
import { Lookout } from "./lookout.mjs";
import { tellBytes } from "./progress.mjs";
import { Seldom } from "./seldom.mjs";
import { untar } from "./untar.mjs";
import { verifyCore } from "./verified.mjs";
import { failureOfWasm, showLife, tellOfDeath } from "./vital-signs.mjs";

const PACKAGES = "/lib/python3.14/site-packages";

// Before the first cell: the kernel, all that it imports as it begins, and what it does beyond
// JupyterLite's own. Imported later, each of these would first be looked for in the notebook's folder,
// and each look there asks the page, which has its hands full; so that folder also comes last.
const KERNEL = `
import sys
import piplite.piplite
import pyodide_kernel
import bptt_kernel
sys.path.sort(key=lambda folder: folder == "")
lambda lookout, seldom: bptt_kernel.install(pyodide_kernel.ipython_shell, lookout, seldom)
`;
// What the first cells import: at once, with a turn in between for what is asked meanwhile.
const FIRST = ["numpy", "bptt_lib.checks", "hashlib, bdb, importlib.resources.readers"];
// What later cells import, as long as nothing is asked for: an import is a moment in which Python
// hears nothing.
const LATER = [
  "numpy.random",
  "bptt_lib.checks.question_bank, bptt_lib.checks.render_html",
  "ipywidgets",
  "anywidget",
  "bptt_lib.widgets",
];
const QUIET = 1000; // milliseconds since the kernel was last asked for something
const LONG_QUIET = 4000; // ... until what is seldom imported may come

const tell = (stage, more) => self.postMessage({ python: { stage, ...more } });

async function start() {
  showLife();
  tell("loading");
  const isVerified = verifyCore();
  const allIsThere = tellBytes((bytes) => tell("loading", bytes));
  const packages = fetchUnpacked(new URL(archive.url, import.meta.url), archive.integrity);
  await isVerified;
  const core = await import("./pyodide.mjs");
  const pyodide = await Promise.race([core.loadPyodide({ lockFileContents: lock }), failureOfWasm()]);
  untar(await packages, pyodide.FS, PACKAGES);
  allIsThere();
  tell("importing");
  tellOfDeath(pyodide);
  const seldom = new Seldom(pyodide);
  const install = pyodide.runPython(KERNEL);
  install(new Lookout(pyodide), seldom);
  install.destroy();
  tell("ready");
  importAhead(pyodide).then(() => bringSeldom(seldom)).catch(() => {}); // then when asked for
  return pyodide;
}

let lastAsked = -Infinity; // by JupyterLab, of its kernel

async function quietFor(time) {
  for (let left = 0; left >= 0; left = lastAsked + time - performance.now()) {
    await new Promise((turn) => setTimeout(turn, left));
  }
}

async function importAhead(pyodide) {
  await importEach(pyodide, FIRST, 0);
  await importEach(pyodide, LATER, QUIET);
}

async function importEach(pyodide, names, quiet) {
  for (const name of names) {
    await quietFor(quiet);
    pyodide.runPython(`import ${name}`);
  }
}

async function bringSeldom(seldom) {
  while (lastAsked < 0) await new Promise((turn) => setTimeout(turn, LONG_QUIET));
  await quietFor(LONG_QUIET);
  await seldom.bring();
}

const python = start();
python.catch((error) => self.postMessage({ python: { stage: "failed", reason: String(error) } }));

export async function loadPyodide({ stdout, stderr }) {
  const isAsked = () => (lastAsked = performance.now());
  self.addEventListener("message", isAsked);
  isAsked();
  const pyodide = await python;
  pyodide.setStdout({ batched: stdout });
  pyodide.setStderr({ batched: stderr });
  return pyodide;
}
