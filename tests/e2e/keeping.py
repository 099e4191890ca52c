"""What the tests of kept work share: type as a learner does, and look for the text afterwards."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.e2e.lesson_page import STARTUP, LessonPage

NAME = "10_rnn_bptt.ipynb"
NOTEBOOK = f"notebooks/index.html?path={NAME}"
EXERCISE = "rnn_forward_cache"


def open_lesson(page: Page, site_url: str) -> LessonPage:
    """Open the lesson; return when all that keeps work is at work."""
    page.goto(site_url + NOTEBOOK)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    page.wait_for_selector("body[data-work-is-kept]", state="attached", timeout=STARTUP)
    return lesson


def write(lesson: LessonPage, text: str, function: str = EXERCISE) -> None:
    """Type an answer into an exercise's cell."""
    lesson.replace(lesson.exercise(function), text)
    expect(lesson.exercise(function)).to_contain_text(text)


def text_in(page: Page) -> str:
    """All text of the open notebook's cells."""
    sources: list[str] = page.evaluate(
        "[...jupyterapp.shell.currentWidget.content.model.sharedModel.cells].map(c => c.source)"
    )
    return "\n".join(sources)


def wait_until_saved(page: Page) -> None:
    """Return when the notebook's own autosave has done its work; nothing is pressed."""
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty", timeout=60_000)


def text_of(notebook: dict) -> str:
    """All text of the cells of a notebook's file."""
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"])


def origin_of(url: str) -> str:
    """Scheme, host and port."""
    return "/".join(url.split("/")[:3])
