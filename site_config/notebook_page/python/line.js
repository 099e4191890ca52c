// One line in the corner of the page that says how Python is. It is read out when its words change.

export class Line {
  #box = document.createElement("div");
  #words = document.createElement("p");
  #count = document.createElement("span");
  #progress = document.createElement("progress");
  #buttons = document.createElement("span");

  constructor() {
    this.#box.id = "python-state";
    this.#words.setAttribute("role", "status");
    this.#count.setAttribute("aria-hidden", "true"); // a clock that is read out is no help
    this.#progress.setAttribute("aria-label", "Python's files");
    this.#box.append(this.#words, this.#count, this.#progress, this.#buttons);
    document.getElementById("course").after(this.#box); // Tab finds it there
    this.say("quiet", "");
  }

  // `buttons` are [label, what a press does]; an unchanged row keeps the focus that is in it.
  say(state, words, buttons = []) {
    this.#box.dataset.state = state;
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.count("");
    this.progress();
    const labels = buttons.map(([label]) => label).join();
    if (labels !== this.#buttons.dataset.labels) {
      this.#buttons.replaceChildren(...buttons.map(([label]) => button(label)));
      this.#buttons.dataset.labels = labels;
    }
    buttons.forEach(([, press], at) => { this.#buttons.children[at].onclick = press; });
  }

  // What changes all the time stands beside the words.
  count(text) {
    this.#count.textContent = text;
  }

  progress(loaded, total) {
    this.#progress.hidden = !total;
    if (!total) return;
    this.#progress.max = total;
    this.#progress.value = loaded;
  }
}

const button = (label) =>
  Object.assign(document.createElement("button"), { type: "button", textContent: label });
