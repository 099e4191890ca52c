// All work as one file, and back. Pure: text in, files out, or a sentence that says why not.

import { isSoundPath, soundFile } from "./sound.js";

const FORMAT = "bptt-work";
const VERSION = 1;
export const LIMIT = 50e6; // bytes; a course's work is a hundredth of it

export class Refused extends Error {
  constructor(why) {
    super(`${why} Nothing was changed.`);
  }
}

const NOT_OURS = "choose one made by “Save all my work”, or a notebook downloaded from this course.";

export function packed(files, now = new Date()) {
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    saved: now.toISOString(),
    files: Object.fromEntries(files),
  });
}

// { saved: when, files: Map of path to file }; a single downloaded notebook is read as well.
export function unpacked(content) {
  let data;
  try {
    data = JSON.parse(content);
  } catch {
    throw new Refused(`This file is damaged, or it holds no saved work: ${NOT_OURS}`);
  }
  if (data?.format !== FORMAT) return { saved: null, files: oneNotebook(data) };
  if (data.version !== VERSION) throw new Refused(otherVersion(data.version));
  const files = new Map();
  for (const [path, file] of Object.entries(data.files ?? {})) {
    const sound = soundFile(path, file);
    if (!sound) {
      const which = `“${path.slice(0, 80)}” in it is not a whole file of a course`;
      throw new Refused(`This file of saved work is damaged: ${which}.`);
    }
    files.set(path, sound);
  }
  if (!files.size) throw new Refused("This file of saved work is damaged: it holds no files.");
  return { saved: new Date(data.saved), files };
}

function oneNotebook(data) {
  const path = data?.metadata?.bptt_site?.name;
  if (!isSoundPath(path)) throw new Refused(`This is not a file of saved work: ${NOT_OURS}`);
  const file = soundFile(path, { path, type: "notebook", format: "json", content: data });
  if (!file) throw new Refused("This notebook is damaged: a part of it is missing or not a cell.");
  return new Map([[path, file]]);
}

function otherVersion(version) {
  return Number.isInteger(version) && version > VERSION
    ? `This file was made by a newer version of the course (${version}; this page reads ${VERSION}): load it there.`
    : `This file was made by a version of the course that this page does not know (it reads ${VERSION}).`;
}
