/**
 * A matrix or vector as what it is: a grid of cells, each with its number, a shade for
 * its size and, where numbers are hidden, a stroke through the negative ones.
 */

import { attribute, html, text } from "./dom.js";
import { formula, number } from "./notation.js";

/**
 * A grid of `rows` × `cols` cells. `kind` picks the hue: "value" for what flows forward,
 * "gradient" for what flows back, "weight" for parameters.
 */
export function heat(rows, cols, kind) {
  const cells = Array.from({ length: rows * cols }, () => html("span", { class: "bptt-cell" }));
  const element = html(
    "span",
    { class: `bptt-heat bptt-${kind}`, style: `--cols: ${cols}`, "aria-hidden": "true" },
    ...cells,
  );
  return {
    element,
    update(values, scale) {
      values.flat().forEach((value, i) => paint(cells[i], value, scale));
    },
  };
}

/** Give one cell its number, shade and sign. */
function paint(cell, value, scale) {
  text(cell, number(value));
  attribute(cell, "style", `--m: ${shade(value, scale)}`);
  attribute(cell, "data-negative", value < 0 ? "" : null);
}

/** How strong a value looks, 0 to 1. The root keeps small values from vanishing. */
export function shade(value, scale) {
  return Math.min(1, Math.sqrt(Math.abs(value) / scale)).toFixed(3);
}

/** A heat grid under its name, with a word below it on where it comes from or goes. */
export function term(name, grid, note = "") {
  const caption = html("span", { class: "bptt-term-name" });
  const below = html("span", { class: "bptt-term-note" }, note);
  const element = html("span", { class: "bptt-term" }, caption, grid.element, below);
  let shown;
  return {
    element,
    update(values, scale, t) {
      grid.update(values, scale);
      if (shown !== t) caption.replaceChildren(formula(name, t));
      shown = t;
    },
    note(words) {
      text(below, words);
    },
  };
}

/**
 * An outer product as the table it is: one vector down the side, the other along the
 * top, and in each cell the product of its row and its column.
 */
export function outer(rows, cols, sideName, topName, topKind) {
  const side = heat(rows, 1, "gradient");
  const top = heat(1, cols, topKind);
  const product = heat(rows, cols, "gradient");
  const corner = html("span", { class: "bptt-outer-corner" }, "×");
  const names = [html("span", { class: "bptt-outer-side" }), html("span", { class: "bptt-outer-top" })];
  const element = html(
    "span",
    { class: "bptt-outer" },
    names[1], corner, top.element, names[0], side.element, product.element,
  );
  let shown;
  return {
    element,
    update({ sideValues, topValues, values }, scales, t) {
      side.update(sideValues, scales.gradient);
      top.update(topValues, scales.value);
      product.update(values, scales.product);
      if (shown === t) return;
      shown = t;
      names[0].replaceChildren(formula(sideName, t));
      names[1].replaceChildren(formula(topName, t));
    },
  };
}
