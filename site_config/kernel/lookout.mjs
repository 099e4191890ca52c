// Lets Python look up from its work: the one moment in which it can be stopped.
//
// Nothing from outside can interrupt a worker that is busy. But Pyodide asks an "interrupt buffer"
// every fifty jumps and calls, and in long C functions that ask for signals, whether a signal has
// come. It means shared memory, which a page has only with headers that static hosts do not send.
// Yet whatever has an element 0 will do. Ours is a getter: it looks at the clock, and when it is
// time, says that SIGINT has come; Python then calls its handler, `Watch.look` in bptt_kernel.
// A program does not become measurably slower by it.
//
// "Stop" arrives the same way. The page gives us the address of a blob and revokes it when the
// button is pressed; from then on a synchronous request for it fails.

const SIGINT = 2;

export class Lookout {
  #pyodide;
  #link = null;
  #next = Infinity;
  stopped = false; // asked for by the page while Python waited (`await`)

  constructor(pyodide) {
    this.#pyodide = pyodide;
    self.addEventListener("message", ({ data }) => this.#hear(data ?? {}));
    pyodide.setInterruptBuffer(this);
  }

  get 0() {
    if (performance.now() < this.#next) return 0;
    this.#next = Infinity; // not again until the handler says when
    return SIGINT;
  }

  set 0(taken) {} // Pyodide clears what it has read

  #hear({ bpttStopLink, bpttStop }) {
    if (bpttStop) this.stopped = true;
    if (bpttStopLink) this.#link = isThere(bpttStopLink) ? bpttStopLink : null;
  }

  // Have Python look up again in so many seconds.
  lookIn(seconds) {
    this.#next = performance.now() + 1000 * seconds;
  }

  // Have it look up at one of the very next jumps or calls, never always the same of a loop's.
  lookSoon() {
    const { HEAP32, __Py_emscripten_signal_clock: clock } = this.#pyodide._module;
    this.#next = 0;
    HEAP32[clock >> 2] = 2 + Math.floor(9 * Math.random());
  }

  stopAsked() {
    return this.stopped || (this.#link !== null && !isThere(this.#link));
  }

  // Say on the page what happened outside any cell: "ended" or "failed", and the sentence.
  tell(what, sentence) {
    self.postMessage({ bptt: { what, sentence } });
  }

  // What JupyterLite's worker sends for an error in a cell; it has no way for one in a callback.
  showError(ename, evalue, traceback, parent) {
    const bundle = { ename, evalue, traceback: traceback.toJs() };
    const parentHeader = parent.toJs({ dict_converter: Object.fromEntries }).header;
    self.postMessage({ _kernelMessage: { type: "execute_error", bundle, parentHeader } });
  }
}

function isThere(link) {
  try {
    const request = new XMLHttpRequest();
    request.open("GET", link, false);
    request.send();
    return request.status === 200;
  } catch {
    return false;
  }
}
