// Tells the page that Python has died: the page itself could not tell that from being busy.

// The browser frees a lock when the worker that holds it ends, however it ends; the page waits for
// that. The lock is called what the worker is called.
export function showLife() {
  navigator.locks?.request(self.name, () => new Promise(() => {})); // held for life
}

// After a fatal error of Pyodide's the worker lives, but everything in it waits for ever.
export function tellOfDeath(pyodide) {
  let theirs; // JupyterLite's worker sets on_fatal, too, when Python is there
  Object.defineProperty(pyodide._api, "on_fatal", {
    set: (handler) => { theirs = handler; },
    get: () => (error) => {
      self.postMessage({ bptt: { what: "dead", sentence: String(error.message ?? error) } });
      return theirs?.(error);
    },
  });
}

// Pyodide only warns when its WebAssembly cannot be had, and then waits for it for ever.
export function failureOfWasm() {
  const instantiate = WebAssembly.instantiateStreaming;
  return new Promise((_, reject) => {
    WebAssembly.instantiateStreaming = async (...args) => {
      try {
        return await instantiate(...args);
      } catch (error) {
        reject(error);
        throw error;
      }
    };
  });
}
