// Notices that Python has died: its worker has ended, or has told of a fatal error.

const SOON = 500; // ms; a restart ends one worker and begins the next

export function onDeath(python, died) {
  python.addEventListener("begun", listen);
  python.addEventListener("progress", ({ detail }) => {
    if (detail.stage === "ready") waitForLock();
  });
  listen();
  if (python.stage === "ready") waitForLock();

  function listen() {
    python.worker.addEventListener("message", ({ data }) => {
      if (data?.bptt?.what === "dead") died(data.bptt.sentence);
    });
  }

  // The worker has it until it ends (kernel/vital-signs.mjs).
  async function waitForLock() {
    const { name } = python;
    await navigator.locks?.request(name, () => {});
    if (!navigator.locks) return;
    await new Promise((done) => setTimeout(done, SOON));
    if (python.name === name) died("its worker has ended.");
  }
}
