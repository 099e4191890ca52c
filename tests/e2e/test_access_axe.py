"""axe-core finds nothing in what is ours; what it finds in JupyterLab is listed in axe.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browsers import launch_chromium
from tests.e2e.axe import ALL_IN_SIGHT, UPSTREAM, assert_only
from tests.e2e.fits import assert_fits
from tests.e2e.lesson_page import LessonPage
from tests.notebooks.solutions import SOLUTIONS, solved_source
from tests.screenshots.album import NOTICES, WRONG

pytestmark = pytest.mark.e2e

LESSON = "notebooks/index.html?path=10_rnn_bptt.ipynb"
WIDGETS = [
    *["stepper-first-walk", "stepper-two-gradients", "truncation", "exploding-gradients"],
    *["explore-vanishing", "explore-clipping", "the-sentence", "watch-training"],
    *["explore-training", "explore-attention"],
]
# In forced colours a browser sets what is marked in black, and takes away what it was black upon.
MARKED = """() => {
    const marks = [...document.querySelectorAll(".jp-Notebook mark")];
    const colour = (element) => getComputedStyle(element).color;
    const unlike = marks.filter((mark) => colour(mark) !== colour(mark.parentElement));
    return { marked: marks.length > 0, "unlike the text around": unlike.length };
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_landing_page_has_no_violation(page: Page, site_url: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site_url)
    expect(page.locator("[data-bptt-stepper]")).to_be_visible()
    for width in (1280, 360):
        assert_fits(page, width)
        assert_only(page, set())
    for width in (640, 320):
        assert_fits(page, width)


def test_the_landing_page_has_none_without_javascript(
    playwright: Playwright, site_url: str
) -> None:
    with launch_chromium(playwright) as browser:
        page = browser.new_context().new_page()
        # axe is a script itself: the page's own are kept away instead.
        page.route("**/*.js", lambda route: route.abort())
        page.goto(site_url)
        expect(page.get_by_role("img", name="A recurrent network, unrolled")).to_be_visible()
        assert_only(page, set())


def test_the_lesson_has_none_but_the_listed(page: Page, site_url: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(site_url + LESSON)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    expect(page.locator("#title")).to_have_text("10. RNN: Backpropagation Through Time")
    page.add_style_tag(content=ALL_IN_SIGHT)
    assert_only(page, set())

    page.get_by_role("menubar").get_by_text("Settings").click()
    page.locator(".lm-Menu-item", has_text="Theme").click()
    assert_only(page, UPSTREAM["menu"])
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    for command in ("bptt:contents", "bptt:keys"):
        page.locator(f'.jp-NotebookPanel-toolbar [data-command="{command}"]').click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert_only(page, set())
        page.keyboard.press("Escape")

    fill(lesson)
    page.wait_for_timeout(1_000)  # what was opened is laid out, and named
    assert_only(page, set())
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false", timeout=60_000)
    assert_only(page, set())
    page.emulate_media(forced_colors="active")
    assert page.evaluate(MARKED) == {"marked": True, "unlike the text around": 0}
    page.emulate_media(forced_colors="none")
    for width in (640, 360):
        assert_fits(page, width)
        assert_only(page, set())
    assert_fits(page, 320)


def fill(lesson: LessonPage) -> None:
    """Bring to life whatever the lesson can show: verdicts, hints, steppers, charts."""
    lesson.run(lesson.cell(lesson.index_of("first-question")))
    solution = SOLUTIONS[0]
    cell = lesson.exercise(solution.__name__)
    shipped = lesson.cells_as_shipped[lesson.index_of_exercise(solution.__name__)]
    lesson.replace(cell, solved_source("".join(shipped["source"]), solution))
    lesson.run(cell)
    expect(lesson.report(solution.__name__)).to_have_attribute("data-status", "passed")
    cell = lesson.exercise("rnn_bptt")
    lesson.replace(cell, WRONG)
    lesson.run(cell)
    cell.get_by_role("button", name="Step through your code").click()
    expect(cell.locator('[data-source="yours"]')).to_be_visible()
    for cell_id in WIDGETS:
        lesson.run(lesson.cell(lesson.index_of(cell_id)))
    lesson.page.evaluate(
        "document.querySelectorAll('.jp-Notebook details').forEach((one) => { one.open = true })"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_notices_have_none(page: Page, site_url: str, scheme: str) -> None:
    """A pressing one and a patient one, as the page shows them; Tab leads to their buttons."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site_url + LESSON)
    LessonPage(page).wait_until_open()
    page.add_style_tag(content=ALL_IN_SIGHT)
    page.evaluate(NOTICES, f"{site_url}notebook-page/keeping/notice.js")
    expect(page.locator(".notice")).to_have_count(2)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(1_000)
        assert_only(page, set())

    page.locator("#start-page").focus()
    for name in ("Download", "Good"):
        page.keyboard.press("Tab")
        expect(page.locator(".notice").get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Enter")  # it closes, and the focus goes back
    expect(page.locator(".notice")).to_have_count(1)
    expect(page.locator(".notice").get_by_role("button", name="Download")).to_be_focused()
