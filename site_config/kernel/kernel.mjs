// In the kernel's worker: Pyodide's `loadPyodide`, which also starts the kernel and its manners.
//
// JupyterLite imports this module as its pyodideUrl, calls loadPyodide, and imports
// `pyodide_kernel` later, which by then is there.

import { loadPyodide as load } from "./pyodide.mjs";

const START = `
import pyodide_kernel
import bptt_kernel
bptt_kernel.install(pyodide_kernel.ipython_shell)
`;

export async function loadPyodide(options) {
  const pyodide = await load(options);
  await pyodide.runPythonAsync(START);
  return pyodide;
}
