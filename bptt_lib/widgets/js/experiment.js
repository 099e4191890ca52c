/**
 * What one can change about a run: its numbers, where its loss stands, how far gradients
 * flow; and what becomes of the weight gradients: full, truncated and clipped side by side.
 */

import { html, text } from "./dom.js";
import { editor } from "./editor.js";
import { heat } from "./heat.js";
import { number } from "./notation.js";
import { clipped, compute, gradientsOf } from "./rnn.js";

const ARRAYS = [
  ["X_seq", "X_seq, the inputs"], ["h0", "h0, the initial state"], ["W_xh", "W_xh"], ["W_hh", "W_hh"],
  ["b_h", "b_h"], ["dL_dh_seq", "the gradient from the loss, step by step"],
];

/** Build the panel for a run; `show(run)` is called with each new one. */
export function experiment(original, show) {
  const start = {
    inputs: structuredClone(original.inputs),
    loss: original.inputs.dL_dh_seq.slice(0, -1).some((row) => row.some(Boolean)) ? "each" : "last",
    truncation: original.truncation ?? null,
  };
  const T = start.inputs.X_seq.length;
  let inputs = structuredClone(start.inputs);
  let maxNorm = 1;

  const which = choice("Edit", ARRAYS.map(([value, words]) => [value, words]), "W_hh");
  const loss = choice("Loss", [["last", "at the last step only"], ["each", "at each step"]], start.loss);
  const truncation = choice("Backward", [
    ["full", "full BPTT"],
    ...Array.from({ length: T }, (_, k) => [String(k), `truncated: ${k} ${k === 1 ? "edge" : "edges"}`]),
  ], start.truncation === null ? "full" : String(start.truncation));
  const limit = html("input", { type: "number", min: "0.01", step: "0.1", value: "1", "aria-label": "max_norm" });
  const reset = html("button", { type: "button", class: "bptt-wide-button" }, "Reset");
  const place = html("div", { class: "bptt-editor-place" });
  const versions = sideBySide(start.inputs);
  const element = html(
    "details", { class: "bptt-folded bptt-experiment" },
    html("summary", {}, "Change it: numbers, loss, truncation, clipping"),
    html("div", { class: "bptt-code-bar" }, loss.element, truncation.element, html("label", { class: "bptt-choice" }, "Clip to norm ", limit)),
    html("div", { class: "bptt-code-bar" }, which.element, reset),
    place,
    versions.element,
  );

  const current = () => ({ ...inputs, dL_dh_seq: arrivals(inputs.dL_dh_seq, loss.value()) });
  const chosen = () => (truncation.value() === "full" ? null : Number(truncation.value()));

  function update() {
    const run = compute(current(), chosen());
    show(run);
    if (element.open) compare();
  }

  function compare() {
    const edges = chosen() ?? 1;
    const full = gradientsOf(compute(current()));
    versions.update([
      ["full", full], [`truncated: ${edges} ${edges === 1 ? "edge" : "edges"}`, gradientsOf(compute(current(), edges))],
      [`clipped to ${number(maxNorm)}`, clipped(full, maxNorm)],
    ]);
  }

  function edit() {
    const name = which.value();
    const array = inputs[name];
    const matrix = Array.isArray(array[0]) ? array : [array];
    place.replaceChildren(editor(name, matrix, (i, j, value) => {
      if (Array.isArray(array[0])) array[i][j] = value;
      else array[j] = value;
      update();
    }));
  }

  which.listen(edit);
  loss.listen(update);
  truncation.listen(update);
  limit.addEventListener("input", () => {
    if (limit.valueAsNumber > 0) maxNorm = limit.valueAsNumber;
    compare();
  });
  reset.addEventListener("click", () => {
    inputs = structuredClone(start.inputs);
    loss.set(start.loss);
    truncation.set(start.truncation === null ? "full" : String(start.truncation));
    limit.value = "1";
    maxNorm = 1;
    edit();
    update();
  });
  element.addEventListener("toggle", () => {
    if (!element.open) return;
    if (!place.firstChild) edit();
    compare();
  });
  return { element };
}

/** The loss gradients as asked for; where only the last step had one, each step gets the same. */
function arrivals(rows, loss) {
  const last = rows.at(-1);
  if (loss === "last") return rows.map((row, t) => (t === rows.length - 1 ? row : row.map(() => 0)));
  return rows.slice(0, -1).some((row) => row.some(Boolean)) ? rows : rows.map(() => last);
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

/** Three versions of the weight gradients under one scale, with their norms and angles. */
function sideBySide({ W_xh, W_hh }) {
  const look = { written: false };
  const columns = Array.from({ length: 3 }, () => {
    const name = html("strong");
    const norm = html("span", { class: "bptt-count" });
    const grids = { W_xh: heat(W_xh.length, W_xh[0].length, "gradient", look), W_hh: heat(W_hh.length, W_hh.length, "gradient", look) };
    const element = html("div", { class: "bptt-version bptt-compact" }, name, norm, html("div", { class: "bptt-line" }, ...Object.values(grids).map((one) => one.element)));
    return { element, name, norm, grids };
  });
  const said = html("p", { class: "bptt-note", "aria-live": "polite" });
  return {
    element: html("div", {}, html("h4", {}, "The gradients of W_xh and W_hh, side by side"), html("div", { class: "bptt-versions" }, ...columns.map((one) => one.element)), said),
    update(versions) {
      const full = versions[0][1];
      const scales = Object.fromEntries(["W_xh", "W_hh"].map((key) => [key, Math.max(1e-12, ...full[key].flat().map(Math.abs))]));
      versions.forEach(([words, grads], i) => {
        const { name, norm, grids } = columns[i];
        text(name, words);
        text(norm, `norm ${number(grads.norm)}`);
        for (const key of ["W_xh", "W_hh"]) grids[key].update(grads[key], scales[key]);
      });
      text(said, `${versions.map(([words, grads], i) => `${words[0].toUpperCase()}${words.slice(1)}: norm ${number(grads.norm)}${i ? `, ${angle(full, grads)}` : ""}`).join(". ")}.`);
    },
  };
}

/** How far a direction is bent away from the full gradient's. */
function angle(full, grads) {
  const flat = (one) => ["W_xh", "W_hh", "b_h"].flatMap((name) => one[name].flat());
  const [a, b] = [flat(full), flat(grads)];
  const cosine = a.reduce((s, x, i) => s + x * b[i], 0) / (Math.hypot(...a) * Math.hypot(...b));
  if (!Number.isFinite(cosine)) return "without a direction";
  const degrees = (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
  return degrees < 0.05 ? "the same direction" : `${degrees.toFixed(1)}° away from the full one`;
}
