"""A walk through the course that takes pictures."""

from __future__ import annotations

from pathlib import Path

from bptt_site.places import ROOT
from playwright.sync_api import Locator, Page

from tests.e2e.lesson_page import LessonPage

FOLDER = ROOT / "screenshots"

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
    const back = notice("Your last lines are back", "They were put back.",
                        { Good: () => back.close() });
}"""


class Album:
    """The pictures of one theme at one width, or of one way to look at the course."""

    def __init__(self, page: Page, url: str, suffix: str) -> None:
        self.page, self.url, self.suffix = page, url, suffix

    def keep(self, name: str, what: Locator | Page, **options: bool) -> None:
        """Take one picture, after what moves has come to rest."""
        self.page.wait_for_timeout(700)
        what.screenshot(path=self.path(name), **options)

    def path(self, name: str) -> Path:
        """Where a picture goes."""
        return FOLDER / f"{name}-{self.suffix}.png"

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
        self.have_trouble(lesson)
        self.come_back()

    def take_what_matters(self) -> None:
        """Open both pages; step, err, explore, have trouble, come back."""
        lesson = self.open()
        self.step(lesson)
        self.err(lesson)
        cell = self.run(lesson, "explore-clipping")
        self.keep("explorer-clipping", cell.locator(".jp-OutputArea"))
        self.have_trouble(lesson)
        self.come_back()

    def open(self) -> LessonPage:
        """Come by the start page."""
        self.page.goto(self.url)
        self.keep("landing", self.page, full_page=True)
        self.page.goto(
            self.url + "notebooks/index.html?path=10_rnn_bptt.ipynb", wait_until="commit"
        )
        self.page.locator("#way-out").wait_for(state="attached")
        self.page.screenshot(path=self.path("early"))
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

    def have_trouble(self, lesson: LessonPage) -> None:
        """Ask for the keys, be told two things, and lose Python."""
        self.page.evaluate("void jupyterapp.commands.execute('bptt:keys')")
        self.keep("keys", self.page.get_by_role("dialog"))
        self.page.keyboard.press("Escape")
        self.page.evaluate(NOTICES, self.url + "notebook-page/keeping/notice.js")
        self.keep("notices", self.page.locator("#notices"))
        cell = lesson.exercise("clip_gradients")
        lesson.replace(cell, "import js\njs.self.close()")
        self.page.keyboard.press("Shift+Enter")
        self.page.get_by_text("Python has stopped").wait_for()
        self.keep("dead", self.page)

    def come_back(self) -> None:
        """Find one's work on the start page, save it, and be asked about loading it."""
        self.page.goto(self.url)
        save = self.page.get_by_role("button", name="Save all my work")
        with self.page.expect_download() as download:
            save.click()
        self.keep("landing-worked", self.page, full_page=True)
        self.page.locator("#load-work").set_input_files(
            {
                "name": "work.json",
                "mimeType": "application/json",
                "buffer": download.value.path().read_bytes(),
            }
        )
        self.keep("ask", self.page.get_by_role("dialog"))

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
