// Names for what JupyterLab leaves without: cells, editors, the buttons that fold a section.
//
// Its cells all have one and the same name, its editors have none, and what it calls a feed has
// children that are no articles. All of them come and go while one scrolls, so that this looks
// again after each change; not at once, for a stepper changes the page sixty times in a second.

import { letTabIn } from "./toolbar.js";
import { letKeysScroll } from "./wide.js";

const PLAY = { "fa-play": "Play", "fa-pause": "Pause", "fa-stop": "Stop", "fa-repeat": "Repeat", "fa-retweet": "Repeat" };
const WAIT = 200; // milliseconds

export function nameTheUnnamed(panel) {
  const notebook = panel.content;
  const name = () => {
    asked = null;
    notebook.widgets.forEach((cell, i) => nameCell(cell, i, notebook.widgets.length));
    for (const button of notebook.node.querySelectorAll(".jp-collapseHeadingButton")) nameFold(button);
    for (const button of notebook.node.querySelectorAll(".widget-play button")) namePlay(button);
    letKeysScroll(notebook.node);
    letTabIn(panel.toolbar);
  };
  let asked = null;
  const later = () => {
    asked ??= setTimeout(name, WAIT);
  };
  new MutationObserver(later).observe(notebook.node, { childList: true, subtree: true });
  name();
}

function nameCell(cell, i, count) {
  const called = nameOf(cell, i);
  const { node } = cell;
  set(node, "role", "article"); // its parent is a feed
  set(node, "aria-label", called);
  set(node, "aria-posinset", i + 1);
  set(node, "aria-setsize", count);
  const editor = node.querySelector(".cm-content");
  if (!editor) return;
  set(editor, "aria-label", `Editor of ${called}`);
  set(editor, "aria-describedby", "way-out");
}

function nameOf({ model }, i) {
  const exercise = model.getMetadata("bptt")?.exercise;
  if (exercise) return `exercise ${exercise}, cell ${i + 1}`;
  if (model.getMetadata("tags")?.includes("question")) return `question, cell ${i + 1}`;
  const heading = model.type === "markdown" && model.sharedModel.source.match(/^#+ (.+)$/m)?.[1];
  return `${heading || (model.type === "code" ? "code" : "text")}, cell ${i + 1}`;
}

function nameFold(button) {
  const heading = button.closest(".jp-Cell")?.querySelector(":is(h1, h2, h3, h4, h5, h6)");
  set(button, "aria-label", `Fold the section ${heading?.firstChild?.textContent ?? ""}`.trim());
}

// The three buttons of ipywidgets' Play.
function namePlay(button) {
  const icon = Object.keys(PLAY).find((one) => button.querySelector(`.${one}`));
  if (icon) set(button, "aria-label", PLAY[icon]);
}

function set(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}
