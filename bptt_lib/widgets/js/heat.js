/**
 * A matrix or vector as what it is: a grid of cells, each with its number, a shade for
 * its size and, where numbers are hidden, a stroke through the negative ones.
 */

import { html, text } from "./dom.js";
import { formula, short } from "./notation.js";

/**
 * A grid of `rows` × `cols` cells. `kind` picks the hue: "value" for what flows forward,
 * "gradient" for what flows back, "weight" for parameters. The numbers, while
 * `look.written` asks for them, are one text over all cells: a letter is as wide as any
 * other there, so that each number stands in its cell, and the browser lays out one text
 * instead of one for each cell. That is the dearest part of a step.
 */
export function heat(rows, cols, kind, look) {
  const cells = Array.from({ length: rows * cols }, heatCell);
  const words = document.createTextNode("");
  const element = html(
    "span",
    { class: `bptt-heat bptt-${kind}`, style: `--cols: ${cols}`, "aria-hidden": "true" },
    ...cells.map((cell) => cell.element),
    html("span", { class: "bptt-digits" }, words),
  );
  return {
    element,
    update(values, scale) {
      const flat = values.flat();
      flat.forEach((value, i) => cells[i].update(value, scale));
      const written = look.written ? digits(flat, cols) : "";
      if (written !== words.data) words.data = written;
    },
  };
}

/** Numbers in columns of six letters, the last of which is a space. */
function digits(values, cols) {
  return values.map((value, i) => short(value).padStart(5) + ((i + 1) % cols ? " " : "\n")).join("");
}

/** One cell: it remembers what it shows, and touches the page only where that changes. */
function heatCell() {
  const element = html("span", { class: "bptt-cell" });
  let shown = null;
  let negative = false;
  return {
    element,
    update(value, scale) {
      const next = level(value, scale);
      if (next !== shown) element.dataset.m = shown = next;
      if (value < 0 !== negative) element.toggleAttribute("data-negative", (negative = !negative));
    },
  };
}

/**
 * How strong a value looks, 0 to 20; the style sheet has a shade for each, so that cells of
 * one strength share one style. The root keeps small values from vanishing.
 */
export function level(value, scale) {
  return Math.round(20 * Math.min(1, Math.sqrt(Math.abs(value) / scale)));
}

/** A heat grid under its name, with a word below it on where it comes from or goes. */
export function term(name, grid, note = "") {
  const caption = formula(name);
  const below = html("span", { class: "bptt-term-note" }, note);
  const title = html("span", { class: "bptt-term-name" }, caption.element);
  const element = html("span", { class: "bptt-term" }, title, grid.element, below);
  return {
    element,
    update(values, scale, t) {
      grid.update(values, scale);
      caption.at(t);
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
export function outer(rows, cols, sideName, topName, look) {
  const side = heat(rows, 1, "gradient", look);
  const top = heat(1, cols, "value", look);
  const product = heat(rows, cols, "gradient", look);
  const corner = html("span", { class: "bptt-outer-corner" }, "×");
  const names = [formula(sideName), formula(topName)];
  const element = html(
    "span",
    { class: "bptt-outer" },
    html("span", { class: "bptt-outer-top" }, names[1].element), corner, top.element,
    html("span", { class: "bptt-outer-side" }, names[0].element), side.element, product.element,
  );
  return {
    element,
    update({ sideValues, topValues, values }, scales, t) {
      side.update(sideValues, scales.gradient);
      top.update(topValues, scales.value);
      product.update(values, scales.product);
      for (const name of names) name.at(t);
    },
  };
}
