"""``make screenshots``: every page and widget as built, in both themes, wide and narrow.

What most matters also as it looks to those who ask their system for other colours, more contrast,
less motion, or a page twice as large. They go to ``screenshots/``, which is not committed: they are
for looking at. The one picture that the README shows is copied to ``docs/``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bptt_site.places import ROOT
from bptt_site.serve import site_server
from playwright.sync_api import Locator, Page, sync_playwright

from tests.browsers import launch_chromium_profile
from tests.e2e.lesson_page import LessonPage

FOLDER = ROOT / "screenshots"
HEIGHT = 2800  # enough for whole widgets to fit: what is below is not painted
EVERYTHING: dict[str, dict[str, Any]] = {
    f"{theme}-{width}": {
        "viewport": {"width": width, "height": HEIGHT},
        "color_scheme": theme,
    }
    for theme in ("light", "dark")
    for width in (1180, 360)
}
WIDE: dict[str, Any] = {"viewport": {"width": 1180, "height": HEIGHT}}
WHAT_MATTERS: dict[str, dict[str, Any]] = {
    "forced-light": {**WIDE, "forced_colors": "active", "color_scheme": "light"},
    "forced-dark": {**WIDE, "forced_colors": "active", "color_scheme": "dark"},
    "more-contrast": {**WIDE, "contrast": "more"},
    "less-motion": {**WIDE, "reduced_motion": "reduce"},
    # A window of 1280 pixels, at 200 %.
    "zoomed": {"viewport": {"width": 640, "height": 1400}, "device_scale_factor": 2},
}
README_PICTURE = "stepper-light-1180.png"

WRONG = """\
import numpy as np
from bptt_lib.checks import exercise


@exercise
def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    dW_xh, dW_hh = np.zeros_like(W_xh), np.zeros_like(W_hh)
    db_h, dX = np.zeros(len(W_hh)), np.zeros_like(X)
    dh = dL_dh_last
    for t in reversed(range(len(X))):
        da = dh * (1 - h[t + 1] ** 2)
        dW_xh += np.outer(da, X[t])
        dW_hh += np.outer(da, h[t + 1])
        db_h += da
        dX[t] = W_xh.T @ da
        dh = W_hh.T @ da
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "X_seq": dX}
"""

# A pressing one and a patient one, as the page itself shows them.
NOTICES = """async (module) => {
    const { notice } = await import(module);
    notice("The disk is full", "Nothing more can be saved.", { Download: () => {} },
           { urgent: true });
    notice("Your last lines are back", "They were put back.", { Good: () => {} });
}"""


class Album:
    """The pictures of one theme at one width, or of one way to look at the course."""

    def __init__(self, page: Page, url: str, suffix: str) -> None:
        self.page, self.url, self.suffix = page, url, suffix

    def keep(self, name: str, what: Locator | Page, **options: bool) -> None:
        """Take one picture, after what moves has come to rest."""
        self.page.wait_for_timeout(700)
        what.screenshot(path=FOLDER / f"{name}-{self.suffix}.png", **options)

    def take_everything(self) -> None:
        """Go through the course once."""
        lesson = self.open()
        cell = self.run(lesson, "first-question")
        self.keep("question", cell.locator("[data-bptt-check]"))
        stepper = self.step(lesson)
        stepper.get_by_text("Change it: numbers").click()
        stepper.get_by_label("Edit", exact=True).select_option("targets")
        self.keep("stepper-change", stepper)

        cell = lesson.exercise("rnn_bptt")
        lesson.run(cell)
        self.keep("report-unwritten", lesson.report("rnn_bptt"))
        self.err(lesson)

        for name in ("the-sentence", "watch-training"):
            cell = self.run(lesson, name)
        self.keep("training", cell.locator(".jp-OutputArea"))
        for name in ("vanishing", "clipping", "training", "attention"):
            cell = self.run(lesson, f"explore-{name}")
            if name == "training":
                self.train(cell)
            self.keep(f"explorer-{name}", cell.locator(".jp-OutputArea"))
        self.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
        still = cell.locator(".jp-OutputArea")
        still.get_by_text("run this cell again").wait_for()
        self.keep("still", still)
        self.tell()

    def take_what_matters(self) -> None:
        """Open both pages; step, err, and be told something."""
        lesson = self.open()
        self.step(lesson)
        self.err(lesson)
        self.tell()

    def open(self) -> LessonPage:
        """Come by the start page."""
        self.page.goto(self.url)
        self.keep("landing", self.page, full_page=True)
        self.page.goto(self.url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
        lesson = LessonPage(self.page)
        lesson.wait_until_open()
        self.keep("lesson", self.page)
        return lesson

    def step(self, lesson: LessonPage) -> Locator:
        """Walk into the backward pass."""
        stepper = self.run(lesson, "stepper-first-walk").locator("[data-bptt-stepper]")
        for _ in range(6):
            stepper.get_by_role("group", name="unrolled network").press("ArrowRight")
        self.keep("stepper", stepper)
        return stepper

    def err(self, lesson: LessonPage) -> None:
        """Be told of a mistake, and look at it."""
        cell = lesson.exercise("rnn_bptt")
        lesson.replace(cell, WRONG)
        lesson.run(cell)
        self.keep("report-wrong", lesson.report("rnn_bptt"))
        cell.get_by_role("button", name="Step through your code").click()
        self.keep("your-code", cell.locator('[data-bptt-stepper][data-source="yours"]'))

    def tell(self) -> None:
        """Show two notices."""
        self.page.evaluate(NOTICES, self.url + "notebook-page/keeping/notice.js")
        self.keep("notices", self.page.locator("#notices"))

    @staticmethod
    def train(cell: Locator) -> None:
        """Train to the end, and go back to where the network still errs."""
        cell.get_by_role("button", name="Train").click()
        cell.get_by_text("of 200 trained").first.wait_for()
        slider = cell.get_by_role("slider")
        slider.press("Home")
        for _ in range(12):
            slider.press("ArrowRight")

    @staticmethod
    def run(lesson: LessonPage, cell_id: str) -> Locator:
        """Run one cell of the lesson."""
        cell = lesson.cell(lesson.index_of(cell_id))
        lesson.run(cell)
        return cell


def main() -> None:
    """Build what is stale, and take all pictures."""
    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    FOLDER.mkdir(exist_ok=True)
    with site_server(ROOT / "_output") as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        for suffix, options in (EVERYTHING | WHAT_MATTERS).items():
            with TemporaryDirectory() as profile:
                context = launch_chromium_profile(playwright, Path(profile), **options)
                context.set_default_timeout(120_000)
                album = Album(context.pages[0], url, suffix)
                album.take_everything() if suffix in EVERYTHING else album.take_what_matters()
                context.close()
        server.shutdown()
    (ROOT / "docs").mkdir(exist_ok=True)
    shutil.copy(FOLDER / README_PICTURE, ROOT / "docs" / "stepper.png")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.name}/; docs/stepper.png is new")


if __name__ == "__main__":
    main()
