/**
 * One array as a grid of native number fields: type in them, use their arrow keys, or drag
 * sideways. Each change is told at once.
 */

import { html } from "./dom.js";

const PER_PIXEL = 0.01;
const LIMIT = 1000; // beyond it tanh has long been flat, and numbers no longer fit

/** Fields for a matrix (vectors are one row); `changed(i, j, value)` hears of each edit. */
export function editor(name, matrix, changed) {
  const fields = matrix.map((row, i) => row.map((value, j) => field(`${name}[${matrix.length > 1 ? `${i}, ` : ""}${j}]`, value, (next) => changed(i, j, next))));
  return html(
    "div", { class: "bptt-editor", role: "group", "aria-label": name, style: `--cols: ${matrix[0].length}` },
    ...fields.flat(),
  );
}

function field(label, value, changed) {
  const input = html("input", { type: "number", step: "0.1", min: -LIMIT, max: LIMIT, value: round(value), "aria-label": label });
  const tell = () => {
    const next = input.valueAsNumber;
    if (Number.isFinite(next) && Math.abs(next) <= LIMIT) changed(next);
  };
  let from = null; // where a drag began
  input.addEventListener("input", tell);
  input.addEventListener("pointerdown", (event) => {
    if (event.button === 0) from = { x: event.clientX, value: input.valueAsNumber || 0, moved: false };
  });
  input.addEventListener("pointermove", (event) => {
    if (!from || !(event.buttons & 1)) return;
    const by = event.clientX - from.x;
    if (!from.moved && Math.abs(by) < 4) return;
    if (!from.moved) input.setPointerCapture(event.pointerId);
    from.moved = true;
    event.preventDefault();
    input.value = round(Math.max(-LIMIT, Math.min(LIMIT, from.value + by * PER_PIXEL)));
    tell();
  });
  input.addEventListener("pointerup", () => (from = null));
  return input;
}

function round(value) {
  return String(Number(value.toFixed(3)));
}
