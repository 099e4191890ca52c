// Ask the browser to keep what the learner writes. Sensible once there is something to keep: after
// the first text of theirs is saved, not on the first look at a page.

let asked = false;

export async function askToPersist() {
  if (asked || !navigator.storage?.persist) return;
  asked = true;
  if (!(await navigator.storage.persisted())) await navigator.storage.persist();
}
