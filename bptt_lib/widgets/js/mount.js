/**
 * The stepper in any element of any page: a recorded run, walked forward and then backward.
 *
 * With somebody's own code beside it, it walks that: left and right step through time, up
 * and down through the executed lines.
 */

import { openCell } from "./cell.js";
import { codePanel } from "./code.js";
import { controls } from "./controls.js";
import { attribute, html, text } from "./dom.js";
import { experiment } from "./experiment.js";
import { scrollTo } from "./geometry.js";
import { asked, keepKeys, keysInWords } from "./keys.js";
import { network } from "./network.js";
import { numbers } from "./numbers.js";
import { predictor } from "./predict.js";
import { clamp, positionOf, scalesOf, sizesOf, spanOf, stepsOf, turned } from "./run.js";
import { sentence } from "./sentences.js";
import { landing } from "./watched.js";

const ROOMY = 4; // vectors up to this length show their numbers from the start

/**
 * Show a run in an element; returns its handle. `code` is a watched run of somebody's own
 * function, `diagnosis` what a check said of it, `moment` the executed line to stand at;
 * `brief` leaves it at the picture, the controls and the sentence.
 */
export function mount(el, run, { position = 0, code = null, diagnosis = null, moment = null, brief = false } = {}) {
  run = { ...run }; // edits are ours alone
  const scales = scalesOf(run);
  const span = spanOf(run, code);
  const status = html("p", { class: "bptt-status", role: "status" });
  const cell = openCell(run, scales);
  const table = numbers();
  const yours = code && codePanel(code, { line: (k) => byHand(() => goToMoment(k))() });
  const prediction = predictor(() => onward());
  const changes = code || brief ? null : experiment(run, change);
  const window_ = html("div", { class: "bptt-window", tabindex: "0", role: "group", "aria-label": "The unrolled network; step with the arrow keys" });
  const withNumbers = html("input", { type: "checkbox" });
  const root = html("div", {
    class: "bptt-stepper",
    role: "group", // no landmark: a page may hold several of one name
    "aria-label": code ? `Stepper through your ${code.name}` : "Stepper through time",
    "data-bptt-stepper": "",
    "data-source": run.source,
    // JupyterLab binds the arrow keys to the notebook unless it is told not to.
    "data-lm-suppress-shortcuts": "",
  });

  let now; // the frame
  let line; // the executed line of somebody's own code
  let picture;
  let timer = null;

  function go(to) {
    const next = clamp(span, to);
    if (next === now) return;
    now = next;
    prediction.hide();
    if (code) line = landing(code, run.frames[now].t, line);
    draw();
  }

  /** To a step, in the direction that is walked. */
  function jump(t) {
    if (t < stepsOf(run)) go(positionOf(run, run.frames[now].phase, t));
  }

  /** One step on; with predictions, first the question, then the step. */
  function onward() {
    if (prediction.isOn() && !prediction.isAsking() && now < span.last) return prediction.ask(run.frames[now + 1]);
    const verdict = prediction.verdict();
    go(now + 1);
    prediction.tell(verdict);
  }

  /** Another run of the same sizes takes the place of this one. */
  function change(next) {
    Object.assign(run, next);
    Object.assign(scales, scalesOf(run));
    draw();
  }

  function goToMoment(k) {
    line = Math.max(0, Math.min(code.events.length - 1, k));
    const { t } = code.events[line];
    if (t != null) now = positionOf(run, code.phase, t);
    draw();
  }

  function draw() {
    const frame = run.frames[now];
    attribute(root, "data-phase", frame.phase);
    attribute(root, "data-step", frame.t);
    cell.update(frame);
    panel.update(now, frame);
    table.update(frame);
    if (yours) yours.update(line, frame.t);
    text(status, yours ? yours.sentence() : sentence(frame));
    if (picture) {
      picture.update(frame);
      // Asked only where there is more than fits: scrolling makes the browser lay out at once.
      if (picture.place.width > width) window_.scrollLeft = scrollTo(picture.place, frame.t, width);
    }
  }

  function pause() {
    clearTimeout(timer);
    timer = null;
    panel.playing(false);
  }

  function tick() {
    go(now + 1);
    if (now === span.last) pause();
    else timer = setTimeout(tick, 1000 * panel.seconds());
  }

  function play() {
    if (timer !== null) return pause();
    if (now === span.last) go(span.first);
    panel.playing(true);
    timer = setTimeout(tick, 1000 * panel.seconds());
  }

  const byHand = (move) => (...args) => {
    pause();
    move(...args);
  };
  const panel = controls(run, span, {
    go: byHand(go),
    by: byHand((steps) => (steps === 1 ? onward() : go(now + steps))),
    turn: byHand((phase) => phase !== run.frames[now].phase && go(turned(run, now))),
    play,
  });

  keepKeys(root);
  root.addEventListener("keydown", (event) => {
    const wish = asked(event, Boolean(code));
    if (!wish) return;
    event.preventDefault();
    pause();
    if (wish.lines) goToMoment(line + wish.lines);
    else if (wish.step !== undefined) jump(wish.step);
    else if (wish.by === 1) onward();
    else go(wish.by ? now + wish.by : wish.to === 0 ? span.first : span.last);
  });
  window_.addEventListener("click", (event) => {
    const column = event.target.closest("[data-t]");
    if (!column) return;
    pause();
    jump(Number(column.dataset.t));
  });
  withNumbers.addEventListener("change", showNumbers);

  function showNumbers() {
    root.classList.toggle("bptt-compact", !withNumbers.checked);
    cell.numbers(withNumbers.checked);
    if (now !== undefined) draw();
  }

  let width = 0;
  const resized = new ResizeObserver(() => {
    if (window_.clientWidth === width || window_.clientWidth === 0) return;
    width = window_.clientWidth;
    picture = network(run, scales, width);
    window_.replaceChildren(picture.element);
    draw();
  });

  if (brief) cell.sleep(true);
  const { D, H } = sizesOf(run);
  withNumbers.checked = Math.max(D, H) <= ROOMY;
  showNumbers();
  const hint = html("p", { class: "bptt-hint" }, keysInWords(stepsOf(run), Boolean(code)));
  const title = code
    ? html("strong", { class: "bptt-title" }, "Your ", html("code", {}, code.name), ", line by line")
    : panel.phases;
  root.append(
    html("div", { class: "bptt-head" }, title, legend(withNumbers, code, prediction, brief)),
    ...(diagnosis ? [beside(diagnosis)] : []),
    ...(yours
      ? [panel.bar, hint, status, yours.element, window_, folded("The equations of this step, with your values where they could be told", cell)]
      : [window_, panel.bar, ...(brief ? [] : [hint]), prediction.element, status, ...(brief ? [] : [cell.element, changes.element])]),
    ...(brief ? [] : [table.element]),
  );
  el.append(root);
  panel.playing(false);
  if (code && moment != null) {
    now = clamp(span, position);
    goToMoment(moment);
  } else go(clamp(span, position));
  resized.observe(window_);

  return {
    go,
    root,
    unmount() {
      pause();
      resized.disconnect();
      root.remove();
    },
  };
}

/** What the colours and strokes mean, in words. */
function legend(withNumbers, code, prediction, brief) {
  const key = (kind, words) =>
    html("span", { class: "bptt-key" }, html("i", { class: `bptt-swatch bptt-${kind}` }), words);
  return html(
    "div", { class: "bptt-legend" },
    key("value", "values"), key("gradient", "gradients"), key("weight", "weights"),
    key("negative", "negative"),
    ...(code ? [html("span", { class: "bptt-key" }, html("b", {}, "✗"), "departs from the reference")] : []),
    ...(brief ? [] : [html("label", { class: "bptt-key" }, withNumbers, "numbers")]),
    ...(code || brief ? [] : [prediction.switch]),
  );
}

/** What the check said. */
function beside({ title, explanation }) {
  return html("aside", { class: "bptt-beside" }, html("strong", {}, title), html("p", {}, explanation));
}

/** The open cell, folded away; it is brought up to date when it is unfolded. */
function folded(words, cell) {
  const element = html("details", { class: "bptt-folded" }, html("summary", {}, words), cell.element);
  cell.sleep(true);
  element.addEventListener("toggle", () => cell.sleep(!element.open));
  return element;
}
