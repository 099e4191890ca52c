// The notebook opens, and asks for its kernel, before anything that can wait.
//
// JupyterLab first restores a workspace, and waits until it has been saved again; this page has
// none. Then it renders all cells and their equations, and only in between comes round to asking
// for a kernel. Here both wait until it has asked: what is on screen is there, and the rest follows
// while the kernel is made ready in its worker. Nothing waits for longer than PATIENCE.

const PATIENCE = 3000; // milliseconds
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
  return release; // to be called once there is a kernel
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
