"""Kept work in Firefox: left a moment after typing, and in a private window.

Marionette opens no private window without a head; the whole browser can be told to be private,
which gives its pages what a private window gives them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.keeping import NAME
from tests.e2e.lesson import Lesson
from tests.firefox import launch_firefox

pytestmark = pytest.mark.e2e

EXERCISE = "task-1-exercise"


def test_what_was_typed_a_moment_ago_is_there_in_firefox(tmp_path: Path, site_url: str) -> None:
    text = "# typed, and left at once"
    with launch_firefox(tmp_path / "profile") as firefox:
        lesson = Lesson(firefox, site_url)
        lesson.write(EXERCISE, text)
        firefox.goto(site_url)
        firefox.wait_for_text(f'[data-notebook="{NAME}"] .mine', "0 of 4 checks passed")
        lesson.open()
        lesson.wait_for_text(text)


def test_a_private_window_says_once_that_it_forgets(tmp_path: Path, site_url: str) -> None:
    text = "# typed in a private window"
    with launch_firefox(
        tmp_path / "profile", browser__privatebrowsing__autostart="true"
    ) as firefox:
        firefox.goto(site_url)
        firefox.wait_for_text("#work-kept", "looks like a private window")
        lesson = Lesson(firefox, site_url)
        lesson.write(EXERCISE, text)
        firefox.wait_for_text("#forgets", "gone when you close it")
        firefox.focus("#forgets button")
        firefox.press("Enter")
        firefox.wait_until("() => !document.querySelector('#forgets')")
        lesson.wait_until_saved()
        lesson.open()  # as long as the window is open, all of it is there
        lesson.wait_for_text(text)
        lesson.wait_for_python()
        assert not firefox.call("() => Boolean(document.querySelector('#forgets'))")
