/**
 * The unrolled network as a picture: states, inputs, losses and the cache of every step,
 * the current step lit, the way forward and the way back drawn as far as they have come.
 */

import { chips } from "./chips.js";
import { attribute, svg } from "./dom.js";
import { layout } from "./geometry.js";
import { subscript } from "./notation.js";
import { sizesOf, stateAt } from "./run.js";

/** Build the picture for a run; `update(frame)` shows it at one frame. */
export function network(run, scales, width) {
  const sizes = sizesOf(run);
  const place = layout(sizes, width);
  const band = svg("rect", {
    class: "bptt-band", y: 1, width: place.column - 8, height: place.height - 2, rx: 8,
  });
  const steps = Array.from({ length: sizes.T }, (_, t) => step(run, scales, place, sizes, t));
  const start = initial(run, scales, place, sizes);
  const element = svg(
    "svg",
    {
      class: "bptt-network", width: place.width, height: place.height,
      viewBox: `0 0 ${place.width} ${place.height}`, "aria-hidden": "true", focusable: "false",
    },
    band, start.element, ...steps.map((one) => one.element),
  );
  return {
    element,
    place,
    update(frame) {
      attribute(band, "style", `transform: translateX(${place.middle(frame.t) - place.column / 2 + 4}px)`);
      start.update(frame);
      for (const one of steps) one.update(frame);
    },
  };
}

/** One column: everything of step t, and the edges that enter it. */
function step(run, scales, place, sizes, t) {
  const x = place.middle(t);
  const state = node(place, x, place.hidden, sizes.H, `h${subscript(t)}`);
  const input = node(place, x, place.input, sizes.D, `x${subscript(t)}`, "below");
  const kept = shelf(place, x, [["x", sizes.D], ["a", sizes.H], ["h", sizes.H]]);
  const edges = edgesOf(place, x);
  const loss = svg(
    "g", { class: "bptt-loss" },
    svg("circle", { cx: x, cy: place.loss.y, r: place.loss.radius }),
    svg("text", { x, y: place.loss.y + 4, "text-anchor": "middle" }, `L${subscript(t)}`),
    edges.toLoss, edges.fromLoss,
  );
  const element = svg(
    "g", { class: "bptt-step", "data-t": t },
    svg("rect", {
      class: "bptt-hit", x: x - place.column / 2, y: 0, width: place.column, height: place.height,
    }),
    svg("text", { class: "bptt-time", x, y: place.time.y, "text-anchor": "middle" }, `t = ${t}`),
    edges.recurrent, edges.fromInput, edges.toPast, edges.toInput, edges.cut,
    state.element, input.element, kept.element,
    loss,
  );

  return {
    element,
    update({ phase, t: now }) {
      const forwardFrame = run.frames[t];
      const backwardFrame = run.frames[2 * sizes.T - 1 - t];
      const { dh_prev, dh_cut } = backwardFrame.computes;
      input.value(forwardFrame.reads.x, scales.value);
      attribute(loss, "visibility", run.inputs.dL_dh_seq[t].some(Boolean) ? null : "hidden");
      const back = phase === "backward";
      const reached = back || t <= now; // by the way forward
      const returned = back && t >= now; // by the way back
      state.value(reached ? forwardFrame.computes.h : null, scales.value);
      state.gradient(returned ? backwardFrame.computes.dh : null, scales.gradient);
      input.gradient(returned ? backwardFrame.computes.dx : null, scales.gradient);
      const forwardIs = !reached ? "ahead" : !back && t === now ? "now" : "done";
      const backIs = !returned ? "ahead" : t === now ? "now" : "done";
      for (const edge of [edges.recurrent, edges.fromInput, edges.toLoss]) {
        attribute(edge, "data-is", forwardIs);
      }
      for (const edge of [edges.toInput, edges.fromLoss]) attribute(edge, "data-is", backIs);
      attribute(edges.toPast, "data-is", dh_prev.some(Boolean) ? backIs : "ahead");
      attribute(edges.cut, "data-is", dh_cut.some(Boolean) ? backIs : "ahead");
      const astray = { forward: forwardFrame.departs, backward: backwardFrame.departs }[phase] ?? [];
      state.departs((back ? returned : reached) && ["h", "a", "dh", "da"].some((name) => astray.includes(name)));
      input.departs(returned && astray.includes("dx"));
      const { reads, computes } = forwardFrame;
      const written = !back && t === now ? "write" : null;
      const read = back && t === now ? "read" : null;
      kept.update(0, reached ? reads.x : null, scales.value, written ?? read);
      kept.update(1, reached ? computes.a : null, scales.value, written);
      const readAsPast = back && t === now - 1 ? "read" : null;
      kept.update(2, reached ? computes.h : null, scales.value, written ?? read ?? readAsPast);
    },
  };
}

/** The column before the first step: the initial state, there from the beginning. */
function initial(run, scales, place, sizes) {
  const x = place.middle(-1);
  const state = node(place, x, place.hidden, sizes.H, "h₋₁");
  const kept = shelf(place, x, [null, null, ["h", sizes.H]]);
  const left = x - place.nodeWidth / 2;
  const words = (y, content) => svg("text", { class: "bptt-row-name", x: left, y }, content);
  return {
    element: svg(
      "g", { class: "bptt-step" },
      words(place.loss.y + 4, "loss"),
      words(place.input.top + place.input.height / 2 + 4, "input"),
      words(place.cache.top + 4, "cache"),
      state.element, kept.element,
    ),
    update({ phase, t }) {
      const reading = phase === "backward" && t === 0;
      state.value(stateAt(run, -1), scales.value);
      kept.update(2, run.inputs.h0, scales.value, reading ? "read" : null);
      const passed = run.frames.at(-1).computes.dh_prev;
      state.gradient(reading && passed.some(Boolean) ? passed : null, scales.gradient);
    },
  };
}

/** A box with a column of cells for a value and, beside it, one for its gradient. */
function node(place, x, { top, height }, n, name, nameAt = "above") {
  const { cell, gutter, padding, nodeWidth } = place;
  const left = x - nodeWidth / 2;
  const column = (offset, kind) =>
    chips(Array.from({ length: n }, (_, i) => [left + padding + offset, top + padding + i * cell]), cell - 1, kind);
  const values = column(0, "value");
  const gradients = column(cell + gutter, "gradient");
  const box = svg("rect", { class: "bptt-node", x: left, y: top, width: nodeWidth, height, rx: 5 });
  const y = nameAt === "above" ? top - 7 : top + height + 15;
  // Left of the corner, where no edge passes; below an input there is none at all.
  const at = nameAt === "above" ? { x: left + 10, y, "text-anchor": "end" } : { x: left, y };
  const label = svg("text", { class: "bptt-name", ...at }, name);
  const cross = svg("text", { class: "bptt-astray", x: left + nodeWidth + 3, y: nameAt === "above" ? top - 3 : top + height + 13 }, "✗");
  attribute(cross, "visibility", "hidden");
  const element = svg("g", {}, box, label, cross, values.element, gradients.element);
  const departs = (yes) => attribute(cross, "visibility", yes ? "visible" : "hidden");
  return { element, value: values.update, gradient: gradients.update, departs };
}

/** The cache of one step: a row of small cells for each thing kept; ↓ written, ↑ read. */
function shelf(place, x, rows) {
  const { cache, chip: size, column, nodeWidth } = place;
  const widest = 26 + size * Math.max(...rows.map((row) => row?.[1] ?? 0));
  const left = Math.max(x - column / 2 + 7, Math.min(x - nodeWidth / 2, x - widest / 2));
  const made = rows.map((row, i) => {
    if (!row) return null;
    const [name, n] = row;
    const y = cache.top + 12 + i * cache.row;
    const kept = chips(Array.from({ length: n }, (_, k) => [left + 14 + k * size, y - 9]), size - 1, "value");
    const label = svg("text", { class: "bptt-shelf-name", x: left, y }, name);
    const mark = (use, arrow) => svg("text", { class: `bptt-shelf-mark bptt-${use}`, x: left + 16 + n * size, y }, arrow);
    const element = svg("g", { class: "bptt-shelf" }, label, kept.element, mark("write", "↓"), mark("read", "↑"));
    return { element, kept };
  });
  return {
    element: svg("g", {}, ...made.filter(Boolean).map((row) => row.element)),
    update(i, numbers, scale, used) {
      const { element, kept } = made[i];
      kept.update(numbers, scale);
      attribute(element, "data-used", used);
    },
  };
}

/** The edges that belong to step t: forward on one side, backward on the other. */
function edgesOf(place, x) {
  const { column, nodeWidth, hidden, input, loss } = place;
  const middle = hidden.top + hidden.height / 2;
  const [left, before] = [x - nodeWidth / 2, x - column + nodeWidth / 2];
  const bottom = hidden.top + hidden.height;
  const under = loss.y + loss.radius;
  const cutX = (left + before) / 2;
  return {
    recurrent: arrow("forward", before + 2, middle - 7, left - 2, middle - 7),
    fromInput: arrow("forward", x - 8, input.top - 2, x - 8, bottom + 2),
    toLoss: arrow("forward", x - 8, hidden.top - 2, x - 8, under + 1),
    toPast: arrow("backward", left - 2, middle + 7, before + 2, middle + 7),
    toInput: arrow("backward", x + 8, bottom + 2, x + 8, input.top - 2),
    fromLoss: arrow("backward", x + 8, under + 1, x + 8, hidden.top - 2),
    cut: svg("path", {
      class: "bptt-cut",
      d: `M${cutX - 3} ${middle - 1}l-4 16M${cutX + 4} ${middle - 1}l-4 16`,
    }),
  };
}

/** A straight arrow; its head is part of the path, so that it takes the path's colour. */
function arrow(direction, x1, y1, x2, y2) {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const wing = (side) => `${x2 - 6 * ux + side * 3.5 * uy} ${y2 - 6 * uy - side * 3.5 * ux}`;
  return svg(
    "g", { class: `bptt-edge bptt-${direction}` },
    svg("line", { x1, y1, x2: x2 - 2 * ux, y2: y2 - 2 * uy }),
    svg("path", { d: `M${wing(1)}L${x2} ${y2}L${wing(-1)}` }),
  );
}
