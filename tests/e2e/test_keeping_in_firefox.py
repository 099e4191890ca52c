"""Kept work in Firefox: left a moment after typing, and in a private window.

Marionette opens no private window without a head; the whole browser can be told to be private,
which gives its pages what a private window gives them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.keeping import EXERCISE, NAME, NOTEBOOK
from tests.e2e.lesson_page import STARTUP, LessonPage
from tests.firefox import Firefox, launch_firefox

pytestmark = pytest.mark.e2e

KEPT = "body[data-work-is-kept]"
PANEL = "window.wrappedJSObject.jupyterapp.shell.currentWidget"  # the page's own, past the wall
IS_TYPED = f"""text => [...{PANEL}.content.model.sharedModel.cells]
    .some(({{ source }}) => source.includes(text))"""
IS_SAVED = f"() => !{PANEL}.context.model.dirty"


def open_and_type(firefox: Firefox, site_url: str, text: str) -> None:
    """Open the lesson, and write an answer into an exercise's cell."""
    firefox.goto(site_url + NOTEBOOK)
    firefox.wait_for(KEPT, STARTUP / 1000)
    index = LessonPage(None).index_of_exercise(EXERCISE)
    cell = f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"] .cm-content'
    firefox.wait_for(cell)
    firefox.focus(cell)
    firefox.press("Control", "a")
    firefox.paste(text)
    firefox.wait_until(IS_TYPED, text)


def test_what_was_typed_a_moment_ago_is_there_in_firefox(tmp_path: Path, site_url: str) -> None:
    text = "# typed, and left at once"
    with launch_firefox(tmp_path / "profile") as firefox:
        open_and_type(firefox, site_url, text)
        firefox.goto(site_url)
        firefox.wait_for_text(f'[data-notebook="{NAME}"] .mine', "0 of 4 checks passed")
        firefox.goto(site_url + NOTEBOOK)
        firefox.wait_for(KEPT, STARTUP / 1000)
        firefox.wait_until(IS_TYPED, text)


def test_a_private_window_says_once_that_it_forgets(tmp_path: Path, site_url: str) -> None:
    text = "# typed in a private window"
    with launch_firefox(
        tmp_path / "profile", browser__privatebrowsing__autostart="true"
    ) as firefox:
        firefox.goto(site_url)
        firefox.wait_for_text("#work-kept", "looks like a private window")
        open_and_type(firefox, site_url, text)
        firefox.wait_for_text("#forgets", "gone when you close it")
        firefox.focus("#forgets button")
        firefox.press("Enter")
        firefox.wait_until("() => !document.querySelector('#forgets')")
        firefox.wait_until(IS_SAVED)
        firefox.goto(site_url + NOTEBOOK)  # as long as the window is open, all of it is there
        firefox.wait_for(KEPT, STARTUP / 1000)
        firefox.wait_until(IS_TYPED, text)
        firefox.wait_until("() => document.querySelector('#python-state[data-state=ready]')")
        assert not firefox.call("() => Boolean(document.querySelector('#forgets'))", None)
