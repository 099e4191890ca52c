"""``make screenshots``: every page and widget as built, in both themes, wide and narrow.

They go to ``screenshots/``, which is not committed: they are for looking at. The one
picture that the README shows is copied to ``docs/``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

from bptt_site.places import ROOT
from bptt_site.serve import site_server
from playwright.sync_api import Locator, Page, sync_playwright

from tests.browsers import launch_chromium_profile
from tests.e2e.lesson_page import LessonPage

FOLDER = ROOT / "screenshots"
THEMES = ("light", "dark")
WIDTHS = (1180, 360)
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


class Album:
    """The pictures of one theme at one width."""

    def __init__(self, page: Page, url: str, suffix: str) -> None:
        self.page, self.url, self.suffix = page, url, suffix

    def keep(self, name: str, what: Locator | Page, **options: bool) -> None:
        """Take one picture, after what moves has come to rest."""
        self.page.wait_for_timeout(700)
        what.screenshot(path=FOLDER / f"{name}-{self.suffix}.png", **options)

    def take(self) -> None:
        """Go through the course once."""
        self.page.goto(self.url)
        self.keep("landing", self.page, full_page=True)
        self.page.goto(self.url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
        lesson = LessonPage(self.page)
        lesson.wait_until_open()
        self.keep("lesson", self.page)

        cell = self.run(lesson, "first-question")
        self.keep("question", cell.locator("[data-bptt-check]"))
        cell = self.run(lesson, "stepper-first-walk")
        stepper = cell.locator("[data-bptt-stepper]")
        for _ in range(6):
            stepper.get_by_role("group", name="unrolled network").press("ArrowRight")
        self.keep("stepper", stepper)
        stepper.get_by_text("Change it: numbers").click()
        stepper.get_by_label("Edit", exact=True).select_option("targets")
        self.keep("stepper-change", stepper)

        cell = lesson.exercise("rnn_bptt")
        lesson.run(cell)
        self.keep("report-unwritten", lesson.report("rnn_bptt"))
        lesson.replace(cell, WRONG)
        lesson.run(cell)
        self.keep("report-wrong", lesson.report("rnn_bptt"))
        cell.get_by_role("button", name="Step through your code").click()
        self.keep("your-code", cell.locator('[data-bptt-stepper][data-source="yours"]'))

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
        for theme in THEMES:
            for width in WIDTHS:
                with TemporaryDirectory() as profile:
                    context = launch_chromium_profile(
                        playwright,
                        Path(profile),
                        # High enough that whole widgets fit: what is below is not painted.
                        viewport={"width": width, "height": 2800},
                        color_scheme=theme,
                    )
                    context.set_default_timeout(120_000)
                    Album(context.pages[0], url, f"{theme}-{width}").take()
                    context.close()
        server.shutdown()
    (ROOT / "docs").mkdir(exist_ok=True)
    shutil.copy(FOLDER / README_PICTURE, ROOT / "docs" / "stepper.png")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.name}/; docs/stepper.png is new")


if __name__ == "__main__":
    main()
