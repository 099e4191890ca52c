// One line that says whether Python is there yet. It is read out, too.

const SENTENCES = {
  starting: "Python is starting. Run cells already: they wait for it.",
  ready: "Python is ready.",
  dead: "Python has stopped. Your text is safe: choose Kernel, Restart Kernel, and run your cells again.",
};

export function sayWhenPythonIsReady(panel) {
  const line = document.createElement("p");
  line.id = "python-state";
  line.setAttribute("role", "status");
  document.body.append(line);

  let said = "";
  const say = (state) => {
    if (state === said) return;
    said = state;
    line.dataset.state = state;
    line.textContent = SENTENCES[state];
  };

  const look = () => {
    const status = panel.sessionContext.session?.kernel?.status;
    if (status === "dead") say("dead");
    else if (status === "idle" || status === "busy") say("ready");
    else say("starting");
  };
  panel.sessionContext.statusChanged.connect(look);
  panel.sessionContext.kernelChanged.connect(look);
  look();
}
