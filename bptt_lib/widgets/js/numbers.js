/**
 * All numbers of the current step as a table, for those who want them exactly or hear
 * them read. Built only while it is open.
 */

import { html } from "./dom.js";

const WORDS = {
  x: "x, input", h_prev: "h, state before", h: "h, state after", a: "a, pre-activation",
  from_input: "W_xh x", from_past: "W_hh h, of the state before", dh: "dh, sum of both",
  slope: "1 − h²", da: "da, behind tanh", dx: "gradient of x",
  dh_prev: "dh_from_future for the step before", dh_cut: "stopped by truncation",
};

/** A closed table that fills itself when it is opened. */
export function numbers() {
  const body = html("tbody");
  const element = html(
    "details", { class: "bptt-numbers" },
    html("summary", {}, "Numbers of this step as a table"),
    html(
      "div", { class: "bptt-numbers-frame", role: "group", tabindex: "0", "aria-label": "Numbers of this step" },
      html(
        "table", {},
        html("thead", {}, html("tr", {}, ...["what", "quantity", "values"].map((name) => html("th", { scope: "col" }, name)))),
        body,
      ),
    ),
  );
  let latest;
  const fill = () => {
    if (element.open && latest) body.replaceChildren(...rowsOf(latest));
  };
  element.addEventListener("toggle", fill);
  return {
    element,
    update(frame) {
      latest = frame;
      fill();
    },
  };
}

function rowsOf({ reads, computes, adds, totals }) {
  const groups = [["reads", reads], ["computes", computes], ["adds", adds], ["sum so far", totals]];
  return groups.flatMap(([group, arrays]) =>
    Object.entries(arrays).flatMap(([name, values]) => {
      const matrix = Array.isArray(values[0]);
      const label = matrix || name === "b_h" ? `d${name}` : (WORDS[name] ?? name);
      return (matrix ? values : [values]).map((row, i) =>
        html(
          "tr", {},
          html("td", {}, i === 0 ? group : ""),
          html("th", { scope: "row" }, matrix ? `${label}, row ${i}` : label),
          html("td", { class: "bptt-values" }, row.map((value) => exactly(value)).join("  ")),
        ),
      );
    }),
  );
}

function exactly(value) {
  return value.toPrecision(5).replaceAll("-", "\u2212");
}
