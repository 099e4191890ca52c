// What the notebook page has of ours, beside JupyterLab: each module is one promise to the learner.

import "../offline/register.js"; // first: JupyterLite takes it as it finds it
import { hasKernel, keepEarlyRuns } from "./early-run.js";
import { dontWaitForWorkspace } from "./no-waiting.js";
import { offerNewLesson } from "./new-lesson.js";
import { trustNothingSaved } from "./no-trust.js";
import { askToPersist } from "./persist.js";
import { keepWhenThereIsTime } from "./keep-offline.js";
import { sayWhenPythonIsReady } from "./python-state.js";

trustNothingSaved();

// JupyterLab shows itself as window.jupyterapp (exposeAppInBrowser); it comes when it comes.
async function application() {
  while (!window.jupyterapp?.shell) await new Promise((done) => setTimeout(done, 10));
  return window.jupyterapp;
}

// The one notebook of this page, once its content is there.
async function openNotebook(app) {
  while (!app.shell.currentWidget?.sessionContext) {
    await new Promise((done) => setTimeout(done, 10));
  }
  return app.shell.currentWidget;
}

async function kernelOf(panel) {
  while (!hasKernel(panel)) await new Promise((done) => setTimeout(done, 20));
}

const app = await application();
dontWaitForWorkspace(app);
const runKept = keepEarlyRuns(app); // before there is anything to press
const panel = await openNotebook(app);
sayWhenPythonIsReady(panel);
kernelOf(panel).then(() => runKept(panel));
await panel.context.ready;
askToPersist(panel);
keepWhenThereIsTime(panel);
await offerNewLesson(app, panel);
