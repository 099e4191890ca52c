// The site has a newer version of this notebook than the one that the learner works in: say so.
//
// JupyterLite opens the learner's own copy for ever, once there is one. The build stamps each
// notebook's metadata with its release, and this compares the two. Nothing is replaced without
// being asked for, and whatever is replaced is kept as a copy beside it.

import { carriedOver } from "./carry-over.js";
import { downloadNotebook } from "./download.js";
import { notice } from "./notice.js";
import { keepCopy, published } from "../published.js";

export async function offerNewLesson(app, panel) {
  const { context } = panel;
  const mine = panel.content.model.sharedModel;
  const known = mine.getMetadata("bptt_site") ?? {};
  if ((known.name ?? context.path) !== context.path) return; // a kept copy
  const theirs = await published(context.path);
  const stamp = theirs?.metadata?.bptt_site;
  if (!stamp) return; // not a notebook of the site, or no network
  if ([known.release, known.declined].includes(stamp.release)) return;

  const takeNew = async () => {
    const own = mine.toJSON();
    try {
      await keepCopy(app, panel);
      mine.fromJSON(carriedOver(own, theirs));
      await context.save();
    } catch (error) {
      mine.fromJSON(own);
      shown.say(`Nothing was changed: the browser could not store it (${error.message}).`);
      return;
    }
    shown.say(
      "This is the new version, with your answers in it: run their cells to have them checked " +
        "again. Your earlier version is kept; the start page lists it.",
    );
    shown.offer({ Good: () => shown.close() });
  };
  const keepMine = async () => {
    mine.setMetadata("bptt_site", { ...known, declined: stamp.release });
    shown.close();
    await context.save();
  };
  const shown = notice(
    "The lesson has changed",
    "There is a newer version of this notebook. Yours stays as it is until you choose.",
    {
      "Take the new one, with my answers": takeNew,
      "Keep mine": keepMine,
      "Download mine": () => downloadNotebook(panel),
    },
  );
  shown.box.id = "new-lesson";
}
