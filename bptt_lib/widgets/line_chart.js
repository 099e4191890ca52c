/**
 * Shows the lines of line_chart.py: a picture, a key, a sentence and, on request, a table.
 */

import { key, picture, table, WIDTH } from "./js/chart.js";
import { html, text } from "./js/dom.js";
import { keepKeys } from "./js/keys.js";
import { scrolls } from "./js/scrolls.js";
import { replaceStill } from "./js/still.js";

const TRAITS = ["lines", "summary", "title", "rule", "x_range", "log_y", "x_label", "y_label"];

/** Show a LineChart, and follow what Python draws into it. */
export function render({ model, el }) {
  const heading = html("strong");
  const drawn = html("div");
  const caption = html("figcaption");
  const frame = scrolls(html("div", { class: "bptt-tables" }), "Table");
  const numbers = html("details", {}, html("summary", {}, "The numbers as a table"), frame);
  const figure = html("figure", { class: "bptt-chart", "data-lm-suppress-shortcuts": "" }, heading, drawn, caption, numbers);
  keepKeys(figure);
  el.append(figure);
  const bringBack = replaceStill(el);

  const tabulate = (chart) => {
    frame.replaceChildren(...(numbers.open ? [table(chart)] : []));
  };
  const state = () => Object.fromEntries(TRAITS.map((name) => [name, model.get(name)]));
  const draw = () => {
    const chart = state();
    const width = Math.max(WIDTH.least, Math.min(WIDTH.most, figure.clientWidth || 640));
    text(heading, chart.title);
    text(caption, chart.summary);
    drawn.replaceChildren(picture(chart, width), key(chart));
    tabulate(chart);
  };
  // Several traits change together, and a training run changes them often: once a frame is enough.
  let asked = 0;
  const redraw = () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(draw);
  };

  const open = () => tabulate(state());
  numbers.addEventListener("toggle", open);
  const resized = new ResizeObserver(redraw);
  resized.observe(el);
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  draw();

  return () => {
    bringBack();
    cancelAnimationFrame(asked);
    resized.disconnect();
    for (const name of TRAITS) model.off(`change:${name}`, redraw);
    figure.remove();
  };
}

export default { render };
