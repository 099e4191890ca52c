/**
 * What is predicted, letter below letter of what should be; wrong ones are underlined and bold.
 * Where a line is too short for all, each pair goes on to the next together.
 */

import { html, text } from "./dom.js";

/** An empty place; `update(predicted, target)` fills it, and hides it while there is nothing. */
export function letters() {
  const rows = html("div", { class: "bptt-letters", "aria-hidden": "true" });
  const count = html("p", { class: "bptt-letters-count" });
  const element = html("div", { hidden: "" }, rows, count);
  return {
    element,
    update(predicted, target) {
      element.hidden = !predicted || !target;
      if (element.hidden) return;
      const right = [...predicted].filter((letter, i) => letter === target[i]).length;
      rows.replaceChildren(
        pair("target", "predicted"),
        html("code", {}, ...[...predicted].map((letter, i) => pair(target[i] ?? "", letter === target[i] ? letter : wrong(letter)))),
      );
      text(count, `${right} of ${target.length} letters are right.`);
    },
  };
}

const pair = (above, below) => html("span", {}, above, html("br"), below);
const wrong = (letter) => html("mark", {}, letter === " " ? "␣" : letter);
