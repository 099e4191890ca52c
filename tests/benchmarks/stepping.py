"""What one step costs: the stepper in the page, beside `interact` redrawing through the kernel.

Both show T = 12 steps, D = 8 inputs, H = 8 units. A step is timed from the key to the end of the
layout that it asks for; `interact` from the key to the picture's arrival in the page.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import numpy as np
from playwright.sync_api import Browser, Page

from bptt_lib.recording import record
from tests.e2e.lesson_page import LessonPage
from tests.widgets.conftest import HOST, HOST_SCRIPT, answer

T, D, H = 12, 8, 8
STEPS, ROUNDS = 400, 4  # the quietest round counts: what else the machine does is not ours
THROUGH_THE_KERNEL = 40

OURS = """async (steps) => {
  const network = document.querySelector(".bptt-window");
  const root = network.closest("[data-bptt-stepper]");
  network.focus();
  const times = [];
  for (let i = 0; i < steps; i++) {
    await new Promise((done) => requestAnimationFrame(done));
    const key = Math.floor(i / 23) % 2 ? "ArrowLeft" : "ArrowRight";
    const start = performance.now();
    network.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    root.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return times;
}"""

INTERACT = f"""
import ipywidgets
from IPython.display import HTML, display

T, H = {T}, {H}
values = __import__("numpy").random.default_rng(0).normal(size=(2 * T, 7 * T * H))


def draw(i):
    cells = (
        f'<rect x="{{7 * (k % 84)}}" y="{{7 * (k // 84)}}" width="6" height="6" '
        f'fill="#0072b2" opacity="{{min(1, abs(v)):.2f}}"/>'
        for k, v in enumerate(values[i])
    )
    picture = f'<svg id="at-{{i}}" width="600" height="60">{{"".join(cells)}}</svg>'
    display(HTML(picture))


ipywidgets.interact(draw, i=(0, 2 * T - 1))
"""

THEIRS = """async ([steps, last]) => {
  const handle = document.querySelector(".jp-OutputArea .noUi-handle");
  const number = () => Number(handle.getAttribute("aria-valuenow"));
  const times = [];
  for (let i = 0; i < steps; i++) {
    await new Promise((done) => requestAnimationFrame(done));
    const up = Math.floor(i / last) % 2 === 0;
    const goal = number() + (up ? 1 : -1);
    const key = up ? "ArrowRight" : "ArrowLeft";
    const start = performance.now();
    handle.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    while (!document.getElementById(`at-${goal}`)) {
      if (performance.now() - start > 5000) throw new Error(`no picture at ${goal}`);
      await new Promise((done) => setTimeout(done, 0));
    }
    times.push(performance.now() - start);
  }
  return times;
}"""


def summary(times: Sequence[float]) -> dict[str, float]:
    """Return the median and the 99th percentile of some milliseconds."""
    return {"median": statistics.median(times), "p99": float(np.percentile(times, 99))}


def measure(browser: Browser, site: str) -> dict[str, dict[str, float]]:
    """Step the stepper, with and without its numbers; then `interact` in the built site."""
    rng = np.random.default_rng(0)
    run = record(
        rng.normal(size=(T, D)),
        rng.normal(size=H),
        rng.normal(size=(H, D)),
        0.4 * rng.normal(size=(H, H)),
        rng.normal(size=H),
        rng.normal(size=H),
    ).to_dict()
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    context.route("**/*", answer)
    page = context.new_page()
    page.goto(HOST)
    values = {"run": run, "position": 0}
    page.evaluate(HOST_SCRIPT, {"address": f"{HOST}/joined/stepper.js", "values": values})
    found = {"stepper": _quietest(page)}
    page.get_by_label("numbers", exact=True).check()
    found["stepper, with its numbers"] = _quietest(page)
    context.close()
    found["interact, through the kernel"] = summary(_interact(browser, site))
    return found


def _quietest(page: Page) -> dict[str, float]:
    page.evaluate(OURS, 60)  # let the page warm up
    rounds = [summary(page.evaluate(OURS, STEPS)) for _ in range(ROUNDS)]
    return min(rounds, key=lambda one: one["p99"])


def _interact(browser: Browser, site: str) -> list[float]:
    page = browser.new_page()
    page.goto(f"{site}notebooks/index.html?path=10_rnn_bptt.ipynb")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    cell = lesson.cell(lesson.index_of("stepper-first-walk"))
    lesson.replace(cell, INTERACT)
    lesson.run(cell)
    handle = cell.locator(".noUi-handle")
    handle.wait_for()
    handle.press("Home")
    page.wait_for_selector("#at-0")
    page.evaluate(THEIRS, [10, 2 * T - 1])
    handle.press("Home")
    page.wait_for_selector("#at-0")
    times: list[float] = page.evaluate(THEIRS, [THROUGH_THE_KERNEL, 2 * T - 1])
    page.close()
    return times


def rows(measured: dict[str, dict[str, float]]) -> list[list[str]]:
    """One row for each, with the ratio of its median to the stepper's."""
    ours = measured["stepper"]["median"]
    return [
        [name, f"{ms['median']:.1f} ms", f"{ms['p99']:.1f} ms", f"{ms['median'] / ours:.1f}"]
        for name, ms in measured.items()
    ]
