/**
 * The stepper as anywidget calls it: the model's run is mounted, and follows what Python sets.
 */

import { mount } from "./js/mount.js";
import { replaceStill } from "./js/still.js";

const SHOWN = ["run", "code", "diagnosis"];

/** Show the run of an anywidget model; returns the function that takes it out again. */
export function render({ model, el }) {
  const bringBack = replaceStill(el);
  let shown = fresh();
  function fresh() {
    const [run, code, diagnosis] = SHOWN.map((name) => model.get(name));
    return mount(el, run, { position: model.get("position"), moment: model.get("moment"), code, diagnosis });
  }
  const move = () => shown.go(model.get("position"));
  const replace = () => {
    shown.unmount();
    shown = fresh();
  };
  model.on("change:position", move);
  for (const name of SHOWN) model.on(`change:${name}`, replace);
  return () => {
    model.off("change:position", move);
    for (const name of SHOWN) model.off(`change:${name}`, replace);
    shown.unmount();
    bringBack();
  };
}

export default { render };
