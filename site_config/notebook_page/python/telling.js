// What is said of Python, and which way out is offered: plain facts in, words out.

const BUSY_FOR_LONG = 10; // seconds, after which it is worth a word
const NOT_STOPPED = 4; // seconds, after which a Stop has not been heard
const SLOW = 60; // seconds, after which starting takes unusually long

const STARTING = {
  loading: "Python is starting, step 1 of 3: loading. Run cells already: they wait for it.",
  importing: "Python is starting, step 2 of 3: unpacking. Run cells already: they wait for it.",
  ready: "Python is starting, step 3 of 3: meeting the notebook. Run cells already: they wait for it.",
};

// `facts`: stage and status of Python and of the kernel; reason, death, note: sentences or "";
// startingFor, busyFor, stoppingFor: seconds, 0 if it is not; took: seconds that a start takes.
// `action` is "restart", "stop", "close" or none.
export function told(facts) {
  const { stage, status, reason, death, note, startingFor, busyFor, stoppingFor, took } = facts;
  const price = `Your text and the outputs stay, variables are lost; ${
    took ? `it takes about ${Math.max(1, Math.round(took))} s.` : "it takes some seconds."
  }`;
  if (death) {
    return { state: "dead", words: `Python has stopped: ${death} ${price}`, action: "restart" };
  }
  if (stage === "failed") {
    const words = `Python could not start: ${reason} Your text is safe.`;
    return { state: "dead", words, action: "restart" };
  }
  if (stage !== "ready" || status === "starting" || status === "restarting" || !status) {
    const words = STARTING[stage] ?? STARTING.loading;
    if (startingFor < SLOW) return { state: "starting", words };
    return { state: "starting", words: `${words} It takes unusually long.`, action: "restart" };
  }
  if (stoppingFor > NOT_STOPPED) {
    const words = `Python is inside one long calculation and stops after it. Or restart it. ${price}`;
    return { state: "busy", words, action: "restart" };
  }
  if (stoppingFor) return { state: "busy", words: "Stopping…" };
  if (busyFor > BUSY_FOR_LONG) return { state: "busy", words: "Python is still busy.", action: "stop" };
  if (note) return { state: "note", words: note, action: "close" };
  return { state: "ready", words: "Python is ready." };
}
