"""From a failed check to the stepper on one's own code, for many mistakes.

One page and one kernel for all of them: each mistake is typed into the exercise's cell, as a
learner would, and the cell is run again. What the page marks is held against plain NumPy.
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from bptt_lib.checks import check
from tests.by_hand import assert_says
from tests.e2e.lesson_page import LessonPage
from tests.e2e.walks.your_code import CELL
from tests.mistakes import BACKWARD, BACKWARD_MISTAKES, FORWARD_MISTAKES, Mistake, define
from tests.test_watching_helpers import ONE_STEP, WITH_A_STEP

pytestmark = pytest.mark.e2e


def test_each_mistake_leads_to_its_line_and_its_value(page: Page, site_url: str) -> None:
    page.goto(site_url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    for mistake in (*FORWARD_MISTAKES, *BACKWARD_MISTAKES):
        go_through(lesson, mistake)
    a_right_function_has_no_button(lesson)
    a_helper_in_another_cell_is_followed(lesson)


def submit(lesson: LessonPage, name: str, source: str) -> tuple[Locator, Locator]:
    """Type a function into its exercise's cell and run it; return the cell and the report."""
    cell = lesson.exercise(name)
    lesson.replace(cell, f"{CELL}\n{source.strip()}")
    lesson.run(cell)
    return cell, lesson.report(name)


def go_through(lesson: LessonPage, mistake: Mistake) -> None:
    cell, report = submit(lesson, mistake.name, mistake.source)
    expect(report).to_have_attribute("data-status", "failed")
    button = report.get_by_role("button", name="Step through your code")
    if mistake.name == "rnn_bptt":
        button.click()
    else:  # a key does as well
        button.press("Enter")

    stepper = cell.locator("[data-bptt-stepper]")
    expect(stepper).to_have_attribute("data-source", "yours")
    step = re.search(r"first wrong value belongs to time step (\d+)", report.inner_text())
    assert step, report.inner_text()
    expect(stepper).to_have_attribute("data-step", step[1])
    phase = "backward" if mistake.name == "rnn_bptt" else "forward"
    expect(stepper).to_have_attribute("data-phase", phase)
    wrong_line = mistake.line.replace(mistake.right, mistake.wrong)
    now = stepper.locator(".bptt-source [data-now]")
    expect(now).to_contain_text(mistake.stands or wrong_line)
    the_marked_value_is_the_wrong_one(stepper, mistake)
    the_diagnosis_stands_beside_it(report, stepper)


def the_marked_value_is_the_wrong_one(stepper: Locator, mistake: Mistake) -> None:
    """The first marked variable, its numbers, the reference's, and which entries are marked."""
    case = check(define(mistake.source, mistake.name)).call.arguments
    mine, right = mistake.values(case)
    marked = stepper.locator("[data-variable][data-departs]").first
    expect(marked).to_have_attribute("data-variable", mistake.variable)
    yours, reference = marked.locator("table").all()
    assert_says(yours.inner_text(), mine.ravel().tolist())
    assert_says(reference.inner_text(), right.ravel().tolist())
    entries = yours.locator("td").evaluate_all("all => all.map(one => 'departs' in one.dataset)")
    np.testing.assert_array_equal(entries, ~np.isclose(mine, right, rtol=1e-4).ravel())


def the_diagnosis_stands_beside_it(report: Locator, stepper: Locator) -> None:
    if report.get_attribute("data-diagnosis"):
        title = stepper.locator(".bptt-beside strong").inner_text()
        assert title in report.inner_text()


def a_right_function_has_no_button(lesson: LessonPage) -> None:
    cell, report = submit(lesson, "rnn_bptt", BACKWARD)
    expect(report).to_have_attribute("data-status", "passed")
    expect(cell.get_by_role("button", name="Step through your code")).to_have_count(0)
    expect(cell.locator("[data-bptt-stepper]")).to_have_count(0)


def a_helper_in_another_cell_is_followed(lesson: LessonPage) -> None:
    elsewhere = lesson.cell(lesson.index_of("stepper-first-walk"))
    lesson.replace(elsewhere, f"import numpy as np\n{ONE_STEP.replace('1 - h', '1 - before')}")
    lesson.run(elsewhere)
    cell, report = submit(lesson, "rnn_bptt", WITH_A_STEP)
    report.get_by_role("button", name="Step through your code").click()
    stepper = cell.locator("[data-bptt-stepper]")
    expect(stepper).to_have_attribute("data-step", "5")
    expect(stepper.locator(".bptt-way")).to_have_text(
        re.compile(r"^one_step_back, called in line \d+ of rnn_bptt$")
    )
    expect(stepper.locator(".bptt-source [data-now]")).to_contain_text("(1 - before ** 2)")
    marked = stepper.locator("[data-variable][data-departs]").first
    expect(marked).to_have_attribute("data-variable", "da")
