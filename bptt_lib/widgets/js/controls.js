/**
 * What one can press: first, back, play, forward, last; a native range over the whole
 * run; the direction; the speed. All of them only ask to go somewhere; the stepper goes.
 */

import { attribute, html, svg } from "./dom.js";

const ICONS = {
  first: "M4 3v10M13 3 6 8l7 5z",
  back: "M12 3 4 8l8 5z",
  play: "M4 2.5 13 8l-9 5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M4 3l8 5-8 5z",
  last: "M12 3v10M3 3l7 5-7 5z",
};

const SPEEDS = [["0.5", "half speed"], ["1", "normal speed"], ["2", "double speed"], ["4", "fourfold speed"]];

/**
 * Build the controls for a span of the run. `ask` holds what they call: `go(position)`,
 * `by(steps)`, `turn(phase)`, `play()`.
 */
export function controls(run, { first, last }, ask) {
  const buttons = {
    first: button("first", "First step", () => ask.go(first)),
    back: button("back", "One step back", () => ask.by(-1)),
    play: button("play", "Play", () => ask.play()),
    forward: button("forward", "One step on", () => ask.by(1)),
    last: button("last", "Last step", () => ask.go(last)),
  };
  const range = html("input", {
    type: "range", min: first, max: last, step: 1, value: first, class: "bptt-range",
    "aria-label": "Position in the run",
  });
  range.addEventListener("input", () => ask.go(range.valueAsNumber));
  const ticks = run.frames.slice(first, last + 1).map(({ phase, t }) => html("span", { class: `bptt-${phase}` }, String(t)));
  const speed = html(
    "select", { class: "bptt-speed", "aria-label": "Speed" },
    ...SPEEDS.map(([value, name]) => html("option", { value, title: name }, `${value}×`)),
  );
  speed.value = "1";
  const phases = {
    forward: html("button", { type: "button", class: "bptt-phase" }, "Forward pass →"),
    backward: html("button", { type: "button", class: "bptt-phase" }, "← Backward pass"),
  };
  for (const [phase, one] of Object.entries(phases)) {
    one.addEventListener("click", () => ask.turn(phase));
  }
  return {
    phases: html("div", { class: "bptt-phases", role: "group", "aria-label": "Direction" }, ...Object.values(phases)),
    bar: html(
      "div", { class: "bptt-bar" },
      html("div", { class: "bptt-buttons" }, ...Object.values(buttons), speed),
      html("div", { class: "bptt-scrub" }, range, html("div", { class: "bptt-ticks", "aria-hidden": "true" }, ...ticks)),
    ),
    /** Seconds that playing stays on one step. */
    seconds: () => 0.9 / Number(speed.value),
    update(position, { phase, t }) {
      if (range.valueAsNumber !== position) range.value = position;
      attribute(range, "aria-valuetext", `${phase}, step ${t}`);
      // Not `disabled`: that would throw the keyboard's focus out of the widget.
      for (const name of ["first", "back"]) attribute(buttons[name], "aria-disabled", position === first);
      for (const name of ["forward", "last"]) attribute(buttons[name], "aria-disabled", position === last);
      for (const name of ["forward", "backward"]) attribute(phases[name], "aria-pressed", name === phase);
      ticks.forEach((tick, i) => attribute(tick, "data-now", i === position - first ? "" : null));
    },
    playing(on) {
      const icon = on ? "pause" : "play";
      attribute(buttons.play, "aria-label", on ? "Pause" : "Play");
      attribute(buttons.play, "title", on ? "Pause" : "Play");
      attribute(buttons.play.querySelector("path"), "d", ICONS[icon]);
    },
  };
}

function button(icon, name, press) {
  const element = html(
    "button", { type: "button", class: `bptt-button bptt-${icon}-button`, "aria-label": name, title: name },
    svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, svg("path", { d: ICONS[icon] })),
  );
  element.addEventListener("click", press);
  return element;
}
