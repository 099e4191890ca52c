/**
 * Somebody's own function beside the picture: its source with the line just executed, and
 * what its variables hold, each beside the reference's value where its meaning is known.
 */

import { attribute, html, text } from "./dom.js";
import { lineSentence } from "./sentences.js";
import { valueCard } from "./values.js";
import { departingAt, grouped, momentsOf, nextAt, sourceAt, wayTo } from "./watched.js";

/** Build the panel; `ask.line(moment)` is called when a line is asked for. */
export function codePanel(code, ask) {
  let now = 0;
  let shown = -1; // which source
  let lines = [];
  const way = html("p", { class: "bptt-way" });
  const listing = html("ol", { class: "bptt-source", tabindex: "0" });
  const variables = html("div", { class: "bptt-variables", role: "group", "aria-label": "Variables" });
  const rest = html("div", { class: "bptt-cards" });
  const others = html("details", { class: "bptt-others" }, html("summary", {}, "Other variables"), rest);
  const count = html("span", { class: "bptt-count" });
  const step = (by) => () => ask.line(now + by);
  const buttons = [
    button("↑ Line back", step(-1)), button("↓ Line on", step(1)),
    ...(code.departure ? [button("Go to the first departure", () => ask.line(code.departure[0]))] : []),
  ];
  const words = code.notes.map((note) => html("p", { class: "bptt-note" }, note));

  const fill = () => {
    if (others.open) rest.replaceChildren(...grouped(code, now).rest.map((name) => valueCard(code, now, name)));
  };
  others.addEventListener("toggle", fill);

  return {
    element: html(
      "section", { class: "bptt-part bptt-code", "aria-label": "Your code" },
      html("div", { class: "bptt-code-bar" }, ...buttons, count),
      ...words,
      html("div", { class: "bptt-code-columns" }, html("div", {}, way, listing), html("div", { class: "bptt-seen" }, variables, others)),
    ),
    listing,
    update(k, t) {
      now = k;
      const event = code.events[k];
      showSource(sourceAt(code, k));
      const inStep = momentsOf(code, t).filter((one) => sourceAt(code, one) === shown);
      const ran = new Set(inStep.map((one) => code.events[one].line));
      const wrong = new Set(inStep.filter((one) => departingAt(code, one).length).map((one) => code.events[one].line));
      const failed = code.error && k === code.events.length - 1;
      lines.forEach((row, i) => {
        const isNow = i === event.line;
        attribute(row, "data-now", isNow ? "" : null);
        attribute(row, "aria-current", isNow ? "step" : null);
        attribute(row, "data-ran", ran.has(i) ? "" : null);
        const departs = wrong.has(i) || (isNow && (failed || departingAt(code, k).length > 0));
        attribute(row, "data-departs", departs ? "" : null);
        text(row.firstChild, `${isNow ? "▶" : ""}${departs ? "✗" : ""}`);
      });
      follow(listing, lines[event.line]);
      text(count, `line ${k + 1} of ${code.events.length} executed`);
      const { set, departing } = grouped(code, k);
      variables.replaceChildren(
        ...cards(set.length ? `${set[0].startsWith("returned") ? "Returned" : "Set"} by this line` : "This line set nothing", set),
        ...cards("Departing since earlier", departing),
        ...(failed ? [html("p", { class: "bptt-stop" }, `✗ Your function stops here: ${code.error}`)] : []),
      );
      fill();
    },
    sentence: () => lineSentence(code, now),
  };

  /** Put the lines of another function in place; the listing itself stays, and with it the focus. */
  function showSource(index) {
    way.replaceChildren(...whereabouts());
    if (index === shown) return;
    shown = index;
    const { name, first, lines: texts } = code.sources[index];
    lines = texts.map((source, i) => lineRow(source, i, first));
    listing.replaceChildren(...lines);
    attribute(listing, "aria-label", `Source of your ${name}; walk its lines with the up and down arrows`);
  }

  function lineRow(source, i, first) {
    const row = html(
      "li", { "data-line": i },
      html("span", { class: "bptt-line-mark", "aria-hidden": "true" }),
      html("span", { class: "bptt-line-number" }, String(first + i)),
      html("code", {}, source || " "),
    );
    row.addEventListener("click", () => ask.line(nextAt(code, i, now)));
    return row;
  }

  /** In which function the line stands, and from where that was called; nothing if there is but one. */
  function whereabouts() {
    if (code.sources.length < 2) return [];
    const calls = wayTo(code, now).slice(-2).reverse();
    const here = code.sources[sourceAt(code, now)].name;
    return [html("code", {}, here), ...calls.flatMap(({ name, line }) => [`, called in line ${line} of `, html("code", {}, name)])];
  }

  function cards(title, names) {
    if (!names.length && title.startsWith("Departing")) return [];
    return [html("h4", {}, title), html("div", { class: "bptt-cards" }, ...names.map((name) => valueCard(code, now, name)))];
  }
}

function button(name, press) {
  const element = html("button", { type: "button", class: "bptt-wide-button" }, name);
  element.addEventListener("click", press);
  return element;
}

/** Scroll the listing, and nothing else, so that a line can be seen. */
function follow(listing, line) {
  if (!line || listing.scrollHeight <= listing.clientHeight) return;
  const above = line.offsetTop - listing.offsetTop;
  if (above < listing.scrollTop || above + line.offsetHeight > listing.scrollTop + listing.clientHeight) {
    listing.scrollTop = above - listing.clientHeight / 2;
  }
}
