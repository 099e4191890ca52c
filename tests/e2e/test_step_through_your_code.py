"""From a failed check to the stepper on one's own code, with one click, for many mistakes.

One page and one kernel for all of them: each mistake is typed into the exercise's cell, as a
learner would, and the cell is run again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.lesson_page import LessonPage

pytestmark = pytest.mark.e2e

FORWARD = """
import numpy as np

from bptt_lib.checks import exercise


@exercise
def rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h):
    T, H = len(X_seq), len(h0)
    hs, pre = np.zeros((T + 1, H)), np.zeros((T, H))
    hs[0] = h0
    for t in range(T):
        a = W_xh @ X_seq[t] + W_hh @ hs[t] + b_h
        h = np.tanh(a)
        pre[t] = a
        hs[t + 1] = h
    return {"inputs": X_seq, "hidden_states": hs, "pre_activations": pre}
"""

BACKWARD = """
import numpy as np

from bptt_lib.checks import exercise


@exercise
def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    T = len(X)
    dW_xh, dW_hh = np.zeros_like(W_xh), np.zeros_like(W_hh)
    db_h, dX = np.zeros(len(W_hh)), np.zeros_like(X)
    dh_next = np.zeros(len(W_hh))
    for t in reversed(range(T)):
        dh = dh_next + (dL_dh_last if t == T - 1 else 0)
        da = dh * (1 - h[t + 1] ** 2)
        dW_xh += np.outer(da, X[t])
        dW_hh += np.outer(da, h[t])
        db_h += da
        dX[t] = W_xh.T @ da
        dh_next = W_hh.T @ da
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "X_seq": dX}
"""


@dataclass(frozen=True)
class Mistake:
    """What is written instead of what; the wrong line and the variable that it makes wrong."""

    right: str
    wrong: str
    variable: str
    line: str = ""

    @property
    def marked_line(self) -> str:
        return self.line or self.wrong


BACKWARD_MISTAKES = (
    Mistake("dW_hh += np.outer(da, h[t])", "dW_hh += np.outer(da, h[t + 1])", "dW_hh"),
    Mistake("da = dh * (1 - h[t + 1] ** 2)", "da = dh", "da"),
    Mistake("da = dh * (1 - h[t + 1] ** 2)", "da = dh * (1 - h[t] ** 2)", "da"),
    Mistake("dh_next = W_hh.T @ da", "dh_next = W_hh @ da", "dh_next", line="for t in"),
    Mistake("dW_hh += np.outer", "dW_hh = np.outer", "dW_hh"),
    Mistake("(dL_dh_last if t == T - 1 else 0)", "dL_dh_last", "dh", line="dh = dh_next"),
    Mistake("dh = dh_next + (dL", "dh = 0 * dh_next + (dL", "dh"),
    Mistake("db_h += da", "db_h += dh", "db_h"),
    Mistake("dX[t] = W_xh.T @ da", "dX[t] = W_xh.T @ dh", "dX"),
    Mistake('"b_h": db_h', '"b_h": db_h / T', 'returned["b_h"]', line="return"),
)
FORWARD_MISTAKES = (
    Mistake("h = np.tanh(a)", "h = a", "h"),
    Mistake("W_hh @ hs[t]", "W_hh.T @ hs[t]", "a"),
    Mistake(" + b_h", "", "a", line="a = W_xh"),
    Mistake("W_hh @ hs[t]", "W_hh @ h0", "a"),
)


def test_each_mistake_leads_to_its_line_with_one_click(page: Page, site_url: str) -> None:
    page.goto(site_url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    for mistake in FORWARD_MISTAKES:
        go_through(lesson, "rnn_forward_cache", FORWARD, mistake)
    for mistake in BACKWARD_MISTAKES:
        go_through(lesson, "rnn_bptt", BACKWARD, mistake)
    a_right_function_has_no_button(lesson)


def go_through(lesson: LessonPage, name: str, right: str, mistake: Mistake) -> None:
    assert mistake.right in right
    cell = lesson.exercise(name)
    lesson.replace(cell, right.replace(mistake.right, mistake.wrong).strip())
    lesson.run(cell)
    report = lesson.report(name)
    expect(report).to_have_attribute("data-status", "failed")
    report.get_by_role("button", name="Step through your code").click()

    stepper = cell.locator("[data-bptt-stepper]")
    expect(stepper).to_have_attribute("data-source", "yours")
    step = re.search(r"first wrong value belongs to time step (\d+)", report.inner_text())
    assert step, report.inner_text()
    expect(stepper).to_have_attribute("data-step", step[1])
    phase = "backward" if name == "rnn_bptt" else "forward"
    expect(stepper).to_have_attribute("data-phase", phase)
    marked = stepper.locator("[data-variable][data-departs]").first
    expect(marked).to_have_attribute("data-variable", mistake.variable)
    assert marked.locator("td[data-departs]").count() > 0
    expect(marked).to_contain_text("reference")
    now = stepper.locator(".bptt-source [data-now]")
    expect(now).to_contain_text(mistake.marked_line)
    the_diagnosis_stands_beside_it(report, stepper)


def the_diagnosis_stands_beside_it(report: Locator, stepper: Locator) -> None:
    if report.get_attribute("data-diagnosis"):
        title = stepper.locator(".bptt-beside strong").inner_text()
        assert title in report.inner_text()


def a_right_function_has_no_button(lesson: LessonPage) -> None:
    cell = lesson.exercise("rnn_bptt")
    lesson.replace(cell, BACKWARD.strip())
    lesson.run(cell)
    expect(lesson.report("rnn_bptt")).to_have_attribute("data-status", "passed")
    expect(cell.get_by_role("button", name="Step through your code")).to_have_count(0)
    expect(cell.locator("[data-bptt-stepper]")).to_have_count(0)
