// Draws the lines of line_chart.py. Python decides what is shown; here are only its
// picture and its table. Series differ by dash pattern and name, not by colour alone.

const HEIGHT = 250;
const MARGIN = { top: 12, right: 14, bottom: 42, left: 62 };
const DASHES = ["", "7 4", "2 3", "9 3 2 3", "12 4"];
const TABLE_ROWS = 25;
const SVG = "http://www.w3.org/2000/svg";

/** Round numbers between low and high, about `count` of them. */
export function linearTicks(low, high, count) {
  const rough = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const ticks = [];
  for (let i = Math.ceil(low / step); i * step <= high * (1 + 1e-12); i++) ticks.push(i * step);
  return ticks;
}

/** Powers of ten between low and high, thinned to about `count`. */
export function logTicks(low, high, count) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / count));
  const ticks = [];
  for (let e = first; e <= last; e += stride) ticks.push(10 ** e);
  return ticks;
}

/** What the axes span: the data, the rule, and never an empty interval. */
export function extent(lines, { logY, rule, xRange }) {
  const visible = (y) => y !== null && (!logY || y > 0);
  const xs = [], ys = [];
  for (const line of lines) {
    line.y.forEach((y, i) => {
      if (visible(y) && line.x[i] !== null) { xs.push(line.x[i]); ys.push(y); }
    });
  }
  if (rule && visible(rule.y)) ys.push(rule.y);
  let [x0, x1] = xRange ?? (xs.length ? [Math.min(...xs), Math.max(...xs)] : [0, 1]);
  let [y0, y1] = ys.length ? [Math.min(...ys), Math.max(...ys)] : [logY ? 0.1 : 0, 1];
  if (x0 === x1) x1 = x0 + 1;
  if (logY) {
    if (y1 / y0 < 10) { const middle = Math.sqrt(y0 * y1); y0 = middle / 3.2; y1 = middle * 3.2; }
  } else {
    y0 = Math.min(y0, 0);
    if (y0 === y1) y1 = y0 + 1;
  }
  return { x0, x1, y0, y1 };
}

export function format(value) {
  if (value === null) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace("e+", "e").replace(".0e", "e");
  return String(Number(value.toPrecision(3)));
}

function element(name, attributes = {}, text = null) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== null) node.textContent = text;
  return node;
}

function drawing(model, width) {
  const lines = model.get("lines");
  const logY = model.get("log_y");
  const rule = model.get("rule");
  const { x0, x1, y0, y1 } = extent(lines, { logY, rule, xRange: model.get("x_range") });
  const inner = { w: width - MARGIN.left - MARGIN.right, h: HEIGHT - MARGIN.top - MARGIN.bottom };
  const px = (x) => MARGIN.left + ((x - x0) / (x1 - x0)) * inner.w;
  const share = logY ? (y) => Math.log(y / y0) / Math.log(y1 / y0) : (y) => (y - y0) / (y1 - y0);
  const py = (y) => MARGIN.top + (1 - share(y)) * inner.h;

  const svg = element("svg", { role: "img", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
  svg.append(element("title", {}, `${model.get("title")}. ${model.get("summary")}`));

  const grid = element("g", { class: "grid" });
  for (const y of logY ? logTicks(y0, y1, 6) : linearTicks(y0, y1, 5)) {
    grid.append(element("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: py(y), y2: py(y) }));
    grid.append(element("text", { x: MARGIN.left - 6, y: py(y) + 4, "text-anchor": "end" }, format(y)));
  }
  for (const x of linearTicks(x0, x1, Math.max(2, Math.floor(width / 90)))) {
    grid.append(element("text", { x: px(x), y: HEIGHT - MARGIN.bottom + 18, "text-anchor": "middle" }, format(x)));
  }
  svg.append(grid);
  svg.append(element("text", { class: "label", x: MARGIN.left + inner.w / 2, y: HEIGHT - 6, "text-anchor": "middle" }, model.get("x_label")));
  svg.append(element("text", { class: "label", "text-anchor": "middle", transform: `translate(12 ${MARGIN.top + inner.h / 2}) rotate(-90)` }, model.get("y_label")));

  if (rule && (!logY || rule.y > 0)) {
    svg.append(element("line", { class: "rule", x1: MARGIN.left, x2: width - MARGIN.right, y1: py(rule.y), y2: py(rule.y) }));
  }
  lines.forEach((line, i) => {
    let path = "", pen = "M";
    line.y.forEach((y, k) => {
      if (y === null || (logY && y <= 0)) { pen = "M"; return; }
      path += `${pen}${px(line.x[k]).toFixed(1)} ${py(y).toFixed(1)}`;
      pen = "L";
    });
    svg.append(element("path", { class: `line line-${i % DASHES.length}`, d: path, "stroke-dasharray": DASHES[i % DASHES.length] }));
  });
  return svg;
}

function key(model) {
  const list = document.createElement("ul");
  const entries = model.get("lines").map((line, i) => [line.name, `line line-${i % DASHES.length}`, DASHES[i % DASHES.length]]);
  const rule = model.get("rule");
  if (rule) entries.push([rule.name, "rule", ""]);
  for (const [name, className, dashes] of entries) {
    const item = document.createElement("li");
    const sample = element("svg", { width: 34, height: 10, "aria-hidden": "true" });
    sample.append(element("line", { class: className, x1: 0, x2: 34, y1: 5, y2: 5, "stroke-dasharray": dashes }));
    if (className === "rule") sample.firstChild.removeAttribute("stroke-dasharray");
    item.append(sample, name);
    list.append(item);
  }
  return list;
}

function table(model) {
  const lines = model.get("lines");
  const xs = lines.length ? lines[0].x : [];
  const stride = Math.max(1, Math.ceil(xs.length / TABLE_ROWS));
  const rows = xs.map((x, k) => [x, k]).filter(([, k]) => k % stride === 0 || k === xs.length - 1);
  const node = document.createElement("table");
  const row = (cells, tag) => {
    const line = document.createElement("tr");
    for (const text of cells) {
      const cell = document.createElement(tag);
      cell.textContent = text;
      line.append(cell);
    }
    return line;
  };
  node.append(row([model.get("x_label"), ...lines.map((line) => line.name)], "th"));
  for (const [x, k] of rows) node.append(row([format(x), ...lines.map((line) => format(line.y[k] ?? null))], "td"));
  return node;
}

function render({ model, el }) {
  el.classList.add("bptt-chart");
  const figure = document.createElement("figure");
  const heading = document.createElement("strong");
  const picture = document.createElement("div");
  const caption = document.createElement("figcaption");
  const details = document.createElement("details");
  const label = document.createElement("summary");
  label.textContent = "The numbers as a table";
  details.append(label);
  figure.append(heading, picture, caption, details);
  el.append(figure);

  const fillTable = () => {
    details.querySelector("table")?.remove();
    if (details.open) details.append(table(model));
  };
  const draw = () => {
    heading.textContent = model.get("title");
    caption.textContent = model.get("summary");
    const width = Math.max(240, Math.min(760, figure.clientWidth || 640));
    picture.replaceChildren(drawing(model, width), key(model));
    fillTable();
  };
  let asked = 0;
  const redraw = () => { cancelAnimationFrame(asked); asked = requestAnimationFrame(draw); };

  const watched = ["lines", "summary", "title", "rule", "x_range", "log_y", "x_label", "y_label"].map((name) => `change:${name}`);
  for (const event of watched) model.on(event, redraw);
  details.addEventListener("toggle", fillTable);
  const size = new ResizeObserver(redraw);
  size.observe(el);
  draw();

  return () => {
    cancelAnimationFrame(asked);
    size.disconnect();
    for (const event of watched) model.off(event, redraw);
  };
}

export default { render };
