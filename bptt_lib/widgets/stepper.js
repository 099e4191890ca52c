/**
 * The stepper: a recorded run of an RNN, walked forward and then backward through time.
 *
 * `mount` puts it into any element of any page; `render` is what anywidget calls. Both
 * return the function that takes it out again. Drawing asks nothing of Python.
 */

import { backwardCell, forwardCell } from "./js/cell.js";
import { controls } from "./js/controls.js";
import { attribute, html, text } from "./js/dom.js";
import { scrollTo } from "./js/geometry.js";
import { asked } from "./js/keys.js";
import { network } from "./js/network.js";
import { numbers } from "./js/numbers.js";
import { clamp, positionOf, scalesOf, sizesOf, turned } from "./js/run.js";
import { sentence } from "./js/sentences.js";

const ROOMY = 4; // vectors up to this length show their numbers from the start

/** Show a run in an element, standing at a position; returns its handle. */
export function mount(el, run, position = 0) {
  const scales = scalesOf(run);
  const status = html("p", { class: "bptt-status", role: "status" });
  const cells = { forward: forwardCell(run, scales), backward: backwardCell(run, scales) };
  const cell = html("div", { class: "bptt-open-cell" });
  const table = numbers();
  const window_ = html("div", { class: "bptt-window", tabindex: "0", role: "group", "aria-label": "The unrolled network; step with the arrow keys" });
  const withNumbers = html("input", { type: "checkbox" });
  const root = html("section", {
    class: "bptt-stepper",
    "aria-label": "Stepper through time",
    "data-bptt-stepper": "",
    "data-source": run.source,
    // JupyterLab binds the arrow keys to the notebook unless it is told not to.
    "data-lm-suppress-shortcuts": "",
  });

  let now;
  let picture;
  let timer = null;

  function go(to) {
    const next = clamp(run, to);
    if (next === now) return;
    now = next;
    draw();
  }

  function draw() {
    const frame = run.frames[now];
    attribute(root, "data-phase", frame.phase);
    attribute(root, "data-step", frame.t);
    cells[frame.phase].update(frame);
    if (cell.firstChild !== cells[frame.phase].element) cell.replaceChildren(cells[frame.phase].element);
    panel.update(now, frame);
    table.update(frame);
    text(status, sentence(frame));
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
    if (now === run.frames.length - 1) pause();
    else timer = setTimeout(tick, 1000 * panel.seconds());
  }

  function play() {
    if (timer !== null) return pause();
    if (now === run.frames.length - 1) go(0);
    panel.playing(true);
    timer = setTimeout(tick, 1000 * panel.seconds());
  }

  const byHand = (move) => (...args) => {
    pause();
    move(...args);
  };
  const panel = controls(run, {
    go: byHand(go),
    by: byHand((steps) => go(now + steps)),
    turn: byHand((phase) => phase !== run.frames[now].phase && go(turned(run, now))),
    play,
  });

  root.addEventListener("keydown", (event) => {
    const wish = asked(event);
    if (!wish) return;
    event.preventDefault();
    event.stopPropagation();
    pause();
    go(wish.by ? now + wish.by : wish.to === 0 ? 0 : run.frames.length - 1);
  });
  window_.addEventListener("click", (event) => {
    const column = event.target.closest("[data-t]");
    if (!column) return;
    pause();
    go(positionOf(run, run.frames[now].phase, Number(column.dataset.t)));
  });
  withNumbers.addEventListener("change", showNumbers);

  function showNumbers() {
    root.classList.toggle("bptt-compact", !withNumbers.checked);
  }

  let width = 0;
  const resized = new ResizeObserver(() => {
    if (window_.clientWidth === width || window_.clientWidth === 0) return;
    width = window_.clientWidth;
    picture = network(run, scales, width);
    window_.replaceChildren(picture.element);
    draw();
  });

  const { D, H } = sizesOf(run);
  withNumbers.checked = Math.max(D, H) <= ROOMY;
  showNumbers();
  root.append(
    html("header", { class: "bptt-head" }, panel.phases, legend(withNumbers)),
    window_, panel.bar, status, cell, table.element,
  );
  el.append(root);
  panel.playing(false);
  go(position);
  resized.observe(window_);

  return {
    go,
    unmount() {
      pause();
      resized.disconnect();
      root.remove();
    },
  };
}

/** What the colours and strokes mean, in words. */
function legend(withNumbers) {
  const key = (kind, words) =>
    html("span", { class: "bptt-key" }, html("i", { class: `bptt-swatch bptt-${kind}` }), words);
  return html(
    "div", { class: "bptt-legend" },
    key("value", "values"), key("gradient", "gradients"), key("weight", "weights"),
    key("negative", "negative"),
    html("label", { class: "bptt-key" }, withNumbers, "numbers"),
  );
}

/** Show the run of an anywidget model; its position follows what Python sets. */
export function render({ model, el }) {
  let shown = mount(el, model.get("run"), model.get("position"));
  const move = () => shown.go(model.get("position"));
  const replace = () => {
    shown.unmount();
    shown = mount(el, model.get("run"), model.get("position"));
  };
  model.on("change:position", move);
  model.on("change:run", replace);
  return () => {
    model.off("change:position", move);
    model.off("change:run", replace);
    shown.unmount();
  };
}

export default { render };
