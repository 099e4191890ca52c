// The notebook's kernel is asked for as soon as it can be, not when the notebook has been drawn.
//
// JupyterLab asks when it has read the notebook, and takes a session that it finds for the same
// file. It finds this one: Python gets ready while the page is still busy with the notebook.

import { whenActivated } from "./application.js";

const KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel";

// To be called before JupyterLab begins.
export function askForKernelAtOnce(app, path) {
  if (!path) return;
  whenActivated(app, KERNEL, (_, app, kernels, serviceWorker) => {
    const ask = onlyOnce(app.serviceManager.sessions, path);
    serviceWorker?.ready.then(ask, () => {}); // without it, a kernel would have no files
  });
}

// One session for the file, and one connection to it, whoever asks first.
function onlyOnce(sessions, path) {
  const { startNew, connectTo } = sessions;
  let asked = null;
  let connection = null;
  const start = (options, more) => (asked = startNew.call(sessions, options, more));

  sessions.startNew = async (options, more) => {
    if (options.path !== path) return startNew.call(sessions, options, more);
    const session = await asked?.catch(() => null);
    return session && !session.isDisposed ? session : start(options, more);
  };
  sessions.connectTo = (options) => {
    if (options.model.path !== path) return connectTo.call(sessions, options);
    if (!connection || connection.isDisposed) connection = connectTo.call(sessions, options);
    return connection;
  };
  return () => {
    if (asked) return;
    const name = path.split("/").pop();
    start({ path, name, type: "notebook", kernel: { name: "python" } }).catch(() => {});
  };
}
