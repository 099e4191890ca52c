/**
 * The button of companion.py: it moves into the report that it belongs to, and opens the
 * stepper below it, in the same cell's output.
 */

import { html, text } from "./js/dom.js";
import { mount } from "./js/mount.js";
import { GONE } from "./js/still.js";

/** Put the button into the page; returns the function that takes everything out again. */
export function render({ model, el }) {
  const button = html("button", { type: "button", class: "bptt-open-code" }, model.get("label"));
  const said = html("p", { class: "bptt-open-problem", "aria-live": "polite" });
  const corner = html("div", { class: "bptt-companion" }, button, said);
  let stepper = null;

  const ask = () => {
    if (stepper) return stepper.root.querySelector(".bptt-source").focus();
    button.disabled = true;
    model.send("open");
  };
  const open = () => {
    const { run, code, position, moment, diagnosis } = model.get("shown");
    button.disabled = false;
    stepper?.unmount();
    stepper = mount(el, run, { code, position, moment, diagnosis });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    stepper.root.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    stepper.root.querySelector(".bptt-source").focus({ preventScroll: true });
  };
  const complain = () => {
    button.disabled = false;
    text(said, model.get("problem"));
  };
  const lost = () => {
    button.disabled = true;
    text(said, "Python has been started anew: run this cell again to step through your code.");
  };
  button.addEventListener("click", ask);
  document.addEventListener(GONE, lost);
  model.on("change:shown", open);
  model.on("change:problem", complain);

  // The element is in no page yet: it is laid out first when it is.
  el.append(corner);
  const arrived = new ResizeObserver(() => {
    const place = placeIn(el, model.get("exercise"));
    if (place && !place.contains(corner)) place.append(corner);
    if (el.isConnected) arrived.disconnect();
  });
  arrived.observe(corner);
  if (model.get("shown")) open();

  return () => {
    arrived.disconnect();
    document.removeEventListener(GONE, lost);
    model.off("change:shown", open);
    model.off("change:problem", complain);
    stepper?.unmount();
    corner.remove();
  };
}

/** The place in this cell's report that is kept for the button, or the report itself. */
function placeIn(el, exercise) {
  const reports = el.closest(".jp-OutputArea, .output_area, .output")?.querySelectorAll("[data-bptt-check]") ?? [];
  const report = [...reports].find((one) => one.dataset.bpttCheck === exercise);
  return report?.querySelector(".bptt-diagnosis") ?? report;
}

export default { render };
