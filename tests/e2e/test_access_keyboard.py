"""The whole way by keyboard alone: nothing is clicked, nothing is given the focus from outside."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import ALL_IN_SIGHT
from tests.e2e.lesson_page import STARTUP, LessonPage
from tests.notebooks.solutions import SOLUTIONS, solved_source

pytestmark = pytest.mark.e2e

SELECTED = "jupyterapp.shell.currentWidget.content.activeCellIndex"
# Whether what is seen at the middle of something is that.
UNCOVERED = """(css) => {
    const { x, y, width, height } = document.querySelector(css).getBoundingClientRect();
    return Boolean(document.elementFromPoint(x + width / 2, y + height / 2)?.closest(css));
}"""
# What live regions of the report say, each time that they say something else.
LISTEN = """(name) => {
    window.spoken = [];
    new MutationObserver(() => {
        const said = document.querySelector(`[data-bptt-check="${name}"] [role=status]`)?.innerText;
        if (said && said !== window.spoken.at(-1)) window.spoken.push(said);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def tab_to(page: Page, css: str, at_most: int = 40) -> None:
    """Press Tab until the focus is there."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate("(css) => Boolean(document.activeElement?.matches(css))", css):
            return
    raise AssertionError(f"Tab does not lead to {css}")


def walk_to(page: Page, index: int) -> None:
    """Go from cell to cell by the arrow keys, outside an editor."""
    while (here := page.evaluate(SELECTED)) != index:
        page.keyboard.press("ArrowDown" if here < index else "ArrowUp")
        page.wait_for_function(f"{SELECTED} !== {here}")


def test_the_way_past_the_menus_is_open_before_the_notebook_is(page: Page, site_url: str) -> None:
    lesson = LessonPage(page)
    page.goto(f"{site_url}notebooks/index.html?path={lesson.name}", wait_until="domcontentloaded")
    tab_to(page, "#skip")
    assert page.evaluate(UNCOVERED, "#skip"), "the link has the focus, and nobody sees it"
    page.keyboard.press("Enter")
    lesson.wait_until_open()
    expect(page.locator(".jp-Notebook :focus, .jp-Notebook:focus")).to_be_attached()
    assert not page.url.endswith("#"), "the link went nowhere"


def test_the_lesson_is_done_by_keyboard_alone(page: Page, site_url: str) -> None:
    page.goto(site_url)
    tab_to(page, "#open-lesson")
    page.keyboard.press("Enter")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    lesson.wait_until_idle()

    # Past the menus and into the notebook; through its cells; into an editor and out again.
    tab_to(page, "#skip")
    page.keyboard.press("Enter")
    exercise = lesson.index_of_exercise("rnn_forward_cache")
    walk_to(page, exercise)
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content:focus")).to_have_attribute(
        "aria-label", f"Editor of exercise rnn_forward_cache, cell {exercise + 1}"
    )
    expect(page.locator("#way-out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#way-out")).to_be_hidden()
    assert page.evaluate(SELECTED) == exercise
    for keys in ("Alt+W", "Control+Shift+Q", "Control+Shift+S"):
        page.keyboard.press(keys)  # JupyterLab's: close the notebook, close it, save it elsewhere
    page.wait_for_timeout(500)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate(SELECTED) == exercise

    # Write the first exercise and have it checked: the verdict is spoken, once.
    page.evaluate(LISTEN, "rnn_forward_cache")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    scaffold = "".join(lesson.cells_as_shipped[exercise]["source"])
    page.keyboard.insert_text(solved_source(scaffold, SOLUTIONS[0]))
    page.keyboard.press("Shift+Enter")
    report = lesson.report("rnn_forward_cache")
    expect(report).to_have_attribute("data-status", "passed", timeout=STARTUP)
    page.wait_for_timeout(500)
    assert page.evaluate("spoken") == [report.get_by_role("status").inner_text()]

    # Back to the stepper: run its cell, into it by Tab, through time by the arrow keys.
    stepper = lesson.index_of("stepper-first-walk")
    walk_to(page, stepper)
    page.keyboard.press("Shift+Enter")
    shown = page.locator("[data-bptt-stepper]")
    expect(shown).to_be_visible(timeout=STARTUP)
    walk_to(page, stepper)
    tab_to(page, "[data-bptt-stepper] .bptt-window")
    page.keyboard.press("Home")
    expect(shown).to_have_attribute("data-step", "0")
    for step in (1, 2):
        page.keyboard.press("ArrowRight")
        expect(shown).to_have_attribute("data-step", str(step))
    assert page.evaluate(SELECTED) == stepper  # the arrows were the stepper's

    # Out of it, and on to the lesson's end.
    page.keyboard.press("Escape")
    expect(page.locator(".jp-Cell:focus")).to_have_attribute("aria-posinset", str(stepper + 1))
    last = len(lesson.cells_as_shipped) - 1
    page.keyboard.press("Control+End")
    walk_to(page, last)
    expect(page.locator(".jp-Cell:focus")).to_be_in_viewport()
    expect(page.locator(".jp-Cell:focus")).to_contain_text("Final summary")
    # Which cell that is shows where the system picks the colours, too.
    page.emulate_media(forced_colors="active")
    expect(page.locator(".jp-Cell:focus")).to_have_css("outline-style", "solid")


def test_what_is_wider_than_the_page_is_scrolled_by_keys(page: Page, site_url: str) -> None:
    page.goto(site_url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    page.add_style_tag(content=ALL_IN_SIGHT)
    lesson.wait_until_idle()
    page.locator("mjx-container").nth(50).wait_for()
    for kind, name in (("mjx-container[display]", "Equation"), ("table", "Table")):
        wide = page.locator(f'.jp-RenderedMarkdown {kind}[tabindex="0"]').first
        expect(wide).to_have_count(0)  # all have room
        page.set_viewport_size({"width": 260, "height": 800})
        called = f"{name}, wider than the page: the arrow keys scroll it"
        expect(wide).to_have_accessible_name(called, timeout=60_000)
        wide.focus()
        cell = page.evaluate(SELECTED)
        page.keyboard.press("ArrowRight")
        page.wait_for_function("document.activeElement.scrollLeft > 0")
        assert page.evaluate(SELECTED) == cell
        page.set_viewport_size({"width": 1280, "height": 800})
