/**
 * Shows a training run while it runs: it asks Python for a few epochs at a time, so a pause is
 * nothing but not asking.
 */

import { attribute, html, text } from "./js/dom.js";
import { keepKeys } from "./js/keys.js";
import { replaceStill } from "./js/still.js";
import { training } from "./js/training.js";

const AT_ONCE = 5; // epochs between two looks at the page
const TRAITS = ["records", "epochs", "max_norm", "target"];

/** Show the explorer of an anywidget model; returns the function that takes it out again. */
export function render({ model, el }) {
  const run = html("button", { type: "button" }, "Train");
  const restart = html("button", { type: "button" }, "Restart from the same weights");
  const view = training();
  const status = html("p", { class: "bptt-said", role: "status" });
  const root = html(
    "section", { class: "bptt-explorer bptt-chart", "aria-label": "Training", "data-bptt-explorer": "Training", "data-lm-suppress-shortcuts": "" },
    html("h3", {}, "Training"),
    html("p", {}, "Pause it, go back to any epoch, begin again: what do loss, gradient norm and clipping do to one another?"),
    html("div", { class: "bptt-controls" }, html("div", { class: "bptt-row" }, run, restart), view.picker, view.progress),
    status, ...view.elements,
  );
  let running = false;

  function turn(on) {
    const finished = model.get("records").length >= model.get("epochs");
    const wasRunning = running;
    running = on && !finished && !model.get("problem");
    text(run, running ? "Pause" : "Train");
    attribute(run, "aria-disabled", finished ? "true" : null);
    if (running) model.send(AT_ONCE);
    else if (wasRunning) model.send("rest");
  }
  const draw = () => view.update(Object.fromEntries(TRAITS.map((name) => [name, model.get(name)])));
  function grown() {
    draw();
    if (running) turn(true);
  }
  view.listen(() => text(status, model.get("problem") || view.sentence()));
  run.addEventListener("click", () => {
    view.follow();
    turn(!running);
  });
  restart.addEventListener("click", () => {
    turn(false);
    view.follow();
    model.send("restart");
  });
  model.on("change:records", grown);
  model.on("change:problem", draw);
  keepKeys(root);
  el.append(root);
  draw();
  turn(false);
  const bringBack = replaceStill(el);
  return () => {
    running = false;
    bringBack();
    model.off("change:records", grown);
    model.off("change:problem", draw);
    view.unmount();
    root.remove();
  };
}

export default { render };
