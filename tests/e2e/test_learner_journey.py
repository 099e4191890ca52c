"""What a learner does on the first day, from the landing page to a trained network.

One journey, because that is how it happens: one browser on a cold profile, one
notebook, each step building on the one before.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.lesson_page import LessonPage
from tests.notebooks.solutions import SOLUTIONS, solved_source

pytestmark = pytest.mark.e2e

EXERCISES = [solution.__name__ for solution in SOLUTIONS]
STEPS = 4  # the lesson's first walk records four time steps
AUTOSAVE = 5_000  # milliseconds, as site_config sets it


def test_a_learner_goes_from_the_landing_page_to_a_trained_network(
    page: Page, site_url: str
) -> None:
    lesson = enter_the_lesson(page, site_url)
    for name in EXERCISES:
        the_scaffold_fails_kindly(lesson, name)
    step_there_and_back(lesson)
    for solution in SOLUTIONS:
        solve(lesson, solution)
    train(lesson)
    the_work_is_there_after_a_reload(lesson)


def enter_the_lesson(page: Page, site_url: str) -> LessonPage:
    page.goto(site_url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.locator('a[href*="10_rnn_bptt.ipynb"]').first.click()
    lesson = LessonPage(page)
    lesson.wait_until_open()
    return lesson


def the_scaffold_fails_kindly(lesson: LessonPage, name: str) -> None:
    lesson.run(lesson.exercise(name))
    report = lesson.report(name)
    expect(report).to_have_attribute("data-status", "failed")
    expect(report).to_have_attribute("data-diagnosis", "not-written-yet")
    expect(lesson.exercise(name).locator("text=Traceback")).to_have_count(0)


def step_there_and_back(lesson: LessonPage) -> None:
    cell = lesson.cell(lesson.index_of("stepper-first-walk"))
    lesson.run(cell)
    stepper = cell.locator("[data-bptt-stepper]")
    stepper.wait_for()
    stepper.get_by_role("group", name="unrolled network").focus()
    forward = [("forward", t) for t in range(STEPS)]
    path = forward + [("backward", t) for _, t in reversed(forward)]
    sentences = walk(stepper, "ArrowRight", path)
    assert len(set(sentences)) == len(path)
    assert walk(stepper, "ArrowLeft", path[::-1]) == sentences[::-1]
    stepper.press("End")
    stands_at(stepper, path[-1])
    stepper.press("Home")
    stands_at(stepper, path[0])
    slider = stepper.get_by_role("slider")
    for position in (3, 6, 1):  # three times: sliders that move only once have been seen
        slider.fill(str(position))
        stands_at(stepper, path[position])
        assert stepper.get_by_role("status").inner_text() == sentences[position]


def walk(stepper: Locator, key: str, path: list[tuple[str, int]]) -> list[str]:
    """Press `key` along the path; return the sentence of each state."""
    sentences = []
    for i, place in enumerate(path):
        if i:
            stepper.page.keyboard.press(key)
        stands_at(stepper, place)
        phase, t = place
        sentence = stepper.get_by_role("status").inner_text()
        assert sentence.startswith(f"{phase.capitalize()}, step {t}:")
        sentences.append(sentence)
    return sentences


def stands_at(stepper: Locator, place: tuple[str, int]) -> None:
    expect(stepper).to_have_attribute("data-phase", place[0])
    expect(stepper).to_have_attribute("data-step", str(place[1]))


def solve(lesson: LessonPage, solution: object) -> None:
    name = solution.__name__
    cell = lesson.exercise(name)
    scaffold = "".join(lesson.cells_as_shipped[lesson.index_of_exercise(name)]["source"])
    lesson.replace(cell, solved_source(scaffold, solution))
    lesson.run(cell)
    expect(lesson.report(name)).to_have_attribute("data-status", "passed")


def train(lesson: LessonPage) -> None:
    lesson.run(lesson.cell(lesson.index_of("the-sentence")))
    cell = lesson.cell(lesson.index_of("watch-training"))
    lesson.run(cell)
    status = cell.get_by_role("status").filter(has_text=re.compile(r"^(\d+) of \1 epochs:"))
    status.wait_for(timeout=120_000)
    first, last = re.search(r"from ([\d.e-]+) to ([\d.e-]+);", status.inner_text()).groups()
    assert float(last) < 0.1 * float(first)
    expect(cell.locator(".jp-OutputArea")).to_contain_text("rnn_bptt: yours")


def the_work_is_there_after_a_reload(lesson: LessonPage) -> None:
    lesson.page.wait_for_timeout(AUTOSAVE + 3_000)  # nothing is pressed: the page saves by itself
    lesson.page.reload()
    lesson.wait_until_open()
    for solution in SOLUTIONS:
        name = solution.__name__
        editor = lesson.exercise(name).locator(".cm-content")
        expect(editor).to_contain_text(solution.__doc__.split(";")[0])
        expect(editor).not_to_contain_text("NotImplementedError")
