/**
 * Two native ways to pick one of a few positions by its name: a slider and a list.
 */

import { attribute, html, text } from "./dom.js";

/** A native range whose value is spoken by the name of its position. */
export function slider({ label, positions, start }) {
  const input = html("input", { type: "range", min: 0, max: positions.length - 1, step: 1, value: start, "aria-label": label });
  const value = html("b");
  const say = () => {
    text(value, positions[input.valueAsNumber]);
    attribute(input, "aria-valuetext", positions[input.valueAsNumber]);
  };
  say();
  return {
    element: html("label", { class: "bptt-control" }, html("span", {}, label, " ", value), input),
    size: positions.length,
    position: () => input.valueAsNumber,
    listen: (callback) => input.addEventListener("input", () => {
      say();
      callback();
    }),
  };
}

/** A native list. */
export function choice({ label, positions, start }) {
  const select = html("select", { "aria-label": label }, ...positions.map((name, i) => html("option", { value: i }, name)));
  select.value = start;
  return {
    element: html("label", { class: "bptt-control" }, html("span", {}, label), select),
    size: positions.length,
    position: () => Number(select.value),
    listen: (callback) => select.addEventListener("change", callback),
  };
}
