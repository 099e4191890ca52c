// The stage comes alive: the stepper takes the place of the still picture. Where anything of
// it cannot be had, the picture stays.

import { mount } from "./stepper/mount.js";

const stage = document.getElementById("stage");
const answer = await fetch("stepper/run.json");
if (answer.ok) {
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "stepper/stepper.css" });
  const run = await answer.json();
  style.addEventListener("load", () => {
    const live = Object.assign(document.createElement("div"), { id: "stage", className: "live" });
    mount(live, run, { brief: true });
    stage.replaceWith(live);
  });
  document.head.append(style);
}
