// The notebook opens as soon as it can.
//
// Before it opens anything, JupyterLab loads the workspace of last time and waits for saving it
// again, which begins three quarters of a second later. This page has one notebook and no workspace
// to restore: the saving goes on, but nobody waits for it.

const LOAD = "apputils:load-statedb";

export function dontWaitForWorkspace({ commands }) {
  const execute = commands.execute;
  commands.execute = function (id, args) {
    const done = execute.call(commands, id, args);
    return id === LOAD ? Promise.resolve() : done;
  };
}
