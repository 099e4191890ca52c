"""Kept work in Firefox: left a moment after typing, and in a private window."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.e2e.keeping import EXERCISE, NOTEBOOK
from tests.e2e.lesson_page import LessonPage
from tests.firefox import Firefox, launch_firefox

pytestmark = pytest.mark.e2e

KEPT = "body[data-work-is-kept]"
TEXT = (
    "return [...jupyterapp.shell.currentWidget.content.model.sharedModel.cells]"
    ".map((cell) => cell.source).join('\\n')"
)


def open_and_type(firefox: Firefox, site_url: str, text: str) -> None:
    firefox.goto(site_url + NOTEBOOK)
    firefox.wait_for(KEPT, seconds=180)
    index = LessonPage(None).index_of_exercise(EXERCISE)
    cell = f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"] .cm-content'
    firefox.wait_for(cell)
    firefox.focus(cell)
    firefox.press("Control", "a")
    firefox.run("document.execCommand('insertText', false, arguments[0])", text)


def test_what_was_typed_a_moment_ago_is_there_in_firefox(tmp_path: Path, site_url: str) -> None:
    with launch_firefox(tmp_path / "profile") as firefox:
        open_and_type(firefox, site_url, "# typed, and left at once")
        firefox.goto(site_url)
        firefox.wait_for(".mine")
        assert "0 of 4 checks passed" in firefox.text('[data-notebook="10_rnn_bptt.ipynb"]')
        firefox.goto(site_url + NOTEBOOK)
        firefox.wait_for(KEPT, seconds=180)
        assert "# typed, and left at once" in str(firefox.run(TEXT))


def test_a_private_window_says_once_that_it_forgets(tmp_path: Path, site_url: str) -> None:
    with launch_firefox(
        tmp_path / "profile", browser__privatebrowsing__autostart="true"
    ) as firefox:
        firefox.goto(site_url)
        firefox.wait_for("#work:not([hidden])")
        assert "looks like a private window" in firefox.text("#work-kept")
        open_and_type(firefox, site_url, "# typed in a private window")
        firefox.wait_for("#forgets")
        assert "gone when you close it" in firefox.text("#forgets")
        firefox.focus("#forgets button")
        firefox.press("Enter")
        time.sleep(6)  # saved meanwhile
        firefox.goto(site_url + NOTEBOOK)
        firefox.wait_for(KEPT, seconds=180)
        time.sleep(1)
        assert firefox.run("return document.querySelector('#forgets')") is None
        assert "# typed in a private window" in str(firefox.run(TEXT))
