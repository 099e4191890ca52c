// JupyterLab's application on this page, and its one notebook, as soon as there are any.

import { hasKernel } from "./early-run.js";

const turn = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Call `prepare` with the application just before it begins: JupyterLab then shows itself as
// window.jupyterapp (exposeAppInBrowser). Resolves to the application.
export function whenItBegins(prepare) {
  return new Promise((go) => {
    const begin = (app) => {
      prepare(app);
      go(app);
    };
    if (window.jupyterapp) return begin(window.jupyterapp);
    Object.defineProperty(window, "jupyterapp", {
      configurable: true,
      set(app) {
        Object.defineProperty(window, "jupyterapp", { value: app, writable: true });
        begin(app);
      },
    });
  });
}

// Call `then` with what a plugin of JupyterLab's provides, and with what it was given for it, as soon
// as it is activated; never, should JupyterLab know it by another name. To be called before it begins.
export function whenActivated(app, id, then) {
  const plugin = app.pluginRegistry?._plugins?.get(id);
  if (!plugin) return;
  const { activate } = plugin;
  plugin.activate = (...given) => {
    const provided = activate(...given);
    then(provided, ...given);
    return provided;
  };
}

export async function openNotebook(app) {
  while (!app.shell.currentWidget?.sessionContext) await turn(10);
  return app.shell.currentWidget;
}

export async function kernelOf(panel) {
  while (!hasKernel(panel)) await turn(20);
  return panel.sessionContext.session.kernel;
}

// What was run so far has been done, or has been thrown out.
export async function nothingRuns(panel) {
  const runs = ({ model }) => model.executionState === "running";
  while (panel.content?.widgets.some(runs)) await turn(50);
}
