/**
 * Shows an explorer: its controls pick one of the states that Python computed.
 */

import { key, picture, table, WIDTH } from "./js/chart.js";
import { attribute, html, text } from "./js/dom.js";
import { keepKeys } from "./js/keys.js";
import { replaceStill } from "./js/still.js";

/** Show the explorer of an anywidget model; returns the function that takes it out again. */
export function render({ model, el }) {
  const controls = model.get("controls").map((one) => (one.as_choice ? choice(one) : slider(one)));
  const status = html("p", { class: "bptt-said", role: "status" });
  const charts = html("div", { class: "bptt-charts" });
  const tables = html("div", { class: "bptt-tables" });
  const numbers = html("details", {}, html("summary", {}, "The numbers as tables"), tables);
  const root = html(
    "section", { class: "bptt-explorer bptt-chart", "aria-label": model.get("title"), "data-bptt-explorer": model.get("title"), "data-lm-suppress-shortcuts": "" },
    html("h4", {}, model.get("title")), html("p", {}, model.get("question")),
    html("div", { class: "bptt-controls" }, ...controls.map((one) => one.element)),
    status, charts, numbers,
  );

  const state = () => {
    const index = controls.reduce((i, one) => i * one.size + one.position(), 0);
    return model.get("states")[index];
  };
  function draw() {
    const { sentence, charts: shown } = state();
    text(status, sentence);
    const room = charts.clientWidth || 640;
    const width = Math.max(WIDTH.least, Math.min(WIDTH.most, room > 700 && shown.length > 1 ? (room - 24) / 2 : room));
    charts.replaceChildren(...shown.map((one) => figure(one, width)));
    tabulate(shown);
  }
  function tabulate(shown) {
    if (numbers.open) tables.replaceChildren(...shown.flatMap((one) => [html("strong", {}, one.title), table(one)]));
  }
  for (const one of controls) one.listen(draw);
  numbers.addEventListener("toggle", () => tabulate(state().charts));
  const resized = new ResizeObserver(draw);
  keepKeys(root);
  el.append(root);
  draw();
  resized.observe(el);
  const bringBack = replaceStill(el);
  return () => {
    bringBack();
    resized.disconnect();
    root.remove();
  };
}

function figure(chart, width) {
  return html("figure", { style: `width: ${width}px` }, html("strong", {}, chart.title), picture(chart, width), key(chart));
}

/** A native range whose value is spoken by the name of its position. */
function slider({ label, positions, start }) {
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

function choice({ label, positions, start }) {
  const select = html("select", { "aria-label": label }, ...positions.map((name, i) => html("option", { value: i }, name)));
  select.value = start;
  return {
    element: html("label", { class: "bptt-control" }, html("span", {}, label), select),
    size: positions.length,
    position: () => Number(select.value),
    listen: (callback) => select.addEventListener("change", callback),
  };
}

export default { render };
