// What each card says of the learner's own copy of the notebook: how far, where, and its copies.

import { keptWhen } from "../notebook-page/keeping/copies.js";
import { placeIn } from "../notebook-page/keeping/place.js";
import { ask } from "./ask.js";
import { inWords, passedOf, progressOf } from "./progress.js";
import { BASE, changeWork, kept, openNow } from "./work.js";

const WHEN = { dateStyle: "medium", timeStyle: "short" };
export const inLocal = (date) => new Date(date).toLocaleString(undefined, WHEN);

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

export function showOnCard(card, work, { say, again }) {
  card.querySelector(".mine")?.remove();
  const path = card.dataset.notebook;
  const file = work.get(path);
  const copies = [...work.values()]
    .map((copy) => ({ copy, when: keptWhen(copy.path, path) }))
    .filter(({ when }) => when)
    .sort((one, other) => other.when - one.when);
  if (!file && !copies.length) return;
  const box = made("div", { className: "mine" });
  if (file) box.append(...howFar(file), startAfresh(file, say, again));
  if (copies.length) box.append(listOf(copies, say, again));
  card.append(box);
}

function howFar(file) {
  const exercises = progressOf(file.content);
  const words = made("p", { className: "far", textContent: `${inWords(exercises)}` });
  const place = placeIn(BASE, file.path)?.heading;
  const where = place ? `You were at “${place}”. ` : "";
  const saved = made("p", { className: "when", textContent: `${where}Saved ${inLocal(file.last_modified)}.` });
  if (!exercises.size) return [words, saved];
  return [words, bar(exercises), saved];
}

// The same as the words beside it, so that nobody needs to hear it twice.
function bar(exercises) {
  const bar = made("progress", { max: exercises.size, value: passedOf(exercises) });
  bar.setAttribute("aria-hidden", "true");
  return bar;
}

function startAfresh(file, say, again) {
  const button = made("button", { type: "button", textContent: "Start this notebook afresh" });
  button.addEventListener("click", async () => {
    if (await isOpen(file.path, say)) return;
    const lines = ["The notebook goes back to how it was shipped. Yours is kept beside it as a copy, which this page lists."];
    if (!(await ask("Start this notebook afresh?", lines, "Start afresh"))) return;
    const copy = kept(file);
    await say(changeWork([copy], [file.path]), `Done. Yours is kept as “${copy[0]}”.`);
    await again();
  });
  return button;
}

function listOf(copies, say, again) {
  const words = copies.length === 1 ? "1 kept copy" : `${copies.length} kept copies`;
  const list = made("ul", {}, ...copies.map(({ copy, when }) => entry(copy, when, say, again)));
  return made("details", { className: "copies" }, made("summary", { textContent: words }), list);
}

function entry(copy, when, say, again) {
  const name = inLocal(when);
  const href = `notebooks/index.html?path=${encodeURIComponent(copy.path)}`;
  const link = made("a", { className: "kept", href, textContent: `Kept ${name}` });
  const far = made("span", { textContent: inWords(progressOf(copy.content)) });
  const drop = made("button", { type: "button", textContent: "Delete" });
  drop.setAttribute("aria-label", `Delete the copy kept ${name}`);
  drop.addEventListener("click", async () => {
    if (await isOpen(copy.path, say)) return;
    const lines = [`The copy kept ${name} (${far.textContent}) is gone for good then.`];
    if (!(await ask("Delete this copy?", lines, "Delete it"))) return;
    await say(changeWork([], [copy.path]), `The copy kept ${name} is deleted.`);
    await again();
  });
  return made("li", {}, link, far, drop);
}

async function isOpen(path, say) {
  const [open] = await openNow([path]);
  if (open) say(`“${open}” is open in another tab: close it there first. Nothing was changed.`);
  return Boolean(open);
}
