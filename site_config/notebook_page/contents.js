// The notebook's headings, in a dialog: choosing one goes to its cell.

import { ask, button } from "./dialog.js";

const COMMAND = "bptt:contents";

export function offerContents(app, panel) {
  const { commands } = app;
  commands.addCommand(COMMAND, {
    label: "Contents",
    caption: "The sections of this notebook",
    execute: async () => {
      const chosen = await ask("Contents", [listOf(headingsOf(panel.content))], ["Close"]);
      if (chosen in panel.content.widgets) await goTo(panel.content, Number(chosen));
    },
  });
  commands.notifyCommandChanged(COMMAND); // the toolbar was there first
}

// Each cell of text has at most one heading that matters here: its first.
function headingsOf({ widgets }) {
  return widgets.flatMap(({ model }, index) => {
    const found = model.type === "markdown" && model.sharedModel.source.match(/^(#{1,3}) (.+)$/m);
    return found ? [{ index, level: found[1].length, text: found[2] }] : [];
  });
}

function listOf(headings) {
  const list = document.createElement("ul");
  for (const { index, level, text } of headings) {
    const item = document.createElement("li");
    item.dataset.level = level;
    item.append(button(text, index));
    list.append(item);
  }
  return list;
}

async function goTo(notebook, index) {
  const cell = notebook.widgets[index];
  notebook.mode = "command";
  notebook.activeCellIndex = index;
  await notebook.scrollToItem(index, "start"); // which also puts a cell that is far off into the page
  await cell.ready;
  cell.node.focus({ preventScroll: true });
}
