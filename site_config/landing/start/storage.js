// Where the learner's work is, and how safe it is there: in one or two sentences.

import { thisWindowForgets } from "../notebook-page/keeping/forgets.js";

const NEARLY_FULL = 5e6; // bytes

export async function storageInWords(work) {
  if (await thisWindowForgets()) {
    return "This looks like a private window, which forgets all of it when you close it: save it as a file before you do.";
  }
  const size = [...work.values()].reduce((sum, file) => sum + (file.size ?? 0), 0);
  const what = size ? `Your work (${inUnits(size)}) is kept` : "Your work will be kept";
  const promised = await navigator.storage?.persisted?.().catch(() => false);
  const how = promised
    ? "The browser has promised not to delete it by itself."
    : "A browser that is short of space, or not used for long, may delete it.";
  const { usage, quota } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  const full = quota - usage < NEARLY_FULL ? " It is nearly full: delete old copies above." : "";
  return `${what} in this browser, on this device, and nowhere else. ${how} Save it as a file to be sure of it, or to go on elsewhere.${full}`;
}

const inUnits = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
