"""The explorers of the lesson in the built site, by the keys that a notebook likes to take."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lesson_page import LessonPage

pytestmark = pytest.mark.e2e

POSITIONS = {"explore-vanishing": 21, "explore-clipping": 8, "explore-attention": 20}


def test_each_explorer_answers_the_arrow_keys(page: Page, site_url: str) -> None:
    page.goto(site_url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    for cell_id, positions in POSITIONS.items():
        cell = lesson.cell(lesson.index_of(cell_id))
        lesson.run(cell)
        explorer = cell.locator("[data-bptt-explorer]")
        slider = explorer.get_by_role("slider")
        slider.press("Home")
        said = set()
        for _ in range(positions):
            said.add(explorer.get_by_role("status").inner_text())
            page.keyboard.press("ArrowRight")
        assert len(said) == positions
        expect(slider).to_be_focused()
    train(lesson)


def train(lesson: LessonPage) -> None:
    """Train a little, pause, go back, begin again from the same weights."""
    for cell_id in ("the-sentence", "watch-training", "explore-training"):
        cell = lesson.cell(lesson.index_of(cell_id))
        lesson.run(cell)
    explorer = cell.locator("[data-bptt-explorer]")
    status, slider = explorer.get_by_role("status"), explorer.get_by_role("slider")
    explorer.get_by_role("button", name="Train").press("Enter")
    expect(status).to_contain_text("It predicts:")
    explorer.get_by_role("button", name="Pause").press("Enter")
    slider.press("Home")
    expect(status).to_contain_text("Epoch 0 of")
    first = status.inner_text().split("trained: ")[1]
    explorer.get_by_role("button", name="Restart").press("Enter")
    expect(status).to_contain_text("Nothing is trained yet")
    explorer.get_by_role("button", name="Train").press("Enter")
    expect(status).to_contain_text("It predicts:")
    explorer.get_by_role("button", name="Pause").press("Enter")
    slider.press("Home")
    expect(status).to_contain_text(first)
