// Ask the browser to keep what the learner writes. Sensible once there is something to keep:
// after the first save that follows a change, not on the first look at a page.

export function askToPersist(panel) {
  if (!navigator.storage?.persist) return;
  const ask = async (_, state) => {
    if (state !== "completed") return;
    panel.context.saveState.disconnect(ask);
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  };
  panel.context.saveState.connect(ask);
}
