// The few keys that a learner needs, in a dialog: from the toolbar, the Help menu, or by H.

import { ask } from "./dialog.js";

const COMMAND = "bptt:keys";
const ACCEL = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
const KEYS = [
  ["Shift + Enter", "runs the cell and goes on to the next"],
  ["Esc", "leaves the editor (inside it, Tab indents)"],
  ["Enter", "goes into the editor of the selected cell"],
  ["↑ ↓", "walk from cell to cell, outside an editor"],
  ["Tab", "leads on to what can be pressed: a stepper, a hint; Esc leads back to its cell"],
  ["← →", "step through time in a stepper; Home and End go to its ends"],
  ["B", "adds a cell below, outside an editor; Z takes a change of cells back"],
  [`${ACCEL} + S`, "saves now; it also saves by itself, every few seconds"],
  ["H", "shows these keys, outside an editor"],
];

export function offerKeys(app) {
  app.commands.addCommand(COMMAND, {
    label: "Keys",
    caption: "The keys of this page",
    execute: () => ask("Keys", [table()], ["Close"]),
  });
  app.commands.addKeyBinding({
    command: COMMAND,
    keys: ["H"],
    selector: ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) :focus",
  });
  app.commands.notifyCommandChanged(COMMAND); // the toolbar was there first
}

function table() {
  const list = document.createElement("dl");
  for (const [keys, does] of KEYS) {
    const term = document.createElement("dt");
    for (const part of keys.split(/( \+ | )/)) {
      term.append(/^ /.test(part) ? part : Object.assign(document.createElement("kbd"), { textContent: part }));
    }
    list.append(term, Object.assign(document.createElement("dd"), { textContent: does }));
  }
  return list;
}
