// The start page, once there is JavaScript: the learner's own work, and Python fetched meanwhile.

import "../offline/register.js"; // early: it takes a while
import { packed, Refused, unpacked } from "./bundle.js";
import { fetchAhead } from "./fetch-ahead.js";
import { sayWhetherKept } from "./offline-line.js";
import { progressOf } from "./progress.js";
import { allWork, changeWork, copyName, copyOf } from "./work.js";

const place = document.getElementById("work");
const said = document.getElementById("work-said");

async function show() {
  const work = await allWork();
  place.hidden = false;
  document.getElementById("save-work").disabled = work.size === 0;
  for (const card of document.querySelectorAll("[data-notebook]")) {
    card.querySelector(".mine")?.remove();
    const file = work.get(card.dataset.notebook);
    if (file) card.append(mine(file, work));
  }
  const lesson = work.get("10_rnn_bptt.ipynb");
  const button = document.querySelector(".actions .button");
  button.textContent = lesson ? "Continue the lesson" : "Open the lesson";
}

// What a card says of the learner's own copy.
function mine(file, work) {
  const { passed, exercises } = progressOf(file.content);
  const box = document.createElement("div");
  box.className = "mine";
  const line = document.createElement("p");
  const when = new Date(file.last_modified).toLocaleString();
  line.textContent =
    (exercises ? `${passed} of ${exercises} checks passed. ` : "Begun. ") + `Saved ${when}.`;
  const reset = document.createElement("button");
  reset.textContent = "Start this notebook afresh";
  reset.addEventListener("click", () => startAfresh(file));
  box.append(line, reset, ...keptCopies(file, work));
  return box;
}

function keptCopies(file, work) {
  const stem = file.name.replace(/\.ipynb$/, "");
  const names = [...work.keys()].filter((name) => name.startsWith(`${stem} (kept `)).sort();
  return names.map((name) => {
    const link = document.createElement("a");
    link.className = "kept";
    link.href = `notebooks/index.html?path=${encodeURIComponent(name)}`;
    link.textContent = name.slice(stem.length + 1, -".ipynb".length).replace(/[()]/g, "");
    return link;
  });
}

async function startAfresh(file) {
  const kept = copyName(file.name);
  const question = "Start this notebook afresh? Yours is kept beside it as a copy.";
  if (!window.confirm(question)) return;
  await changeWork([[kept, copyOf(file, kept)]], [file.name]);
  say(`Done. Yours is kept as “${kept}”.`);
  await show();
}

async function save() {
  const blob = new Blob([packed(await allWork())], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `bptt-work-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  say("All your notebooks are in the file that was downloaded.");
}

async function load(input) {
  const [chosen] = input.files;
  input.value = "";
  if (!chosen) return;
  try {
    const files = unpacked(await chosen.text());
    const work = await allWork();
    const copies = [...files.keys()]
      .filter((name) => work.has(name))
      .map((name) => [copyName(name), work.get(name)])
      .map(([name, file]) => [name, copyOf(file, name)]);
    await changeWork([...copies, ...files]);
    say(`${files.size} files are back. Whatever stood in their place is kept as a copy.`);
  } catch (error) {
    say(error instanceof Refused ? error.message : `Nothing was changed: ${error.message}.`);
  }
  await show();
}

function say(sentence) {
  said.textContent = sentence;
}

document.getElementById("save-work").addEventListener("click", save);
document.getElementById("load-work").addEventListener("change", (event) => load(event.target));
await show();
await fetchAhead(document.getElementById("fetched-ahead"));
await sayWhetherKept(document.getElementById("kept-offline"));
