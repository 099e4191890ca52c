// What the notebook page has of ours, beside JupyterLab: each module is one promise to the learner.

import "../offline/register.js"; // first: JupyterLite takes it as it finds it
import { kernelOf, nothingRuns, openNotebook, whenItBegins } from "./application.js";
import { furnish } from "./chrome.js";
import { letGoOfClosedComms } from "./closed-comms.js";
import { keepEarlyRuns } from "./early-run.js";
import { keepWhenThereIsTime } from "./keep-offline.js";
import { downloadFromThePage } from "./keeping/download.js";
import { keepWork } from "./keeping/keep-work.js";
import { doWithoutTheStore } from "./keeping/store.js";
import { kernelFirst, showFirstCells } from "./kernel-first.js";
import { trustNothingSaved } from "./no-trust.js";
import { sayHowPythonIs } from "./python/state.js";
import { readSettingsOnce, takeSettings } from "./settings.js";
import { markStaleWidgets } from "./stale-widgets.js";

takeSettings();
let restMayCome, runKept;
const app = await whenItBegins((app) => {
  readSettingsOnce(app.serviceManager.settings);
  trustNothingSaved(app);
  doWithoutTheStore(app);
  downloadFromThePage(app);
  restMayCome = kernelFirst(app);
  runKept = keepEarlyRuns(app); // before there is anything to press
});
const panel = await openNotebook(app);
sayHowPythonIs(panel);
kernelOf(panel).then(async (kernel) => {
  runKept(panel);
  await kernel.info; // it has answered
  restMayCome(nothingRuns(panel));
});
await panel.context.ready;
showFirstCells(panel);
furnish(app, panel);
markStaleWidgets(panel);
letGoOfClosedComms(panel);
keepWhenThereIsTime(panel);
await keepWork(app, panel);
