// A run that is asked for before the notebook has a kernel is kept, and done when it has one.
//
// JupyterLab takes Shift+Enter as soon as the notebook is on screen. For a moment there is no
// kernel yet, not even one that is starting, and what is run then is dropped without a word.
// From the moment that there is one, JupyterLab itself keeps what is asked for in its queue.
// Keys, toolbar and menus all come through the application's commands: there they are kept. A key that
// comes before the notebook has the focus is passed on to it. And what is asked of the empty notebook
// that JupyterLab has ready behind its spinner is asked of the real one, once that has been read.

const RUNS = /^(notebook:run-|runmenu:run)/;

export const hasKernel = (panel) => Boolean(panel?.sessionContext?.session?.kernel);

export function keepEarlyRuns(app) {
  const { commands } = app;
  const execute = commands.execute;
  const kept = [];
  passKeysOn(app);

  commands.execute = function (id, args) {
    const panel = app.shell.currentWidget;
    if (!RUNS.test(id) || !panel?.content?.activeCell) return execute.call(commands, id, args);
    if (!panel.context.isReady) return panel.context.ready.then(() => commands.execute(id, args));
    if (hasKernel(panel)) return execute.call(commands, id, args);
    const notebook = panel.content;
    kept.push({ id, args, cell: notebook.activeCell });
    notebook.activeCell.node.setAttribute("data-kept-run", "");
    notebook.mode = "command";
    if (id !== "notebook:run-cell" && notebook.activeCellIndex + 1 < notebook.widgets.length) {
      notebook.activeCellIndex += 1;
    }
    return Promise.resolve();
  };

  // To be called once there is a kernel, even one that is only starting.
  return function runKept(panel) {
    commands.execute = execute;
    const notebook = panel.content;
    const then = notebook.activeCellIndex;
    for (const { id, args, cell } of kept) {
      cell.node.removeAttribute("data-kept-run");
      const index = notebook.widgets.indexOf(cell);
      if (index < 0) continue; // deleted meanwhile
      notebook.activeCellIndex = index;
      commands.execute(id, args);
    }
    if (kept.length) notebook.activeCellIndex = then;
  };
}

// JupyterLab gives the notebook the focus a moment after it has shown it. Until then:
function passKeysOn(app) {
  const activeCell = () => app.shell.currentWidget?.content?.activeCell;
  const hasFocus = new AbortController();
  const { signal } = hasFocus;
  addEventListener("keydown", (event) => {
    if (!event.target.matches("body, .jp-Spinner") || event.key !== "Enter" || !activeCell()) return;
    passOn(event, activeCell);
  }, { signal });
  addEventListener("focusin", ({ target }) => {
    if (target.closest?.(".jp-Notebook")) hasFocus.abort();
  }, { signal });
}

// At once, or as soon as the cell is on the screen: until then it cannot have the focus.
function passOn(event, activeCell) {
  const node = activeCell()?.node;
  node?.focus();
  if (node?.contains(document.activeElement)) {
    document.activeElement.dispatchEvent(new KeyboardEvent(event.type, event));
  } else {
    requestAnimationFrame(() => passOn(event, activeCell));
  }
}
