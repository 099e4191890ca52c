/**
 * One variable: its name, its shape, its numbers, and beside them the reference's where
 * the two can be compared.
 */

import { html } from "./dom.js";
import { number } from "./notation.js";
import { departs, judgement, valueAt } from "./watched.js";

const MOST = 96; // entries that are written out

/** A variable at a moment as a small card. */
export function valueCard(code, k, name) {
  const { shape, data } = valueAt(code, k, name);
  const known = judgement(code, k, name);
  const wrong = departs(code, k, name);
  const verdict = !known ? "" : wrong ? "✗ departs" : "✓ agrees";
  const head = html(
    "div", { class: "bptt-card-head" },
    html("code", {}, name),
    html("span", { class: "bptt-shape" }, shape ? `(${shape.join(", ")}${shape.length === 1 ? "," : ""})` : ""),
    html("span", { class: "bptt-verdict-mark" }, verdict),
  );
  const marks = new Set(known?.wrong.map(String));
  const tables = wrong
    ? [
        captioned("yours", grid(data, shape, marks)),
        captioned(`reference: ${known.words}`, grid(known.expected, shape, new Set())),
      ]
    : [captioned("", grid(data, shape, marks)), ...(known ? [html("p", { class: "bptt-meaning" }, known.words)] : [])];
  return html(
    "div", { class: "bptt-card", "data-variable": name, "data-departs": wrong ? "" : null },
    head, html("div", { class: "bptt-pair" }, ...tables),
  );
}

function captioned(words, body) {
  return html("div", {}, ...(words ? [html("div", { class: "bptt-caption" }, words)] : []), body);
}

/** The numbers: a vector as one row, a matrix as a table, anything else as text. */
function grid(data, shape, marks) {
  if (!shape || shape.length === 0) return html("span", { class: "bptt-plain" }, scalar(data));
  const entries = shape.reduce((a, b) => a * b, 1);
  if (shape.length > 2 || entries > MOST) return html("span", { class: "bptt-plain" }, `${entries} numbers`);
  const rows = shape.length === 1 ? [data] : data;
  return html(
    "table", { class: "bptt-grid" },
    html("tbody", {}, ...rows.map((row, i) =>
      html("tr", {}, ...row.map((value, j) => {
        const wrong = marks.has(String(shape.length === 1 ? [j] : [i, j]));
        return html("td", wrong ? { "data-departs": "" } : {}, scalar(value));
      })),
    )),
  );
}

function scalar(value) {
  if (typeof value !== "number") return String(value);
  return Number.isInteger(value) && Math.abs(value) > 0 ? String(value).replace("-", "\u2212") : number(value);
}
