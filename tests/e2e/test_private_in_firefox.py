"""In Firefox, too, nothing leaves the site."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.attempts import IN_A_PAGE, IN_PYTHON, PAGE, PYTHON, got_out, without_policies
from tests.e2e.conftest import reaching_nothing_else
from tests.e2e.deployment import Deployment
from tests.e2e.lesson import PYTHON as PATIENCE
from tests.e2e.lesson import Lesson
from tests.firefox import launch_firefox

pytestmark = pytest.mark.e2e

CELL = "task-1-exercise"
# What the learner runs is what tries: in the page by JavaScript that a cell shows, and in Python.
EVERYTHING = f"""\
from IPython.display import Javascript, display
display(Javascript({json.dumps("(" + IN_A_PAGE + ")()")}))
{IN_PYTHON.replace('"tried"', 'print("all " + "tried")')}"""
# Not attempted where nobody would notice: Firefox prefetches and pings only when it likes.
FIREFOX_DOES_NOT = {"prefetch", "ping", "modulepreload"}
# It would ask before it sends a form.
NO_QUESTION = {"security__warn_submit_secure_to_insecure": "false"}


@pytest.mark.parametrize("policies", [True, False], ids=["as built", "without policies"])
def test_nothing_gets_out(tmp_path: Path, deployment: Deployment, policies: bool) -> None:
    if not policies:
        without_policies(deployment)
    with (
        reaching_nothing_else() as outside,
        launch_firefox(tmp_path / "profile", proxy=outside.address, **NO_QUESTION) as firefox,
    ):
        lesson = Lesson(firefox, deployment.url)
        lesson.run(CELL, EVERYTHING)
        firefox.wait_for_text(f"{lesson.cell(CELL)} .jp-OutputArea", "all tried", PATIENCE)
    out = got_out(outside.asked)
    if policies:
        assert out == set()
    else:
        assert out >= (PAGE | PYTHON) - FIREFOX_DOES_NOT
