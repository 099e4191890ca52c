// How Python is, from the first second on: starting, busy for long, stopping, dead, and the way out.

import { onDeath } from "./death.js";
import { Line } from "./line.js";
import { Stop } from "./stop.js";
import { told } from "./telling.js";

const EVERY = 1000; // ms

export function sayHowPythonIs(panel, python = window.python) {
  const line = new Line();
  const stop = new Stop(python);
  const context = panel.sessionContext;
  const facts = { reason: "", death: "", note: "" };
  let since = {}; // when what lasts began: seconds
  let loaded = 0, total = 0; // bytes

  const look = () => {
    const kernel = context.session?.kernel;
    const now = performance.now() / 1000;
    const isBusy = kernel?.status === "busy" && python.stage === "ready";
    since = isBusy ? { ...since, busy: since.busy ?? now } : {};
    const { state, words, action } = told({
      ...facts,
      stage: python.stage,
      took: python.took,
      status: kernel?.status === "unknown" ? "" : kernel?.status,
      startingFor: now - python.begunAt / 1000,
      busyFor: since.busy ? now - since.busy : 0,
      stoppingFor: since.stop ? now - since.stop + 0.001 : 0,
    });
    line.say(state, words, action ? [actions[action]] : []);
    if (state === "busy") line.count(`${Math.round(now - since.busy)} s`);
    if (state === "starting") line.progress(loaded, total);
  };

  const restart = async () => {
    const kernel = context.session?.kernel;
    Object.assign(facts, { death: "", reason: "", note: "" });
    since = {};
    await panel.context.save().catch(() => {}); // what was typed is safe before anything else
    if (kernel && kernel.status !== "dead") await context.restartKernel(); // which clears the toolbar's mark, too
    else location.reload();
  };
  const actions = {
    restart: ["Restart Python", restart],
    stop: ["Stop", () => context.session.kernel.interrupt()],
    close: ["Close", () => { facts.note = ""; look(); }],
  };

  const takeOver = () => {
    const kernel = context.session?.kernel;
    if (kernel) stop.takeOver(kernel, () => { since.stop ??= performance.now() / 1000; look(); });
    look();
  };
  const listen = () => {
    facts.death = facts.reason = "";
    python.worker.addEventListener("message", ({ data }) => {
      if (data?.bptt?.what === "ended" || data?.bptt?.what === "failed") facts.note = data.bptt.sentence;
    });
    look();
  };
  python.addEventListener("begun", listen);
  python.addEventListener("progress", ({ detail }) => {
    if (detail.stage === "failed") facts.reason = detail.reason;
    ({ loaded = 0, total = 0 } = detail);
    look();
  });
  onDeath(python, (death) => { facts.death = death; look(); });
  context.statusChanged.connect(look);
  context.kernelChanged.connect(takeOver);
  setInterval(look, EVERY);
  listen();
  takeOver();
}
