/**
 * A few numbers as small squares: a shade for the size, a stroke through the negative ones,
 * dashed while there are none yet.
 *
 * All strokes are one path, and "none yet" is said of all squares at once: the picture has
 * hundreds of squares, and each step should touch a few elements only.
 */

import { level } from "./heat.js";
import { svg } from "./dom.js";

/** Squares of one size with their corners at `places`, [x, y] each. */
export function chips(places, size, kind) {
  const squares = places.map(([x, y]) => svg("rect", { x, y, width: size, height: size, rx: 1.5 }));
  const strokes = svg("path");
  const element = svg("g", { class: `bptt-chips bptt-${kind}`, "data-empty": "" }, ...squares, strokes);
  const shown = { empty: true, levels: squares.map(() => null), strokes: "" };
  return {
    element,
    /** Show as many numbers as there are squares, or null for none. */
    update(values, scale) {
      if ((values === null) !== shown.empty) element.toggleAttribute("data-empty", (shown.empty = !shown.empty));
      if (!values) return;
      values.forEach((value, i) => {
        const next = level(value, scale);
        if (next !== shown.levels[i]) squares[i].dataset.m = shown.levels[i] = next;
      });
      const through = values.map((value, i) => (value < 0 ? stroke(places[i], size) : "")).join("");
      if (through !== shown.strokes) strokes.setAttribute("d", (shown.strokes = through));
    },
  };
}

function stroke([x, y], size) {
  return `M${x + 1.5} ${y + size - 1.5}L${x + size - 1.5} ${y + 1.5}`;
}
