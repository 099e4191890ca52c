/**
 * What becomes of the weight gradients: full, truncated and clipped, side by side.
 */

import { html, text } from "./dom.js";
import { heat } from "./heat.js";
import { number } from "./notation.js";

/** A truncation in words. */
export const edges = (k) => `truncated: ${k} ${k === 1 ? "edge" : "edges"}`;

/** Three versions of the weight gradients under one scale, with their norms and angles. */
export function sideBySide({ W_xh, W_hh }) {
  const look = { written: false };
  const columns = Array.from({ length: 3 }, () => {
    const name = html("strong");
    const norm = html("span", { class: "bptt-count" });
    const grids = { W_xh: heat(W_xh.length, W_xh[0].length, "gradient", look), W_hh: heat(W_hh.length, W_hh.length, "gradient", look) };
    const element = html("div", { class: "bptt-version bptt-compact" }, name, norm, html("div", { class: "bptt-line" }, ...Object.values(grids).map((one) => one.element)));
    return { element, name, norm, grids };
  });
  const said = html("p", { class: "bptt-note", "aria-live": "polite" });
  return {
    element: html("div", {}, html("h4", {}, "The gradients of W_xh and W_hh, side by side"), html("div", { class: "bptt-versions" }, ...columns.map((one) => one.element)), said),
    update(versions) {
      const full = versions[0][1];
      const scales = Object.fromEntries(["W_xh", "W_hh"].map((key) => [key, Math.max(1e-12, ...full[key].flat().map(Math.abs))]));
      versions.forEach(([words, grads], i) => {
        const { name, norm, grids } = columns[i];
        text(name, words);
        text(norm, `norm ${number(grads.norm)}`);
        for (const key of ["W_xh", "W_hh"]) grids[key].update(grads[key], scales[key]);
      });
      text(said, `${versions.map(([words, grads], i) => `${words[0].toUpperCase()}${words.slice(1)}: norm ${number(grads.norm)}${i ? `, ${angle(full, grads)}` : ""}`).join(". ")}.`);
    },
  };
}

/** How far a direction is bent away from the full gradient's. */
function angle(full, grads) {
  const flat = (one) => ["W_xh", "W_hh", "b_h"].flatMap((name) => one[name].flat());
  const [a, b] = [flat(full), flat(grads)];
  const cosine = a.reduce((s, x, i) => s + x * b[i], 0) / (Math.hypot(...a) * Math.hypot(...b));
  if (!Number.isFinite(cosine)) return "without a direction";
  const degrees = (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
  return degrees < 0.05 ? "the same direction" : `${degrees.toFixed(1)}° away from the full one`;
}
