/**
 * The current step opened up: its equation with the numbers in it, forward as one line,
 * backward as what arrives, what is added to each gradient, and what is passed on.
 */

import { attribute, html } from "./dom.js";
import { heat, outer, term } from "./heat.js";
import { formula } from "./notation.js";
import { sizesOf } from "./run.js";
import { scrolls } from "./scrolls.js";

const sign = (symbol) => html("span", { class: "bptt-sign" }, symbol);
const line = (...parts) => scrolls(html("div", { class: "bptt-line" }, ...parts), "Equation");
/** Terms that must not be torn apart where a line is too long for the page. */
const together = (...parts) => html("span", { class: "bptt-together" }, ...parts);

/** A heading of one part: formulas that follow the step, none of them torn at a line's end. */
function heading(words, ...sources) {
  const equations = sources.map((source, i) => formula(source + (i < sources.length - 1 ? "," : "")));
  return {
    element: html("h4", {}, words, ...equations.map(({ element }) => html("span", { class: "bptt-equation" }, element))),
    update: (t) => equations.forEach((one) => one.at(t)),
  };
}

/**
 * The open cell of whichever direction the run goes. `sleep(true)` keeps it as it is while
 * nobody sees it; `numbers(false)` leaves its cells without text (`scales.written`).
 */
export function openCell(run, scales) {
  const cells = { forward: forwardCell(run, scales), backward: backwardCell(run, scales) };
  const element = html("div", { class: "bptt-open-cell" }, ...Object.values(cells).map((one) => one.element));
  let asleep = false;
  let latest = null;
  const show = () => {
    if (asleep || !latest) return;
    for (const [phase, one] of Object.entries(cells)) attribute(one.element, "data-hidden", phase === latest.phase ? null : "");
    cells[latest.phase].update(latest);
  };
  return {
    element,
    update(frame) {
      latest = frame;
      show();
    },
    sleep(on) {
      asleep = on;
      show();
    },
    numbers(on) {
      scales.written = on;
    },
  };
}

/** The step on the way forward. */
function forwardCell(run, scales) {
  const { D, H } = sizesOf(run);
  const head = heading("Forward", "a_{t} = W_{xh} x_{t} + W_{hh} h_{t-1} + b_{h}", "h_{t} = tanh(a_{t})");
  const terms = {
    W_xh: term("W_{xh}", heat(H, D, "weight", scales)),
    x: term("x_{t}", heat(D, 1, "value", scales), "to cache"),
    W_hh: term("W_{hh}", heat(H, H, "weight", scales)),
    h_prev: term("h_{t-1}", heat(H, 1, "value", scales)),
    b_h: term("b_{h}", heat(H, 1, "weight", scales)),
    a: term("a_{t}", heat(H, 1, "value", scales), "to cache"),
    h: term("h_{t}", heat(H, 1, "value", scales), "to cache"),
  };
  const show = (name) => terms[name].element;
  const element = html(
    "section", { class: "bptt-part" },
    head.element,
    line(
      together(show("W_xh"), show("x")),
      together(sign("+"), show("W_hh"), show("h_prev")),
      together(sign("+"), show("b_h")),
      together(sign("="), show("a")),
      together(html("span", { class: "bptt-sign bptt-tanh" }, "tanh →"), show("h")),
    ),
  );
  return {
    element,
    update({ t, reads, computes }) {
      head.update(t);
      for (const name of ["W_xh", "W_hh", "b_h"]) {
        terms[name].update(run.inputs[name], scales.weight, t);
      }
      for (const name of ["x", "h_prev"]) terms[name].update(reads[name], scales.value, t);
      for (const name of ["a", "h"]) terms[name].update(computes[name], scales.value, t);
      terms.h_prev.note(t === 0 ? "h0" : "");
    },
  };
}

/** The step on the way back. */
function backwardCell(run, scales) {
  const parts = [arriving(run, scales), adding(run, scales), passing(run, scales)];
  return {
    element: html("div", { class: "bptt-parts" }, ...parts.map((part) => part.element)),
    update(frame) {
      for (const part of parts) part.update(frame);
    },
  };
}

/** Two gradients arrive at h_t; their sum goes back through tanh. */
function arriving(run, scales) {
  const { H } = sizesOf(run);
  const head = heading("Arrives", "dh_{t} = `dh_from_loss` + `dh_from_future`", "da_{t} = dh_{t} ⊙ (1 − h_{t}^{2})");
  const terms = {
    dh_from_loss: term("`dh_from_loss`", heat(H, 1, "gradient", scales)),
    dh_from_future: term("`dh_from_future`", heat(H, 1, "gradient", scales)),
    dh: term("dh_{t}", heat(H, 1, "gradient", scales)),
    slope: term("1 − h_{t}^{2}", heat(H, 1, "value", scales), "h from cache"),
    da: term("da_{t}", heat(H, 1, "gradient", scales)),
  };
  const element = html(
    "section", { class: "bptt-part" },
    head.element,
    line(
      terms.dh_from_loss.element,
      together(sign("+"), terms.dh_from_future.element),
      together(sign("="), terms.dh.element),
      together(sign("⊙"), terms.slope.element),
      together(sign("="), terms.da.element),
    ),
  );
  return {
    element,
    update({ t, reads, computes }) {
      head.update(t);
      terms.dh_from_loss.update(reads.dh_from_loss, scales.gradient, t);
      terms.dh_from_future.update(reads.dh_from_future, scales.gradient, t);
      for (const name of ["dh", "da"]) terms[name].update(computes[name], scales.gradient, t);
      terms.slope.update(computes.slope, scales.slope, t);
    },
  };
}

/** This step's share of each gradient, an outer product, and the sum so far. */
function adding(run, scales) {
  const { D, H } = sizesOf(run);
  const head = heading("Adds", "dW_{xh} += da_{t} x_{t}^{⊤}", "dW_{hh} += da_{t} h_{t-1}^{⊤}", "db_{h} += da_{t}");
  const gradients = [
    { name: "W_xh", from: "x", grid: outer(H, D, "da_{t}", "x_{t}", scales), cols: D, label: "dW_{xh}" },
    { name: "W_hh", from: "h_prev", grid: outer(H, H, "da_{t}", "h_{t-1}", scales), cols: H, label: "dW_{hh}" },
  ].map((one) => ({ ...one, total: term(one.label, heat(H, one.cols, "gradient", scales), "so far") }));
  const bias = {
    share: term("da_{t}", heat(H, 1, "gradient", scales)),
    total: term("db_{h}", heat(H, 1, "gradient", scales), "so far"),
  };
  const element = html(
    "section", { class: "bptt-part bptt-adds", style: `--rows: ${H}` },
    head.element,
    line(
      ...gradients.map(({ grid, total }) => together(grid.element, together(sign("→"), total.element))),
      together(bias.share.element, sign("→"), bias.total.element),
    ),
  );
  return {
    element,
    update({ t, reads, computes, adds, totals }) {
      head.update(t);
      for (const { name, from, grid, total } of gradients) {
        const values = { sideValues: computes.da, topValues: reads[from], values: adds[name] };
        grid.update(values, { ...scales, product: scales[name] }, t);
        total.update(totals[name], scales[name], t);
      }
      bias.share.update(adds.b_h, scales.gradient, t);
      bias.total.update(totals.b_h, scales.b_h, t);
    },
  };
}

/** What leaves the step: to the state before, and to the input. */
function passing(run, scales) {
  const { D, H } = sizesOf(run);
  const head = heading("Passes on", "dh_{t-1} ← W_{hh}^{⊤} da_{t}", "dx_{t} = W_{xh}^{⊤} da_{t}");
  const transpose = (matrix) => matrix[0].map((_, j) => matrix.map((row) => row[j]));
  const terms = {
    W_hh: term("W_{hh}^{⊤}", heat(H, H, "weight", scales)),
    daForPast: term("da_{t}", heat(H, 1, "gradient", scales)),
    dh_prev: term("to h_{t-1}", heat(H, 1, "gradient", scales)),
    W_xh: term("W_{xh}^{⊤}", heat(D, H, "weight", scales)),
    daForInput: term("da_{t}", heat(H, 1, "gradient", scales)),
    dx: term("dx_{t}", heat(D, 1, "gradient", scales)),
  };
  const element = html(
    "section", { class: "bptt-part bptt-passes" },
    head.element,
    line(
      together(terms.W_hh.element, terms.daForPast.element, sign("="), terms.dh_prev.element),
      together(terms.W_xh.element, terms.daForInput.element, sign("="), terms.dx.element),
    ),
  );
  return {
    element,
    update({ t, computes }) {
      head.update(t);
      terms.W_hh.update(transpose(run.inputs.W_hh), scales.weight, t);
      terms.W_xh.update(transpose(run.inputs.W_xh), scales.weight, t);
      terms.daForPast.update(computes.da, scales.gradient, t);
      terms.daForInput.update(computes.da, scales.gradient, t);
      terms.dh_prev.update(computes.dh_prev, scales.gradient, t);
      terms.dx.update(computes.dx, scales.gradient, t);
      terms.dh_prev.note(computes.dh_cut.some(Boolean) ? "cut by truncation" : "");
    },
  };
}
