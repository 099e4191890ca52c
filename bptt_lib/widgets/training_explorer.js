/**
 * Shows a training run while it runs: it asks Python for a few epochs at a time, and any
 * epoch that has been can be looked at again.
 */

import { format } from "./js/axes.js";
import { key, picture, table, WIDTH } from "./js/chart.js";
import { attribute, html, text } from "./js/dom.js";
import { keepKeys } from "./js/keys.js";

const AT_ONCE = 5; // epochs between two looks at the page

/** Show the explorer of an anywidget model; returns the function that takes it out again. */
export function render({ model, el }) {
  const run = html("button", { type: "button" }, "Train");
  const restart = html("button", { type: "button" }, "Restart from the same weights");
  const range = html("input", { type: "range", min: 0, max: 0, step: 1, value: 0, "aria-label": "Epoch" });
  const progress = html("progress", { max: model.get("epochs"), value: 0, "aria-label": "Epochs trained" });
  const status = html("p", { class: "bptt-said", role: "status" });
  const charts = html("div", { class: "bptt-charts" });
  const tables = html("div", { class: "bptt-tables" });
  const numbers = html("details", {}, html("summary", {}, "The numbers as tables"), tables);
  const root = html(
    "section", { class: "bptt-explorer bptt-chart", "aria-label": "Training", "data-bptt-explorer": "Training", "data-lm-suppress-shortcuts": "" },
    html("h4", {}, "Training"), html("p", {}, "Pause it, go back to any epoch, begin again: what do loss, gradient norm and clipping do to one another?"),
    html("div", { class: "bptt-controls" }, html("div", { class: "bptt-row" }, run, restart), html("label", { class: "bptt-control" }, html("span", {}, "Epoch"), range), progress),
    status, charts, numbers,
  );
  let running = false;
  let follows = true; // the newest epoch

  const records = () => model.get("records") ?? [];
  function turn(on) {
    running = on && records().length < model.get("epochs") && !model.get("problem");
    text(run, running ? "Pause" : "Train");
    attribute(run, "aria-disabled", records().length >= model.get("epochs") ? "true" : null);
    if (running) model.send(AT_ONCE);
  }
  function grown() {
    const last = Math.max(0, records().length - 1);
    attribute(range, "max", last);
    if (follows || range.valueAsNumber > last) range.value = last;
    progress.value = records().length;
    draw();
    if (running) turn(true);
  }
  function draw() {
    const all = records();
    const shown = all.slice(0, range.valueAsNumber + 1);
    text(status, model.get("problem") || sentence(shown, all.length));
    attribute(range, "aria-valuetext", `epoch ${range.value}`);
    const room = charts.clientWidth || 640;
    const width = Math.max(WIDTH.least, Math.min(WIDTH.most, room > 700 ? (room - 24) / 2 : room));
    const pictures = pair(shown);
    charts.replaceChildren(...pictures.map((one) => html("figure", { style: `width: ${width}px` }, html("strong", {}, one.title), picture(one, width), key(one))));
    if (numbers.open) tables.replaceChildren(...pictures.flatMap((one) => [html("strong", {}, one.title), table(one)]));
  }
  function pair(shown) {
    const of = (title, name, more) => ({
      title, summary: "", x_label: "epoch", y_label: name, log_y: true, x_range: [0, Math.max(1, model.get("epochs") - 1)],
      lines: [{ name, x: [...shown.keys()], y: shown.map((one) => one[name === "loss" ? "loss" : "norm"]) }], ...more,
    });
    const limit = model.get("max_norm");
    return [of("Loss", "loss", {}), of("Gradient norm before clipping", "global norm", { rule: { y: limit, name: `max_norm = ${limit}` } })];
  }

  run.addEventListener("click", () => {
    follows = true;
    turn(!running);
  });
  restart.addEventListener("click", () => {
    turn(false);
    follows = true;
    model.send("restart");
  });
  range.addEventListener("input", () => {
    follows = range.valueAsNumber === records().length - 1;
    draw();
  });
  numbers.addEventListener("toggle", draw);
  model.on("change:records", grown);
  model.on("change:problem", draw);
  const resized = new ResizeObserver(draw);
  keepKeys(root);
  el.append(root);
  grown();
  turn(false);
  resized.observe(el);
  return () => {
    running = false;
    resized.disconnect();
    model.off("change:records", grown);
    model.off("change:problem", draw);
    root.remove();
  };
}

/** The epoch that is looked at, in one sentence. */
function sentence(shown, trained) {
  if (!shown.length) return "Nothing is trained yet: press Train.";
  const { loss, norm, clipped, predicted } = shown.at(-1);
  const clips = shown.filter((one) => one.clipped).length;
  return (
    `Epoch ${shown.length - 1} of ${trained} trained: loss ${format(loss)}, gradient norm ${format(norm)}` +
    `${clipped ? ", clipped" : ", not clipped"}; ${clips} ${clips === 1 ? "update" : "updates"} clipped so far.` +
    `${predicted ? ` It predicts: ${predicted}` : ""}`
  );
}

export default { render };
