// The start page, once there is JavaScript: the learner's own work, and Python fetched meanwhile.

import "../offline/register.js"; // early: it takes a while
import { placeIn } from "../notebook-page/keeping/place.js";
import { showOnCard } from "./cards.js";
import { fetchAhead } from "./fetch-ahead.js";
import { loadFromFile, saveToFile } from "./files.js";
import { sayWhetherKept } from "./offline-line.js";
import { inWords, progressOf } from "./progress.js";
import { storageInWords } from "./storage.js";
import { allWork, BASE } from "./work.js";

const element = (id) => document.getElementById(id);

async function show() {
  const work = await allWork();
  element("work").hidden = false;
  element("save-work").disabled = work.size === 0;
  element("work-kept").textContent = await storageInWords(work);
  for (const card of document.querySelectorAll("[data-notebook]")) {
    showOnCard(card, work, { say, again: show });
  }
  showTheWayOn(work);
  showWhatIsPassed(work);
}

// The first button leads on: to the notebook that was worked in last, and to the place in it.
function showTheWayOn(work) {
  const cards = [...document.querySelectorAll("[data-notebook]")];
  const begun = cards
    .map((card) => ({ card, file: work.get(card.dataset.notebook) }))
    .filter(({ file }) => file)
    .sort((one, other) => (one.file.last_modified < other.file.last_modified ? 1 : -1));
  const button = element("open-lesson");
  const line = element("where-you-were");
  line.hidden = !begun.length;
  if (!begun.length) {
    button.textContent = "Open the lesson";
    button.href = cards[0].querySelector("a").href;
    return;
  }
  const [{ card, file }] = begun;
  button.textContent = "Continue the lesson";
  button.href = card.querySelector("a").href;
  const at = placeIn(BASE, file.path)?.heading;
  const title = card.querySelector(".title").textContent.trim();
  line.textContent = `${at ? `At “${at}”, in` : "In"} ${title}. ${inWords(progressOf(file.content))}.`;
}

// “What you will be able to do”: what the learner can do already.
function showWhatIsPassed(work) {
  const own = [...document.querySelectorAll("[data-notebook]")].map(({ dataset }) => dataset.notebook);
  const exercises = new Map(own.flatMap((name) => [...progressOf(work.get(name)?.content)]));
  for (const task of document.querySelectorAll("[data-exercise]")) {
    task.querySelector(".passed")?.remove();
    if (!exercises.get(task.dataset.exercise)) continue;
    const mark = Object.assign(document.createElement("span"), { className: "passed" });
    mark.textContent = "✓ passed";
    task.querySelector("code").after(mark);
  }
}

// Say a sentence; or wait for something, and say the sentence, or why it went wrong.
async function say(what, then) {
  const said = element("work-said");
  try {
    const sentence = await what;
    said.textContent = then ?? sentence ?? "";
  } catch (error) {
    const why = /quota/i.test(error?.name) ? "the browser’s storage is full" : error?.message;
    said.textContent = error?.message?.endsWith("Nothing was changed.")
      ? error.message
      : `Nothing was changed: ${why}.`;
  }
}

element("save-work").addEventListener("click", () => say(saveToFile()));
element("load-work").addEventListener("change", async ({ target }) => {
  const [chosen] = target.files;
  if (!chosen) return;
  await say(loadFromFile(chosen));
  target.value = "";
  await show();
});
// Back from a notebook, by the browser's arrow: the page may have been kept as it was.
window.addEventListener("pageshow", ({ persisted }) => persisted && show());
document.addEventListener("visibilitychange", () => document.hidden || show());

await show();
await fetchAhead(element("fetched-ahead"));
await sayWhetherKept(element("kept-offline"));
