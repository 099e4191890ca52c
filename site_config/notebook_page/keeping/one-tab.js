// A notebook that is open in two tabs is written by one of them; the other waits, and says so.
//
// Whoever holds the browser's lock of that name writes. A waiting tab can ask for it: the other
// saves, lets go, and waits in its turn; the text moves with the lock. A tab that is closed or
// crashes lets go by itself. Where the browser has no locks, JupyterLab's own question before it
// writes over a newer file is what remains.

import { notice } from "./notice.js";

const RELOAD = 500; // milliseconds: the page before this one, in the same tab, may be on its way out
const ANSWER = 4_000; // a tab that does not let go by then is stuck; what it wrote is written down

// The lock's name, which the start page looks for as well.
export const lockName = (base, path) => `bptt notebook ${base} ${path}`;

// `letGo` saves before the lock goes; `takeUp` reads what the other tab saved. Resolves, once it
// is known who writes, with two answers to whether this tab does: what it knows, at once; and what
// the browser knows, which may have given the lock away while this tab was stuck. `isAlone`: no
// other tab can write, which without locks nobody knows.
export async function writeInOneTab(name, page, { letGo, takeUp }) {
  if (!navigator.locks) {
    return { holds: () => true, reallyHolds: async () => true, isAlone: () => false };
  }
  const channel = new BroadcastChannel(name);
  let release = null; // ends our hold of the lock; there is one while we hold it
  let giveUp = null; // ends our waiting for it
  let shown = null;
  let self = null; // as the browser's list of locks calls this tab

  const holder = async () => {
    const { held } = await navigator.locks.query();
    return held.find((lock) => lock.name === name)?.clientId;
  };

  const hold = (options) =>
    new Promise((held, failed) => {
      const untilReleased = async (lock) => {
        if (!lock) throw new Error("another tab holds it");
        await new Promise((done) => {
          release = done;
          holder().then((client) => (self ??= client));
          held();
        });
      };
      navigator.locks.request(name, options, untilReleased).catch((error) => {
        if (release) standAside(); // another tab took it from us
        failed(error);
      });
    });

  function standAside() {
    if (!release) return;
    release();
    release = null;
    wait();
  }

  function wait() {
    page.inert = true;
    shown ??= notice(
      "This notebook is open in another tab",
      "It is written in one tab at a time, so that nothing is overwritten. Go on there, or bring it here as it stands now.",
      { "Go on in this tab": ask },
      { urgent: true },
    );
    shown.box.id = "other-tab";
    shown.box.querySelector("button").focus();
    queue();
  }

  // Wait until the other tab is closed, or lets go because it was asked to.
  async function queue() {
    giveUp?.abort();
    giveUp = new AbortController();
    await hold({ signal: giveUp.signal }).then(goOn, () => {});
  }

  async function goOn() {
    await takeUp();
    shown?.close();
    shown = null;
    page.inert = false;
  }

  async function ask() {
    shown.say("Asking the other tab to save and to let go …");
    channel.postMessage("let go");
    await new Promise((done) => setTimeout(done, ANSWER));
    if (release) return;
    giveUp.abort();
    await hold({ steal: true }).then(goOn);
  }

  channel.addEventListener("message", async () => {
    if (release) {
      await letGo();
      standAside();
    } else if (giveUp) {
      queue(); // at the end of it: whoever asks goes first
    }
  });

  const forAMoment = () => hold({ signal: AbortSignal.timeout(RELOAD) });
  // First without a limit of time: a slow browser is no other tab.
  await hold({ ifAvailable: true }).catch(forAMoment).catch((error) => {
    if (error.name === "SecurityError") release = () => {}; // a window without locks, after all
    else wait();
  });
  const holds = () => release !== null;
  const reallyHolds = async () => holds() && (!self || (await holder()) === self);
  return { holds, reallyHolds, isAlone: () => holds() && self !== null };
}
