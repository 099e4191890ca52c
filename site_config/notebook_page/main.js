// What the notebook page has of ours, beside JupyterLab: each module is one promise to the learner.
// The marks show in a browser's performance tools, and in `python -m tests.benchmarks.waterfall`.

import "../offline/register.js"; // first: JupyterLite takes it as it finds it
import { kernelOf, nothingRuns, openNotebook, whenItBegins } from "./application.js";
import { furnish } from "./chrome.js";
import { letGoOfClosedComms } from "./closed-comms.js";
import { keepEarlyRuns } from "./early-run.js";
import { leadPastTheMenus } from "./header.js";
import { keepWhenThereIsTime } from "./keep-offline.js";
import { downloadFromThePage } from "./keeping/download.js";
import { keepWork } from "./keeping/keep-work.js";
import { doWithoutTheStore } from "./keeping/store.js";
import { askForKernelAtOnce } from "./kernel-at-once.js";
import { kernelFirst, restMayCome, showFirstCells } from "./kernel-first.js";
import { trustNothingSaved } from "./no-trust.js";
import { sayHowPythonIs } from "./python/state.js";
import { readSettingsOnce, takeSettings } from "./settings.js";
import { markStaleWidgets } from "./stale-widgets.js";

takeSettings();
let runKept;
const begins = whenItBegins((app) => {
  performance.mark("JupyterLab begins");
  readSettingsOnce(app.serviceManager.settings);
  trustNothingSaved(app);
  doWithoutTheStore(app);
  downloadFromThePage(app);
  kernelFirst(app);
  askForKernelAtOnce(app, new URLSearchParams(location.search).get("path"));
  runKept = keepEarlyRuns(app); // before there is anything to press
});
const opening = begins.then(openNotebook);
leadPastTheMenus(opening);
const app = await begins;
const panel = await opening;
performance.mark("the notebook is begun");
sayHowPythonIs(panel);
kernelOf(panel).then(async (kernel) => {
  performance.mark("the kernel is asked for");
  runKept(panel);
  await kernel.info;
  performance.mark("the kernel answers");
  restMayCome(nothingRuns(panel));
});
await panel.context.ready;
performance.mark("the notebook is read");
showFirstCells(panel);
performance.mark("its first cells are there");
furnish(app, panel);
markStaleWidgets(panel);
letGoOfClosedComms(panel);
keepWhenThereIsTime(panel);
await keepWork(app, panel);
