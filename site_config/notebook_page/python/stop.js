// Stop: what runs is interrupted, what waits its turn is not run.
//
// Running Python cannot be sent anything, but it looks, several times a second, whether the address
// of a blob that we gave it still leads somewhere (kernel/lookout.mjs). Stopping is revoking it.

export class Stop {
  #python;
  #link = null;

  constructor(python) {
    this.#python = python;
    python.addEventListener("progress", ({ detail }) => {
      if (detail.stage === "ready") this.#give();
    });
    if (python.stage === "ready") this.#give();
  }

  #give(rest = {}) {
    this.#link = URL.createObjectURL(new Blob(["go on"]));
    this.#python.worker.postMessage({ bpttStopLink: this.#link, ...rest });
  }

  press() {
    URL.revokeObjectURL(this.#link);
    this.#give({ bpttStop: true }); // heard at once if Python awaits something, else afterwards
  }

  // JupyterLab's own commands, keys and menus (I, I; Kernel, Interrupt) come to the kernel.
  takeOver(kernel, pressed) {
    const cancelWaiting = kernel.interrupt.bind(kernel); // all that JupyterLite's own can do
    let question = null;
    kernel.anyMessage.connect((_, { msg }) => {
      if (msg.header.msg_type === "input_request") question = msg.header;
    });
    kernel.interrupt = async () => {
      pressed();
      this.press();
      if (kernel.hasPendingInput) answer(kernel, question);
      await cancelWaiting();
    };
  }
}

// Python that asks for input waits for an answer and hears nothing else.
function answer(kernel, question) {
  kernel.sendInputReply({ status: "ok", value: "" }, question);
  document.querySelectorAll(".jp-OutputArea-stdin-item, .jp-Stdin").forEach((box) => { box.style.display = "none"; });
}
