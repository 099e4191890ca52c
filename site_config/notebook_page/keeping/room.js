// Is there room to go on saving? Looked at before it is gone, not after.

import { downloadNotebook } from "./download.js";
import { notice } from "./notice.js";

const EVERY = 60_000; // milliseconds between two looks
const ENOUGH = 5e6; // bytes; a worked-through notebook with its outputs has about one million

export function watchTheRoom(panel) {
  if (!navigator.storage?.estimate) return;
  let lookedAt = -Infinity;
  let shown = null;

  const look = async () => {
    if (Date.now() - lookedAt < EVERY) return;
    lookedAt = Date.now();
    const { usage, quota } = await navigator.storage.estimate();
    if (quota - usage > ENOUGH) {
      shown?.close();
      shown = null;
      return;
    }
    const left = (Math.max(0, quota - usage) / 1e6).toFixed(1);
    shown ??= notice("The browser’s storage is nearly full", "", {
      "Download my notebook": () => downloadNotebook(panel),
      "Not now": () => shown.close(),
    });
    shown.box.id = "nearly-full";
    shown.say(
      `About ${left} MB are left for this site. Your notebook is still saved. Make room soon: ` +
        "delete old copies on the start page, or other sites’ data in the browser’s settings.",
    );
  };
  panel.context.saveState.connect((_, state) => state === "completed" && look());
  look();
}
