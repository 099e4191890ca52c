// All work as one file, and back. Pure: text in, files out, or a sentence that says why not.

const FORMAT = "bptt-work";
const VERSION = 1;
const LIMIT = 50e6; // characters; a course's work is a hundredth of it

export class Refused extends Error {}

export function packed(files, now = new Date()) {
  return JSON.stringify({
    format: FORMAT,
    version: VERSION,
    saved: now.toISOString(),
    files: Object.fromEntries(files),
  });
}

export function unpacked(content) {
  if (content.length > LIMIT) {
    throw new Refused("This file is larger than any course work (50 MB). Nothing was changed.");
  }
  let bundle;
  try {
    bundle = JSON.parse(content);
  } catch {
    throw new Refused(
      "This file is damaged or not a file of saved work: choose one made by “Save all my work”. Nothing was changed.",
    );
  }
  if (bundle?.format !== FORMAT) {
    throw new Refused(
      "This is not a file of saved work: choose one made by “Save all my work”. Nothing was changed.",
    );
  }
  if (bundle.version !== VERSION) {
    throw new Refused(
      `This file was made by another version of the course (${bundle.version}; this page reads ${VERSION}). Nothing was changed.`,
    );
  }
  const files = Object.entries(bundle.files ?? {});
  const bad = files.find(([name, file]) => !isFile(name, file));
  if (!files.length || bad) {
    const which = bad ? `${bad[0]} in it is not a whole file` : "it holds no files";
    throw new Refused(`This file of saved work is damaged: ${which}. Nothing was changed.`);
  }
  return new Map(files);
}

function isFile(name, file) {
  if (!file || typeof file !== "object" || file.path !== name || name.startsWith("/")) return false;
  if (file.type === "notebook") return Array.isArray(file.content?.cells);
  return file.type === "file" || file.type === "directory";
}
