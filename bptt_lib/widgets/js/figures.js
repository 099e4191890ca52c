/**
 * Charts side by side where there is room, one below the other where there is not, and their
 * numbers as tables on request.
 */

import { barTable, bars } from "./bars.js";
import { key, picture, table, WIDTH } from "./chart.js";
import { html } from "./dom.js";
import { scrolls } from "./scrolls.js";

const GAP = 24;

/** An empty place for charts; `update(charts)` fills it, `unmount()` ends its watching. */
export function figures() {
  const row = html("div", { class: "bptt-charts" });
  const tables = scrolls(html("div", { class: "bptt-tables" }), "Tables");
  const numbers = html("details", {}, html("summary", {}, "The numbers as tables"), tables);
  let charts = [];
  let width = 0;

  function draw() {
    const room = row.clientWidth || 640;
    width = Math.max(WIDTH.least, Math.min(WIDTH.most, room > 700 && charts.length > 1 ? (room - GAP) / 2 : room));
    row.replaceChildren(...charts.map((one) => figure(one, width)));
    tabulate();
  }
  function tabulate() {
    if (!numbers.open) return;
    tables.replaceChildren(...charts.flatMap((one) => [html("strong", {}, one.title), one.groups ? barTable(one) : table(one)]));
  }
  const resized = new ResizeObserver(draw);
  resized.observe(row);
  numbers.addEventListener("toggle", tabulate);
  return {
    elements: [row, numbers],
    update(next) {
      charts = next;
      draw();
    },
    unmount: () => resized.disconnect(),
  };
}

function figure(chart, width) {
  const body = chart.groups ? [bars(chart)] : [picture(chart, width), key(chart)];
  return html("figure", { style: `width: ${width}px` }, html("strong", {}, chart.title), ...body);
}
