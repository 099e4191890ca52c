/**
 * Predict, then reveal: the next value is asked for before the step is taken.
 */

import { html, text } from "./dom.js";
import { number, subscript } from "./notation.js";

/** Build the panel; `reveal()` takes the step that was asked about. */
export function predictor(reveal) {
  const on = html("input", { type: "checkbox" });
  const question = html("span");
  const guess = html("input", { type: "number", step: "0.1", class: "bptt-guess", "aria-label": "Your prediction" });
  const button = html("button", { type: "button", class: "bptt-wide-button" }, "Reveal");
  const form = html("form", { class: "bptt-asked", hidden: "", novalidate: "" }, html("label", {}, question, " ", guess), button);
  const answer = html("p", { class: "bptt-note bptt-answer", "aria-live": "polite" });
  let about = null;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter") reveal();
  });
  button.addEventListener("click", () => reveal());
  on.addEventListener("change", () => hide());

  function hide() {
    form.hidden = true;
    about = null;
    text(answer, "");
  }
  return {
    switch: html("label", { class: "bptt-key" }, on, "predict each step"),
    element: html("div", { class: "bptt-prediction" }, form, answer),
    isOn: () => on.checked,
    isAsking: () => about !== null,
    /** Ask about a frame that is not shown yet. */
    ask(frame) {
      about = entryOf(frame);
      guess.value = "";
      text(question, `Next: ${frame.phase}, step ${frame.t}. What will ${about.name} be?`);
      text(answer, "");
      form.hidden = false;
      guess.focus({ preventScroll: true });
    },
    /** How near the prediction was, in words. */
    verdict() {
      if (!about) return "";
      const said = guess.valueAsNumber;
      const { name, value } = about;
      if (!Number.isFinite(said)) return `${name} is ${number(value)}.`;
      return `You predicted ${number(said)}; ${name} is ${number(value)}, ${number(Math.abs(value - said))} away.`;
    },
    tell: (words) => text(answer, words),
    hide,
  };
}

/** One entry of what the step computes: of the new state, or of the gradient at it. */
function entryOf({ phase, t, computes }) {
  const values = phase === "forward" ? computes.h : computes.dh;
  const i = t % values.length;
  const name = phase === "forward" ? `h${subscript(t)}[${i}]` : `dh${subscript(t)}[${i}] (loss and future together)`;
  return { name, value: values[i] };
}
