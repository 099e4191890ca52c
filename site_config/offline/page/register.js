// The service worker, registered before JupyterLite would do it, and under the same address.

const address = new URL("../service-worker.js?enableCache=false", import.meta.url).href;

export const registered = register();

async function register() {
  if (!navigator.serviceWorker) return null; // a private window of Firefox, or no https
  try {
    // JupyterLite takes a worker of unknown age for an old one, and ends every worker of the
    // origin, other projects' included. This note says that ours is of its own version.
    localStorage.setItem(`${address}-version`, "JUPYTERLITE_VERSION");
    return await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  } catch {
    return null; // the site works without, from the network
  }
}
