// The site has a newer version of this notebook than the one that the learner works in: say so.
//
// JupyterLite opens the learner's own copy for ever, once there is one. The build stamps each
// notebook's metadata with its release, and this compares the two. Nothing is replaced without
// being asked for, and whatever is replaced is kept as a copy beside it.

import { carriedOver } from "./carry-over.js";
import { keepCopy, published } from "./published.js";

export async function offerNewLesson(app, panel) {
  const mine = panel.content.model.sharedModel;
  const theirs = await published(panel.context.path);
  const stamp = theirs?.metadata?.bptt_site;
  if (!stamp) return; // not a notebook of the site, or no network
  const known = mine.getMetadata("bptt_site") ?? {};
  if ([known.release, known.declined].includes(stamp.release)) return;

  const banner = document.createElement("section");
  banner.id = "new-lesson";
  banner.setAttribute("aria-label", "The lesson has changed");
  const text = document.createElement("p");
  text.setAttribute("role", "status");
  text.textContent = "This notebook has a newer version. Yours stays as it is until you choose.";
  banner.append(text);
  const choice = (label, action) => {
    const button = document.createElement("button");
    button.textContent = label;
    button.addEventListener("click", action);
    banner.append(button);
  };

  choice("Take the new one, with my answers", async () => {
    try {
      await keepCopy(app, panel);
      mine.fromJSON(carriedOver(mine.toJSON(), theirs));
      await panel.context.save();
      banner.remove();
    } catch (error) {
      text.textContent = `Nothing was changed: the browser could not store it (${error.message}).`;
    }
  });
  choice("Keep mine", async () => {
    mine.setMetadata("bptt_site", { ...known, declined: stamp.release });
    banner.remove();
    await panel.context.save();
  });
  choice("Download mine", () => app.commands.execute("docmanager:download"));
  document.body.append(banner);
}
