// The very first thing on the page: begin the worker in which Python runs.
//
// JupyterLab takes seconds to appear and only then asks for a kernel's worker. Python takes as long
// to start, so both begin at once, and JupyterLab is given the worker that is already there. The
// worker starts from a blob: address, because such a worker is bound by the page's own content
// policy; from an address of its own, it would not be.
//
// A classic script: modules wait until the page has been read. `window.python` is what the rest of
// the page knows of the worker: an EventTarget that hears "begun" and "progress", and has the worker,
// its name and its stage.

(() => {
  const SITE = new URL("..", document.currentScript.src);
  const EARLY = new URL("static/pyodide/kernel.mjs", SITE);
  const KERNEL = new URL("KERNEL_WORKER", SITE); // JupyterLite's own; the build knows its name
  const NativeWorker = window.Worker;

  // What the worker begins with. Firefox asks the service worker for what a worker imports as it
  // runs, and not for what it imports at its head: without a network, only the one is there. What
  // the page says before JupyterLite's worker listens is held, and said again.
  const beginning = (kernel) => `
    const held = [];
    const hold = ({ data, ports }) => held.push({ data, ports });
    addEventListener("message", hold);
    const failed = (error) => setTimeout(() => { throw error; }); // so that the page hears of it
    import(${JSON.stringify(EARLY.href)}).catch(failed);
    import(${JSON.stringify(kernel.href)}).then(() => {
      removeEventListener("message", hold);
      for (const said of held) dispatchEvent(new MessageEvent("message", said));
    }, failed);`;

  class Python extends EventTarget {
    stage = "loading";
    worker = null;
    took = 0;

    begin(kernel) {
      const address = URL.createObjectURL(
        new Blob([beginning(kernel)], { type: "text/javascript" }),
      );
      this.name = `python ${crypto.randomUUID()}`; // also of the lock that it holds while it lives
      this.begunAt = performance.now();
      this.stage = "loading";
      performance.mark("Python begins");
      this.worker = new NativeWorker(address, { type: "module", name: this.name });
      this.worker.addEventListener("message", ({ data }) => {
        if (data?.python) this.tell(data.python);
      });
      this.worker.addEventListener("error", ({ message }) => {
        this.tell({ stage: "failed", reason: message ?? "a file could not be loaded" });
      });
      this.dispatchEvent(new Event("begun"));
      return this.worker;
    }

    tell(progress) {
      // What was still on its way when Python began to run, or failed, is of no account.
      if (progress.stage === "loading" && this.stage !== "loading") return;
      if (progress.stage !== this.stage) performance.mark(`Python: ${progress.stage}`);
      this.stage = progress.stage;
      if (this.stage === "ready") this.took = (performance.now() - this.begunAt) / 1000; // seconds
      this.dispatchEvent(new CustomEvent("progress", { detail: progress }));
    }
  }

  const python = new Python();
  let waiting = python.begin(KERNEL);
  window.python = python;

  window.Worker = class extends NativeWorker {
    constructor(url, options) {
      const wanted = new URL(url, location.href);
      if (!/\/pyodide-kernel-extension\/static\/[^/]*\.worker\./.test(wanted.pathname)) {
        super(url, options);
        return;
      }
      const worker = waiting && wanted.pathname === KERNEL.pathname ? waiting : python.begin(wanted);
      waiting = null; // a restart begins another
      return worker;
    }
  };
})();
