// In the kernel's worker: Python, begun before anybody has asked for it.
//
// The notebook page begins this worker with its first line (notebook_page/python-worker.js), long
// before JupyterLab wants a kernel. JupyterLite's kernel imports this same module as its
// pyodideUrl; the `loadPyodide` that it finds here hands out the Python that has started meanwhile,
// with the kernel's modules imported. The worker tells the page how far it is: `{ python: {...} }`.

import { loadPyodide as load } from "./pyodide.mjs";
import { archive, integrity, lock } from "./built.mjs";
import { Lookout } from "./lookout.mjs";
import { fetched, untar } from "./untar.mjs";
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
lambda lookout: bptt_kernel.install(pyodide_kernel.ipython_shell, lookout)
`;
// What cells are likely to import, as long as nothing is asked for: each import is a moment in which
// Python hears nothing.
const QUIET = 400; // milliseconds
const LIKELY = [
  "numpy",
  "bptt_lib.checks",
  "hashlib, bdb, importlib.resources.readers", // by IPython, and by what shows a verdict
  "bptt_lib.checks.question_bank, bptt_lib.checks.render_html",
  "ipywidgets",
  "anywidget",
  "bptt_lib.widgets",
];

const tell = (stage) => self.postMessage({ python: { stage } });

async function start() {
  showLife();
  tell("loading");
  const packages = fetched(new URL(archive, import.meta.url), integrity);
  const pyodide = await Promise.race([load({ lockFileContents: lock }), failureOfWasm()]);
  untar(await packages, pyodide.FS, PACKAGES);
  tell("importing");
  tellOfDeath(pyodide);
  const install = pyodide.runPython(KERNEL);
  install(new Lookout(pyodide));
  install.destroy();
  tell("ready");
  importLikely(pyodide);
  return pyodide;
}

let lastAsked = -Infinity; // by JupyterLab, of its kernel

async function importLikely(pyodide) {
  for (const name of LIKELY) {
    let left = 0;
    do {
      await new Promise((turn) => setTimeout(turn, left));
      left = lastAsked + QUIET - performance.now();
    } while (left > 0);
    pyodide.runPython(`import ${name}`);
  }
}

const python = start();
python.catch((error) => self.postMessage({ python: { stage: "failed", reason: String(error) } }));

export async function loadPyodide({ stdout, stderr }) {
  const asked = () => (lastAsked = performance.now());
  self.addEventListener("message", asked);
  asked();
  const pyodide = await python;
  pyodide.setStdout({ batched: stdout });
  pyodide.setStderr({ batched: stderr });
  return pyodide;
}
