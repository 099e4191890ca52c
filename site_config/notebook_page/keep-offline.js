// The course is kept for offline use while the learner reads: not before Python is ready.

import { isMetered, keepCourse } from "../offline/keep.js";

const QUIET = 10_000; // after Python is ready; the first cells come first

// The next page may be of a newer release, if no notebook is open beside it: this one is not.
window.addEventListener("beforeunload", () => {
  navigator.serviceWorker?.controller?.postMessage({ type: "leaving" });
});

export function keepWhenThereIsTime(panel) {
  if (isMetered()) return; // the start page offers it
  const look = () => {
    if (panel.sessionContext.session?.kernel?.status !== "idle") return;
    panel.sessionContext.statusChanged.disconnect(look);
    setTimeout(keepCourse, QUIET);
  };
  panel.sessionContext.statusChanged.connect(look);
  look();
}
