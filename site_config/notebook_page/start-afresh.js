// This notebook as it was shipped, once more. Asks first, and keeps what stands in its place.

import { ask, paragraph } from "./dialog.js";
import { keepCopy, published } from "./published.js";

const COMMAND = "bptt:start-afresh";
const TITLE = "Start this notebook afresh?";
const YES = "Start afresh";

export function offerStartAfresh(app, panel) {
  const { commands } = app;
  commands.addCommand(COMMAND, {
    label: "Start Afresh…",
    caption: "This notebook as it was at first; yours is kept as a copy",
    execute: async () => {
      const theirs = await published(panel.context.path);
      if (!theirs) return ask("Nothing was changed", [paragraph(MISSING)], ["Close"]);
      if ((await ask(TITLE, [paragraph(QUESTION)], [YES, "Cancel"])) !== YES) return undefined;
      return startAfresh(app, panel, theirs);
    },
  });
  commands.notifyCommandChanged(COMMAND); // the toolbar was there first
}

const QUESTION =
  "All cells become what they were when you first opened it, and Python begins anew. " +
  "Your notebook is kept beside it as a copy: you find it on the start page.";
const MISSING =
  "The notebook as it was shipped cannot be had: either there is no network, or this is a copy of your own.";

async function startAfresh(app, panel, theirs) {
  try {
    const copy = await keepCopy(app, panel);
    panel.content.mode = "command"; // or the first cell of text would open for editing
    panel.content.model.sharedModel.fromJSON(theirs);
    await panel.context.save();
    panel.content.activeCellIndex = 0;
    await panel.sessionContext.restartKernel();
    await ask("Done", [paragraph(`Yours is kept as “${copy}”.`)], ["Close"]);
  } catch (error) {
    await ask("It did not work", [paragraph(`Your text is still there. (${error.message})`)], ["Close"]);
  }
}
