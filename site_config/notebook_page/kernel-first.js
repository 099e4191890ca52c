// The notebook opens, and asks for its kernel, before anything that can wait.
//
// JupyterLab first restores a workspace, and waits until it has been saved again; this page has
// none. Then it renders all cells and their equations, and only in between comes round to asking
// for a kernel. Here both wait until the kernel is there, and has done what the learner has already
// asked for: what is on screen is there, down to the first cell that can be run, and the rest
// follows. Nothing waits for longer than PATIENCE.

const PATIENCE = 6000; // milliseconds
const WORKSPACE = "apputils:load-statedb";
const EQUATIONS = "@jupyterlab/mathjax-extension:plugin";

export function kernelFirst(app) {
  let release;
  const released = new Promise((done) => (release = done));
  dontWaitForWorkspace(app.commands);
  const idle = window.requestIdleCallback;
  if (idle) {
    const cancelled = new Set();
    let last = 0;
    window.requestIdleCallback = (work, options) => {
      const id = --last; // a browser's own are positive
      released.then(() => cancelled.delete(id) || idle(work, options));
      return id;
    };
    const cancel = window.cancelIdleCallback;
    window.cancelIdleCallback = (id) => (id < 0 ? cancelled.add(id) : cancel(id));
    released.then(() => (window.requestIdleCallback = idle));
  }
  equationsAfter(released, app.pluginRegistry?._plugins?.get(EQUATIONS));
  setTimeout(release, PATIENCE);
  return release; // to be called once there is nothing better to do
}

// The cells down to the first that can be run, at once; to be called when the notebook is there.
export function showFirstCells({ content: notebook }) {
  for (const [index, cell] of notebook.widgets.entries()) {
    if (cell.isPlaceholder()) notebook._updateForDeferMode?.(cell, index); // else when there is time
    if (cell.model.type === "code") return;
  }
}

function dontWaitForWorkspace(commands) {
  const execute = commands.execute;
  commands.execute = function (id, args) {
    const done = execute.call(commands, id, args);
    return id === WORKSPACE ? Promise.resolve() : done;
  };
}

function equationsAfter(released, plugin) {
  if (!plugin) return; // by another name in another JupyterLab: then they come when they come
  const activate = plugin.activate;
  plugin.activate = (...given) => {
    const typesetter = activate(...given);
    const typeset = typesetter.typeset;
    typesetter.typeset = async (host) => {
      await released;
      return typeset.call(typesetter, host);
    };
    return typesetter;
  };
}
