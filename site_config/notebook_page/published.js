// The notebook of this page as the site publishes it, and a copy of the learner's own beside it.

import { copyName } from "./keeping/copies.js";

// Null where the site has none of this name, or there is no network.
export async function published(path) {
  try {
    const listing = await fetch("../api/contents/all.json").then((answer) => answer.json());
    if (!listing.content.some((file) => file.path === path)) return null;
    const answer = await fetch(`../files/${encodeURIComponent(path)}`, { cache: "no-cache" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// Returns the name of the copy. To be awaited before anything takes the notebook's place.
export async function keepCopy(app, { content, context }) {
  const name = copyName(context.path);
  const file = { type: "notebook", format: "json", content: content.model.sharedModel.toJSON() };
  await app.serviceManager.contents.save(name, file);
  return name;
}
