/**
 * Shows a training run that a cell goes through: it only looks on.
 */

import { html, text } from "./js/dom.js";
import { keepKeys } from "./js/keys.js";
import { replaceStill } from "./js/still.js";
import { training } from "./js/training.js";

const TRAITS = ["records", "epochs", "max_norm", "target"];

/** Show the monitor of an anywidget model; returns the function that takes it out again. */
export function render({ model, el }) {
  const view = training();
  const status = html("p", { class: "bptt-said", role: "status" });
  const epoch = html("p", { class: "bptt-at-epoch" });
  const root = html(
    "section", { class: "bptt-explorer bptt-chart", "aria-label": "Training monitor", "data-bptt-training": "", "data-lm-suppress-shortcuts": "" },
    html("h4", {}, "Training"),
    html("div", { class: "bptt-controls" }, view.picker, view.progress),
    status, epoch, ...view.elements,
  );
  const say = () => text(status, model.get("status"));
  const draw = () => view.update(Object.fromEntries(TRAITS.map((name) => [name, model.get(name)])));
  view.listen(() => text(epoch, model.get("records").length ? view.sentence() : ""));
  model.on("change:records", draw);
  model.on("change:status", say);
  keepKeys(root);
  el.append(root);
  draw();
  say();
  const bringBack = replaceStill(el);
  return () => {
    bringBack();
    model.off("change:records", draw);
    model.off("change:status", say);
    view.unmount();
    root.remove();
  };
}

export default { render };
