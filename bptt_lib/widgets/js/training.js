/**
 * A training run as far as it has come: its curves, the epoch that is looked at, and what the
 * network predicts there. Any epoch that has been can be looked at again.
 */

import { format } from "./axes.js";
import { attribute, html, text } from "./dom.js";
import { figures } from "./figures.js";
import { letters } from "./letters.js";

/** Build the picture; `update(run)` shows a run: its `records`, `epochs`, `max_norm`, `target`. */
export function training() {
  const range = html("input", { type: "range", min: 0, max: 0, step: 1, value: 0, "aria-label": "Epoch" });
  const at = html("b");
  const progress = html("progress", { max: 1, value: 0, "aria-label": "Epochs trained" });
  const predicted = letters();
  const charts = figures();
  let run = { records: [], epochs: 1, max_norm: 1, target: "" };
  let follows = true; // the newest epoch
  let listener = () => {};

  function draw() {
    const { records, epochs, target } = run;
    const last = Math.max(0, records.length - 1);
    attribute(range, "max", last);
    if (follows || range.valueAsNumber > last) range.value = last;
    attribute(range, "aria-valuetext", `epoch ${range.value}`);
    text(at, records.length ? range.value : "–");
    attribute(progress, "max", epochs);
    progress.value = records.length;
    predicted.update(records[range.valueAsNumber]?.predicted ?? "", target);
    charts.update(chartsOf(run, range.valueAsNumber));
    listener();
  }
  range.addEventListener("input", () => {
    follows = range.valueAsNumber === run.records.length - 1;
    draw();
  });
  return {
    picker: html("label", { class: "bptt-control" }, html("span", {}, "Epoch ", at), range),
    progress,
    elements: [predicted.element, ...charts.elements],
    /** Go to the newest epoch, and along with those to come. */
    follow() {
      follows = true;
    },
    /** Call `then` whenever another epoch is shown. */
    listen(then) {
      listener = then;
    },
    sentence: () => sentence(run, range.valueAsNumber),
    update(next) {
      run = next;
      draw();
    },
    unmount: charts.unmount,
  };
}

/** The two curves, with the epoch that is looked at and the updates that were clipped. */
function chartsOf({ records, epochs, max_norm: limit }, epoch) {
  const x = [...records.keys()];
  const chart = (title, name, values, more = {}) => ({
    title, summary: "", x_label: "epoch", y_label: name, log_y: true, x_range: [0, Math.max(1, epochs - 1)],
    cursor: records.length ? { x: epoch, name: "the epoch above" } : null,
    lines: [{ name, x, y: values }], ...more,
  });
  return [
    chart("Loss", "loss", records.map((one) => one.loss)),
    chart("Gradient norm before clipping", "global norm", records.map((one) => one.norm), {
      rule: { y: limit, name: `max_norm = ${limit}` },
      marks: { name: "clipped", at: x.filter((k) => records[k].clipped) },
    }),
  ];
}

/** One epoch in one sentence. */
function sentence({ records }, epoch) {
  if (!records.length) return "Nothing is trained yet: press Train.";
  const { loss, norm, clipped, predicted } = records[epoch];
  const clips = records.slice(0, epoch + 1).filter((one) => one.clipped).length;
  return (
    `Epoch ${epoch} of ${records.length} trained: loss ${format(loss)}, gradient norm ${format(norm)}` +
    `${clipped ? ", clipped" : ", not clipped"}; ${clips} ${clips === 1 ? "update" : "updates"} clipped so far.` +
    `${predicted ? ` It predicts: ${predicted}` : ""}`
  );
}
