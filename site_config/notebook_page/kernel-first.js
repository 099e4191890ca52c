// The notebook opens, and asks for its kernel, before anything that can wait.
//
// JupyterLab first restores a workspace, and waits until it has been saved again; this page has
// none. Then it renders all cells and their equations, and only in between comes round to asking
// for a kernel. Here the cells down to the first that can be run come at once. Equations and the cells
// further down wait until the kernel has done what the learner has already asked for; the cells also
// come when the learner moves towards them. Nothing waits for longer than PATIENCE.

import { whenActivated } from "./application.js";

const PATIENCE = 6000; // milliseconds
const QUIET = 1000; // between the kernel, and the first cell that is not on the screen
const MOVES = ["wheel", "touchmove", "keydown"];
const MOVING = new Set(["ArrowDown", "PageDown", "End", " ", "j"]); // keys
const WORKSPACE = "apputils:load-statedb";
const EQUATIONS = "@jupyterlab/mathjax-extension:plugin";

const equations = gate();
const cells = gate();

// To be called before JupyterLab begins.
export function kernelFirst(app) {
  dontWaitForWorkspace(app.commands);
  holdIdleWork(cells.opened);
  whenActivated(app, EQUATIONS, (typesetter) => equationsAfter(equations.opened, typesetter));
  setTimeout(restAtOnce, PATIENCE);
  for (const move of MOVES) addEventListener(move, onMove, { passive: true });
}

// To be called when the kernel has answered, with the promise that all that was asked is done.
export async function restMayCome(done) {
  await done;
  equations.open();
  setTimeout(cells.open, QUIET);
}

export function restAtOnce() {
  equations.open();
  cells.open();
  for (const move of MOVES) removeEventListener(move, onMove);
}

function onMove({ key }) {
  if (!key || MOVING.has(key)) restAtOnce();
}

function gate() {
  let open;
  const opened = new Promise((go) => (open = go));
  return { opened, open };
}

// JupyterLab renders cells whenever the browser is idle.
function holdIdleWork(opened) {
  const idle = window.requestIdleCallback;
  if (!idle) return;
  const cancelled = new Set();
  let last = 0;
  window.requestIdleCallback = (work, options) => {
    const id = --last; // a browser's own are positive
    opened.then(() => cancelled.delete(id) || idle(work, options));
    return id;
  };
  const cancel = window.cancelIdleCallback;
  window.cancelIdleCallback = (id) => (id < 0 ? cancelled.add(id) : cancel(id));
  opened.then(() => (window.requestIdleCallback = idle));
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

// And then one cell's after another's, with a turn in between for what the learner does.
function equationsAfter(opened, typesetter) {
  const typeset = typesetter.typeset;
  let before = opened;
  typesetter.typeset = (host) => {
    const done = before
      .then(() => new Promise((turn) => setTimeout(turn)))
      .then(() => typeset.call(typesetter, host));
    before = done.catch(() => {}); // one that fails does not keep the next ones back
    return done;
  };
}
