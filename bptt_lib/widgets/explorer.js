/**
 * Shows an explorer: its controls pick one of the states that Python computed.
 */

import { html, text } from "./js/dom.js";
import { figures } from "./js/figures.js";
import { keepKeys } from "./js/keys.js";
import { choice, slider } from "./js/pickers.js";
import { replaceStill } from "./js/still.js";

/** Show the explorer of an anywidget model; returns the function that takes it out again. */
export function render({ model, el }) {
  const controls = model.get("controls").map((one) => (one.as_choice ? choice(one) : slider(one)));
  const status = html("p", { class: "bptt-said", role: "status" });
  const charts = figures();
  const root = html(
    "section", { class: "bptt-explorer bptt-chart", "aria-label": model.get("title"), "data-bptt-explorer": model.get("title"), "data-lm-suppress-shortcuts": "" },
    html("h3", {}, model.get("title")), html("p", {}, model.get("question")),
    html("div", { class: "bptt-controls" }, ...controls.map((one) => one.element)),
    status, ...charts.elements,
  );
  function draw() {
    const index = controls.reduce((i, one) => i * one.size + one.position(), 0);
    const { sentence, charts: shown } = model.get("states")[index];
    text(status, sentence);
    charts.update(shown);
  }
  for (const one of controls) one.listen(draw);
  keepKeys(root);
  el.append(root);
  draw();
  const bringBack = replaceStill(el);
  return () => {
    bringBack();
    charts.unmount();
    root.remove();
  };
}

export default { render };
