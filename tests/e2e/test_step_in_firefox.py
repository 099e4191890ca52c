"""The widgets in Firefox, on the built site, by keyboard alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from bptt_site.live_stepper import recorded_run

from tests.e2e.test_step_through_your_code import BACKWARD
from tests.firefox import Firefox, launch_firefox
from tests.widgets.test_stepper_browser import numbers_in

pytestmark = pytest.mark.e2e

STEPPER, STATUS = "[data-bptt-stepper]", "[data-bptt-stepper] [role=status]"
CONTENT = Path(__file__).parents[2] / "content"


def test_the_widgets_work_in_firefox(tmp_path: Path, site_url: str) -> None:
    with launch_firefox(tmp_path / "profile") as firefox:
        firefox.goto(site_url)
        firefox.wait_for(STEPPER)
        there_and_back(firefox, recorded_run()["frames"])
        firefox.goto(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
        firefox.wait_for(".jp-Notebook .jp-Cell")
        from_a_failed_check_to_the_first_wrong_line(firefox)
        an_explorer_from_end_to_end(firefox)


def there_and_back(firefox: Firefox, frames: list[dict]) -> None:
    """Walk the whole run forward and backward; every sentence has the frame's numbers."""
    firefox.focus(f"{STEPPER} .bptt-window")
    for key, path in (("ArrowRight", frames), ("ArrowLeft", frames[::-1])):
        for frame in path:
            assert firefox.attribute(STEPPER, "data-phase") == frame["phase"]
            assert firefox.attribute(STEPPER, "data-step") == str(frame["t"])
            name = "h" if frame["phase"] == "forward" else "dh"
            said = np.array(numbers_in(firefox.text(STATUS)))
            for value in frame["computes"][name]:
                assert np.abs(said - value).min() < 0.0051
            if frame is not path[-1]:
                firefox.press(key)


def cell_of(cell_id: str) -> str:
    cells = json.loads((CONTENT / "10_rnn_bptt.ipynb").read_text())["cells"]
    index = [cell["id"] for cell in cells].index(cell_id)
    return f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]'


def run_cell(firefox: Firefox, cell: str, text: str | None = None) -> None:
    firefox.wait_for(f"{cell} .cm-content")
    firefox.focus(f"{cell} .cm-content")
    if text is not None:
        firefox.press("Control", "a")
        firefox.run("document.execCommand('insertText', false, arguments[0])", text)
    firefox.press("Shift", "Enter")


def from_a_failed_check_to_the_first_wrong_line(firefox: Firefox) -> None:
    cell = cell_of("task-2-exercise")
    wrong = BACKWARD.replace("np.outer(da, h[t])", "np.outer(da, h[t + 1])")
    run_cell(firefox, cell, wrong.strip())
    button = f"{cell} [data-bptt-check='rnn_bptt'] .bptt-open-code"
    firefox.wait_for(button, seconds=120)
    firefox.focus(button)
    firefox.press("Enter")
    stepper = f"{cell} {STEPPER}"
    firefox.wait_for(stepper)
    assert firefox.attribute(stepper, "data-source") == "yours"
    assert firefox.attribute(stepper, "data-step") == "5"
    assert firefox.attribute(f"{stepper} [data-departs][data-variable]", "data-variable") == "dW_hh"
    # Up and down walk the lines, left and right the steps; the focus is in the source already.
    before = firefox.text(f"{stepper} [role=status]")
    firefox.press("ArrowDown")
    assert firefox.text(f"{stepper} [role=status]") != before
    for t in (4, 3, 2, 1, 0):
        firefox.press("ArrowRight")
        assert firefox.attribute(stepper, "data-step") == str(t)
    firefox.press("Home")
    assert firefox.attribute(stepper, "data-step") == "5"


def an_explorer_from_end_to_end(firefox: Firefox) -> None:
    cell = cell_of("explore-clipping")
    run_cell(firefox, cell)
    firefox.wait_for(f"{cell} [data-bptt-explorer] input[type=range]")
    firefox.focus(f"{cell} input[type=range]")
    firefox.press("Home")
    said = set()
    for _ in range(8):
        said.add(firefox.text(f"{cell} [role=status]"))
        firefox.press("ArrowRight")
    assert len(said) == 8
