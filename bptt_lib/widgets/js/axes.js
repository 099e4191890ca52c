/**
 * Axes as arithmetic: what a chart spans, where its ticks stand, how they read. Nothing drawn.
 */

/** Round numbers between low and high, about `count` of them. */
export function linearTicks(low, high, count) {
  const rough = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const ticks = [];
  for (let i = Math.ceil(low / step); i * step <= high * (1 + 1e-12); i++) ticks.push(i * step);
  return ticks;
}

/** Powers of ten between low and high, thinned to about `count`; 2 and 5 as well if there are few. */
export function logTicks(low, high, count) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const decades = last - first + 1;
  const stride = Math.max(1, Math.ceil(decades / count));
  const digits = decades < 3 ? [1, 2, 5] : [1];
  const ticks = [];
  for (let e = first - 1; e <= last; e++) {
    if ((e - first) % stride === 0) ticks.push(...digits.map((digit) => digit * 10 ** e));
  }
  return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}

/** Whether a value has a place on the vertical axis. */
export function isShown(y, logY) {
  return y !== null && (!logY || y > 0);
}

/** What the axes span: the data, the rule, and never an empty interval. */
export function extent(lines, { logY, rule, xRange, yRange = null }) {
  const xs = [], ys = [];
  for (const line of lines) {
    line.y.forEach((y, i) => {
      if (isShown(y, logY) && line.x[i] !== null) { xs.push(line.x[i]); ys.push(y); }
    });
  }
  if (rule && isShown(rule.y, logY)) ys.push(rule.y);
  let [x0, x1] = xRange ?? (xs.length ? [Math.min(...xs), Math.max(...xs)] : [0, 1]);
  let [y0, y1] = ys.length ? [Math.min(...ys), Math.max(...ys)] : [logY ? 0.1 : 0, 1];
  if (yRange) [y0, y1] = yRange;
  if (x0 === x1) x1 = x0 + 1;
  if (yRange) return { x0, x1, y0, y1 };
  if (logY) {
    if (y1 / y0 < 10) { const middle = Math.sqrt(y0 * y1); y0 = middle / 3.2; y1 = middle * 3.2; }
  } else {
    y0 = Math.min(y0, 0);
    if (y0 === y1) y1 = y0 + 1;
  }
  return { x0, x1, y0, y1 };
}

/** A number as a tick or a table cell shows it. */
export function format(value) {
  if (value === null) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) return value.toExponential(1).replace("e+", "e").replace(".0e", "e");
  return String(Number(value.toPrecision(3)));
}
