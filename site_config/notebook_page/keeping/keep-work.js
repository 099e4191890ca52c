// Nothing that the learner writes is lost: what the notebook page does for that, in its order.

import { thisWindowForgets } from "./forgets.js";
import { readBack, writeDown } from "./journal.js";
import { offerNewLesson } from "./new-lesson.js";
import { notice } from "./notice.js";
import { lockName, writeInOneTab } from "./one-tab.js";
import { askToPersist } from "./persist.js";
import { goToThePlace, rememberThePlace } from "./place.js";
import { watchTheRoom } from "./room.js";
import { saveSoon } from "./saving.js";
import { textsOf, unsavedIn, withUnsaved } from "./unsaved.js";

// Of the site, as in the name of JupyterLite's database: one host may hold several courses.
const BASE = new URL("..", location.href).pathname;
const WRITE_DOWN = 200; // milliseconds after a change, at the latest

export async function keepWork(app, panel) {
  let tab = { holds: () => false, reallyHolds: async () => false, isAlone: () => false };
  let settled = false; // all that there is stands in the notebook: what was saved, what was not
  const mayWrite = () => settled && tab.holds();
  const save = saveSoon(app, panel, {
    mayWrite: async () => mayWrite() && tab.reallyHolds(),
    isAlone: () => tab.isAlone(),
  });
  const journal = keepJournal(panel, mayWrite);
  const settle = () => {
    journal.putBack();
    settled = true;
    journal.writeNow();
  };

  tab = await writeInOneTab(lockName(BASE, panel.context.path), app.shell.node, {
    letGo: async () => {
      journal.writeNow();
      await save();
    },
    takeUp: async () => {
      settled = false;
      await panel.context.revert();
      journal.startAnew();
      settle();
    },
  });
  if (tab.holds()) settle();
  document.body.toggleAttribute("data-work-is-kept", true);

  goToThePlace(panel, BASE).then(() => rememberThePlace(panel, BASE));
  watchTheRoom(panel);
  await sayWhenItForgets();
  if (mayWrite()) await offerNewLesson(app, panel);
}

// Keeps what is not saved yet in the journal, and puts back what an earlier tab left there.
function keepJournal({ context, content: { model } }, mayWrite) {
  const { path } = context;
  const cellsNow = () =>
    [...model.sharedModel.cells].map(({ id, cell_type, source }) => ({ id, cell_type, source }));
  let saved = textsOf(cellsNow());
  let beingSaved = saved;
  let timer;

  const writeNow = () => {
    clearTimeout(timer);
    timer = undefined;
    if (mayWrite()) writeDown(BASE, path, unsavedIn(cellsNow(), saved));
  };
  model.contentChanged.connect(() => {
    timer ??= setTimeout(writeNow, WRITE_DOWN);
  });
  context.saveState.connect((_, state) => {
    if (state === "started") beingSaved = textsOf(cellsNow());
    if (state !== "completed") return;
    if ([...beingSaved].some(([id, text]) => text !== saved.get(id))) askToPersist();
    saved = beingSaved;
    writeNow();
  });
  document.addEventListener("visibilitychange", () => document.hidden && writeNow());
  window.addEventListener("pagehide", writeNow);

  const startAnew = () => {
    saved = textsOf(cellsNow());
  };
  const putBack = () => {
    const { notebook, restored } = withUnsaved(model.sharedModel.toJSON(), readBack(BASE, path));
    if (!restored) return;
    notebook.cells.forEach((cell, i) => {
      const there = [...model.sharedModel.cells].find(({ id }) => id === cell.id);
      if (!there) model.sharedModel.insertCell(i, cell);
      else if (there.source !== cell.source) there.setSource(cell.source);
    });
    sayThatItIsBack(restored);
  };
  return { writeNow, putBack, startAnew };
}

function sayThatItIsBack(restored) {
  const cells = restored === 1 ? "one cell" : `${restored} cells`;
  const shown = notice(
    "Your last lines are back",
    `The page was closed before it could save all: what you last wrote in ${cells} has been put back.`,
    { Good: () => shown.close() },
  );
  shown.box.id = "put-back";
}

// Once for each window.
async function sayWhenItForgets() {
  if (!(await thisWindowForgets()) || !isFirstTime("bptt forgets")) return;
  const shown = notice(
    "This window forgets",
    "It looks like a private window: what you write is gone when you close it. Download your " +
      "notebook before you do, with the arrow in the toolbar; the start page can load it again.",
    { "I know": () => shown.close() },
  );
  shown.box.id = "forgets";
}

function isFirstTime(what) {
  try {
    const first = !sessionStorage.getItem(what);
    sessionStorage.setItem(what, "said");
    return first;
  } catch {
    return true; // a window that may not even remember that
  }
}
