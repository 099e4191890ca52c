/**
 * A line chart as a picture, its key and its table. Lines differ by their dashes and are
 * named in the key; colour only helps.
 */

import { extent, format, isShown, linearTicks, logTicks } from "./axes.js";
import { html, svg } from "./dom.js";

const HEIGHT = 250;
const MARGIN = { top: 12, right: 14, bottom: 42, left: 62 };
export const WIDTH = { least: 240, most: 760 };
const DASHES = [null, "7 4", "2 3", "9 3 2 3", "12 4"];
const TABLE_ROWS = 25;
const MOST_DOTS = 16;

const style = (i) => ({
  class: `bptt-curve bptt-curve-${i % DASHES.length}`,
  "stroke-dasharray": DASHES[i % DASHES.length],
});

/** The picture, for one width in pixels. */
export function picture(chart, width) {
  const { lines, log_y: logY, rule } = chart;
  const { x0, x1, y0, y1 } = extent(lines, { logY, rule, xRange: chart.x_range, yRange: chart.y_range });
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const share = logY ? (y) => Math.log(y / y0) / Math.log(y1 / y0) : (y) => (y - y0) / (y1 - y0);
  const px = (x) => MARGIN.left + ((x - x0) / (x1 - x0)) * (right - MARGIN.left);
  const py = (y) => bottom - share(y) * (bottom - MARGIN.top);
  const across = (y, className) => svg("line", { class: className, x1: MARGIN.left, x2: right, y1: py(y), y2: py(y) });
  const middle = { x: (MARGIN.left + right) / 2, y: (MARGIN.top + bottom) / 2 };

  const element = svg("svg", { role: "img", width, height: HEIGHT, "aria-label": `${chart.title}. ${chart.summary}` });
  for (const y of logY ? logTicks(y0, y1, 6) : linearTicks(y0, y1, 5)) {
    element.append(
      across(y, "bptt-grid"),
      svg("text", { x: MARGIN.left - 6, y: py(y) + 4, "text-anchor": "end" }, format(y)),
    );
  }
  const names = chart.x_names;
  for (const x of names ? names.keys() : linearTicks(x0, x1, Math.max(2, Math.floor(width / 70)))) {
    element.append(svg("text", { x: px(x), y: bottom + 18, "text-anchor": "middle" }, names ? names[x] : format(x)));
  }
  element.append(
    svg("text", { x: middle.x, y: HEIGHT - 6, "text-anchor": "middle" }, chart.x_label),
    svg("text", { "text-anchor": "middle", transform: `translate(12 ${middle.y}) rotate(-90)` }, chart.y_label),
  );
  if (rule && (!logY || rule.y > 0)) element.append(across(rule.y, "bptt-rule"));
  if (chart.cursor) element.append(svg("line", { class: "bptt-cursor", x1: px(chart.cursor.x), x2: px(chart.cursor.x), y1: MARGIN.top, y2: bottom }));
  lines.forEach((line, i) => {
    element.append(svg("path", { ...style(i), d: path(line, px, py, logY) }));
    if (line.y.length > MOST_DOTS) return;
    for (const [k, y] of line.y.entries()) {
      if (isShown(y, logY)) element.append(svg("circle", { class: style(i).class, cx: px(line.x[k]), cy: py(y), r: 2.5 }));
    }
  });
  for (const k of chart.marks?.at ?? []) {
    const y = lines[0].y[k];
    if (isShown(y, logY)) element.append(diamond(px(lines[0].x[k]), py(y)));
  }
  return element;
}

const diamond = (x, y) => svg("path", { class: "bptt-mark", d: `M${x - 4.5} ${y}l4.5 -4.5 4.5 4.5 -4.5 4.5z` });

/** A line through all points that can be shown; it breaks where one cannot. */
function path(line, px, py, logY) {
  let d = "";
  let pen = "M";
  line.y.forEach((y, k) => {
    const shown = isShown(y, logY);
    if (shown) d += `${pen}${px(line.x[k]).toFixed(1)} ${py(y).toFixed(1)}`;
    pen = shown ? "L" : "M";
  });
  return d;
}

/** Names of all that is drawn; a single line is named by the axis already. */
export function key({ lines, rule, cursor, marks }) {
  const entry = (name, ...drawn) => html("li", {}, svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, ...drawn), name);
  const across = (attributes) => svg("line", { ...attributes, x1: 0, x2: 34, y1: 5, y2: 5 });
  const entries = lines.map((line, i) => entry(line.name, across(style(i))));
  if (rule) entries.push(entry(rule.name, across({ class: "bptt-rule" })));
  if (marks?.at.length) entries.push(entry(marks.name, diamond(17, 5)));
  if (cursor) entries.push(entry(cursor.name, svg("line", { class: "bptt-cursor", x1: 17, x2: 17, y1: 0, y2: 10 })));
  return entries.length > 1 ? html("ul", {}, ...entries) : "";
}

export function table({ lines, x_label: xLabel, x_names: names }) {
  const xs = lines[0]?.x ?? [];
  const stride = Math.max(1, Math.ceil(xs.length / TABLE_ROWS));
  const kept = [...xs.keys()].filter((k) => k % stride === 0 || k === xs.length - 1);
  const row = (tag, cells) => html("tr", {}, ...cells.map((words) => html(tag, {}, words)));
  return html(
    "table", {},
    row("th", [xLabel, ...lines.map((line) => line.name)]),
    ...kept.map((k) => row("td", [names ? names[xs[k]] : format(xs[k]), ...lines.map((line) => format(line.y[k] ?? null))])),
  );
}
