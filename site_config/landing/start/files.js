// All work out into a file, and in from one.

import { ask } from "./ask.js";
import { LIMIT, packed, Refused, unpacked } from "./bundle.js";
import { inLocal } from "./cards.js";
import { inWords, progressOf } from "./progress.js";
import { allWork, changeWork, kept, openNow } from "./work.js";

export async function saveToFile() {
  const blob = new Blob([packed(await allWork())], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `bptt-work-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return "All your notebooks and files are in the file that was downloaded.";
}

// A sentence on what was done; throws one on why nothing was.
export async function loadFromFile(chosen) {
  if (chosen.size > LIMIT) {
    throw new Refused("This file is larger than any course work (50 MB).");
  }
  const { saved, files } = unpacked(await chosen.text());
  const names = [...files.keys()];
  const [open] = await openNow(names);
  if (open) throw new Refused(`“${open}” is open in another tab: close it there first.`);

  const work = await allWork();
  const replaced = names.filter((name) => work.has(name));
  if (!(await ask("Load this work?", inWhatFile(saved, files, work), "Load it"))) {
    return "Nothing was changed.";
  }
  await changeWork([...replaced.map((name) => kept(work.get(name))), ...files]);
  const back = files.size === 1 ? "1 file is back." : `${files.size} files are back.`;
  return replaced.length ? `${back} What stood there before is kept as a copy.` : back;
}

function inWhatFile(saved, files, work) {
  const known = saved && !Number.isNaN(saved.getTime());
  const lines = [known ? `Saved ${inLocal(saved)}. It holds:` : "It holds:"];
  for (const [name, file] of [...files].slice(0, 6)) {
    const far = file.type === "notebook" ? ` (${inWords(progressOf(file.content))})` : "";
    const here = work.has(name) ? " It takes the place of yours, which is kept as a copy." : "";
    lines.push(`${name}${far}.${here}`);
  }
  if (files.size > 6) lines.push(`… and ${files.size - 6} more.`);
  return lines;
}
