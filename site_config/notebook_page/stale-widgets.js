// A widget without Python behind it must not pretend to live: after a restart it says "run this
// cell again". Ours bring back the still picture that stands before them. (After a reload nothing
// is to be done: a saved widget is not trusted, and its picture or its text stands there.)

const VIEW = ".jp-OutputArea-output.lm-Panel"; // nothing but a widget's output is a panel
const PICTURE = ".jp-OutputArea-child:has(.bptt-still) + .jp-OutputArea-child";
const GONE = "bptt-python-gone"; // bptt_lib's js/still.js hears it
const ENDED = ["restarting", "autorestarting", "terminating", "dead"];

const LOST = "Python has been started anew: run this cell again to bring this widget to life.";

export function markStaleWidgets({ sessionContext, content }) {
  let kernel = null;
  const look = () => {
    const { id, status } = sessionContext.session?.kernel ?? {};
    if (ENDED.includes(status) || (kernel && id && id !== kernel)) lose(content.node);
    kernel = id ?? kernel;
  };
  sessionContext.statusChanged.connect(look);
  sessionContext.kernelChanged.connect(look);
}

// Every widget on the page has lost its Python.
function lose(notebook) {
  document.dispatchEvent(new Event(GONE));
  for (const view of notebook.querySelectorAll(VIEW)) {
    const widget = view.firstElementChild;
    if (!widget || widget.className === "lost-widget" || view.closest(PICTURE)) continue;
    for (const one of view.children) one.inert = true;
    const note = document.createElement("p");
    note.className = "lost-widget";
    note.textContent = LOST;
    view.prepend(note);
  }
}
