/**
 * What one can change about a run: its numbers, where its loss stands, how far gradients
 * flow; and what becomes of the weight gradients: full, truncated and clipped side by side.
 */

import { html, text } from "./dom.js";
import { editor } from "./editor.js";
import { number } from "./notation.js";
import { clipped, compute, gradientsOf, squaredLoss } from "./rnn.js";
import { edges, sideBySide } from "./versions.js";

const ARRAYS = [
  ["X_seq", "X_seq, the inputs"], ["h0", "h0, the initial state"], ["W_xh", "W_xh"], ["W_hh", "W_hh"],
  ["b_h", "b_h"], ["targets", "targets of the states"], ["dL_dh_seq", "gradients from the loss"],
];
const OF_LOSS = { target: "targets", gradient: "dL_dh_seq" }; // what its kind is made of

/** Build the panel for a run; `show(run)` is called with each new one. */
export function experiment(original, show) {
  const { inputs: given, truncation: cut = null, frames } = original;
  const T = given.X_seq.length;
  const everywhere = arrivals(given.dL_dh_seq);
  const start = {
    // The targets whose squared distance has the very gradients that the run came with.
    inputs: { ...given, targets: everywhere.map((row, t) => row.map((value, i) => frames[t].computes.h[i] - value)) },
    where: given.dL_dh_seq.slice(0, -1).some((row) => row.some(Boolean)) ? "each" : "last",
    cut: cut === null ? "full" : String(cut),
  };
  let inputs = structuredClone(start.inputs);
  let maxNorm = 1;

  const which = choice("Edit", ARRAYS, "W_hh");
  const where = choice("Loss", [["last", "at the last step only"], ["each", "at each step"]], start.where);
  const kind = choice("given by", [["gradient", "its gradient"], ["target", "a target: ½ ‖h − target‖²"]], "gradient");
  const truncation = choice("Backward", [["full", "full BPTT"], ...Array.from({ length: T }, (_, k) => [String(k), edges(k)])], start.cut);
  const limit = html("input", { type: "number", min: "0.01", step: "0.1", value: "1", "aria-label": "max_norm" });
  const reset = html("button", { type: "button", class: "bptt-wide-button" }, "Reset");
  const place = html("div", { class: "bptt-editor-place" });
  const cost = html("p", { class: "bptt-note", "aria-live": "polite" });
  const versions = sideBySide(given);
  const element = html(
    "details", { class: "bptt-folded bptt-experiment" },
    html("summary", {}, "Change it: numbers, loss, truncation, clipping"),
    html("div", { class: "bptt-code-bar" }, where.element, kind.element, truncation.element, html("label", { class: "bptt-choice" }, "Clip to norm ", limit)),
    html("div", { class: "bptt-code-bar" }, which.element, reset, html("span", { class: "bptt-hint" }, "Type in a field, use its arrow keys, or drag it sideways.")),
    place, cost, versions.element,
  );

  const hasLoss = (t) => where.value() === "each" || t === T - 1;
  const chosen = () => (truncation.value() === "full" ? null : Number(truncation.value()));

  /** The run as it is asked for now, with the truncation that is wanted. */
  function run(cut) {
    const { targets, ...rest } = inputs;
    if (kind.value() === "target") return compute(rest, cut, targets.map((row, t) => (hasLoss(t) ? row : null)));
    const rows = where.value() === "each" ? arrivals(rest.dL_dh_seq) : rest.dL_dh_seq;
    return compute({ ...rest, dL_dh_seq: rows.map((row, t) => (hasLoss(t) ? row : row.map(() => 0))) }, cut);
  }

  function update() {
    const next = run(chosen());
    show(next);
    if (element.open) compare();
    text(cost, kind.value() === "target" ? `The loss is ${number(squaredLoss(next))}.` : "");
  }

  function compare() {
    const full = gradientsOf(run(null));
    const cut = chosen() ?? 1;
    versions.update([["full", full], [edges(cut), gradientsOf(run(cut))], [`clipped to ${number(maxNorm)}`, clipped(full, maxNorm)]]);
  }

  function edit() {
    const array = inputs[which.value()];
    const matrix = Array.isArray(array[0]) ? array : [array];
    place.replaceChildren(editor(which.value(), matrix, (i, j, value) => {
      if (Array.isArray(array[0])) array[i][j] = value;
      else array[j] = value;
      update();
    }));
  }

  /** Whoever edits a target wants a loss that has one; and the other way round. */
  function matchKind() {
    const wanted = Object.keys(OF_LOSS).find((one) => OF_LOSS[one] === which.value());
    if (wanted && wanted !== kind.value()) {
      kind.set(wanted);
      update();
    }
  }
  function matchArray() {
    if (Object.values(OF_LOSS).includes(which.value())) which.set(OF_LOSS[kind.value()]);
    edit();
    update();
  }

  which.listen(() => {
    matchKind();
    edit();
  });
  kind.listen(matchArray);
  where.listen(update);
  truncation.listen(update);
  limit.addEventListener("input", () => {
    if (limit.valueAsNumber > 0) maxNorm = limit.valueAsNumber;
    compare();
  });
  reset.addEventListener("click", () => {
    inputs = structuredClone(start.inputs);
    where.set(start.where);
    kind.set("gradient");
    truncation.set(start.cut);
    limit.value = "1";
    maxNorm = 1;
    matchArray();
  });
  element.addEventListener("toggle", () => {
    if (!element.open) return;
    if (!place.firstChild) edit();
    compare();
  });
  return { element };
}

/** The gradients from the loss at each step; where only the last one has any, all get the same. */
function arrivals(rows) {
  return rows.slice(0, -1).some((row) => row.some(Boolean)) ? rows : rows.map(() => rows.at(-1));
}

function choice(label, options, value) {
  const select = html("select", { class: "bptt-speed", "aria-label": label }, ...options.map(([key, words]) => html("option", { value: key }, words)));
  select.value = value;
  return {
    element: html("label", { class: "bptt-choice" }, `${label} `, select),
    value: () => select.value,
    set: (next) => (select.value = next),
    listen: (callback) => select.addEventListener("change", callback),
  };
}
