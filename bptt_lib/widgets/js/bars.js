/**
 * Groups of bars with their values written beside them, each group under its name: told apart
 * by words, so that no colour has to. Where a group has turned away from the first one's
 * direction, two arrows show by how much.
 */

import { format } from "./axes.js";
import { html, svg } from "./dom.js";

/** The bars of a chart that has groups. */
export function bars({ title, groups }) {
  return html("div", { class: "bptt-bars", role: "img", "aria-label": `${title}. ${groups.map(inWords).join("; ")}.` }, ...groups.map(group));
}

function group({ name, note, turned, bars: all }) {
  return html(
    "div", { class: "bptt-bar-group" },
    html("div", { class: "bptt-bar-head" }, html("span", {}, html("b", {}, name), ` ${note}`), turned === null ? "" : arrows(turned)),
    ...all.map(({ name: one, value, share }) =>
      html("div", { class: "bptt-bar-row" },
        html("span", { class: "bptt-bar-name" }, one),
        html("span", { class: "bptt-bar-track" }, html("span", { class: "bptt-bar-fill", style: `width: ${(100 * share).toFixed(1)}%` })),
        html("span", { class: "bptt-bar-value" }, format(value))),
    ),
  );
}

/** Where the gradient pointed, dashed, and where it points now. */
function arrows(degrees) {
  const arrow = (className, by) => svg("path", { class: className, d: "M4 20H36M31 16.5l5 3.5-5 3.5", transform: `rotate(${-by} 4 20)` });
  return svg(
    "svg", { class: "bptt-turned", viewBox: "0 0 44 24", width: 44, height: 24, "aria-hidden": "true" },
    arrow("bptt-turned-from", 0), arrow("bptt-turned-to", degrees),
  );
}

function inWords({ name, note, bars: all }) {
  return `${name}, ${note}: ${all.map((one) => `${one.name} ${format(one.value)}`).join(", ")}`;
}

/** The same as a table: a row for each group. */
export function barTable({ groups, unit }) {
  const row = (tag, cells) => html("tr", {}, ...cells.map((words) => html(words ? tag : "td", {}, words))); // an empty corner heads nothing
  const angles = groups.some(({ turned }) => turned !== null);
  return html(
    "table", {},
    row("th", ["", ...groups[0].bars.map((one) => `${unit} of ${one.name}`), ...(angles ? ["angle"] : [])]),
    ...groups.map(({ name, turned, bars: all }) => row("td", [name, ...all.map((one) => format(one.value)), ...(angles ? [`${format(turned)}°`] : [])])),
  );
}
