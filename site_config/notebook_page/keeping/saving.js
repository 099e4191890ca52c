// The notebook is saved soon after every change and when the learner looks away; when it cannot
// be saved, the page says so at once, keeps the text, and offers it as a file.

import { downloadNotebook } from "./download.js";
import { oneAtATime } from "./in-turn.js";
import { notice } from "./notice.js";
import { inTime } from "./patience.js";

const AFTER = 1_000; // milliseconds of quiet after a change
const AT_MOST = 4_000; // and never later than this

// `mayWrite` is asked before each save; it may take its time. `isAlone`: nobody else can write.
export function saveSoon(app, panel, { mayWrite, isAlone }) {
  const { context } = panel;
  let waitsSince = 0;
  let timer;
  let changedMeanwhile = false;

  const save = () => {
    clearTimeout(timer);
    waitsSince = 0;
    if (!context.model.dirty) return Promise.resolve();
    return context.save().catch(() => {}); // told by the notice
  };

  context.model.contentChanged.connect(() => {
    changedMeanwhile = true;
    waitsSince ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(AFTER, waitsSince + AT_MOST - Date.now())));
  });
  context.saveState.connect((_, state) => {
    if (state === "started") changedMeanwhile = false;
    // JupyterLab calls the notebook saved even when it changed while it was being stored.
    if (state === "completed" && changedMeanwhile) context.model.dirty = true;
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.addEventListener("pagehide", save);

  // JupyterLab saves by itself as well, and when Ctrl+S is pressed: not in a tab that waits. First
  // it looks for a newer copy. For whoever writes alone that can only be a copy of their own,
  // stored while JupyterLab did not know of it.
  const theirs = context.save;
  context.save = oneAtATime(async () => {
    if (!(await mayWrite())) return;
    if (isAlone()) context.lastModifiedCheckMargin = Infinity;
    await theirs.call(context);
  });

  tellWhenItFails(app, panel, save);
  return save;
}

// Between JupyterLab and the browser's store stands one object; here its refusals are heard.
function tellWhenItFails(app, panel, retry) {
  const { contents } = app.serviceManager;
  const { save } = contents;
  let shown = null;

  contents.save = async function (path, options) {
    if (path !== panel.context.path) return save.call(contents, path, options);
    try {
      const stored = await inTime(save.call(contents, path, options));
      shown?.close();
      shown = null;
      return stored;
    } catch (error) {
      const sentence = whyNot(error);
      if (shown) {
        shown.say(sentence);
      } else {
        const choices = {
          "Download my notebook": () => downloadNotebook(panel),
          "Try again": retry,
        };
        shown = notice("Your notebook is not being saved", sentence, choices, { urgent: true });
        shown.box.id = "not-saved";
      }
      throw quiet(error);
    }
  };
}

function whyNot(error) {
  const reason = /quota/i.test(`${error?.name} ${error?.message}`)
    ? "The browser’s storage for this site is full."
    : `The browser does not store it (${error?.message || error}).`;
  return (
    `${reason} All that you wrote is still here on this page: download it before you close the tab. ` +
    "The start page can load it again, and can delete old copies to make room."
  );
}

// JupyterLab shows no dialog of its own for an error of this name; ours has been shown.
const quiet = (cause) => Object.assign(new Error(cause?.message), { name: "ModalCancelError", cause });
