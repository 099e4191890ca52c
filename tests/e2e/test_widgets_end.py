"""How a widget ends in the built site: by a reload, by a restart, by its cell run again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.lesson_page import LessonPage

pytestmark = pytest.mark.e2e

RUN_AGAIN = """async (times) => {
  for (let i = 0; i < times; i++) {
    await jupyterapp.commands.execute("notebook:run-cell");
    while (!document.querySelector(".jp-mod-active [data-bptt-live] section")) {
      await new Promise((done) => setTimeout(done, 10));
    }
  }
}"""


def opened(page: Page, site_url: str) -> LessonPage:
    page.goto(site_url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    return lesson


def cell_of(lesson: LessonPage, cell_id: str) -> Locator:
    return lesson.cell(lesson.index_of(cell_id))


def run_first(cell: Locator) -> None:
    """Run a cell under a new kernel: its number may be 1 as it was before."""
    cell.locator(".cm-content").click()
    cell.page.keyboard.press("Shift+Enter")
    expect(cell.locator("[data-bptt-stepper]")).to_be_visible(timeout=120_000)


def test_without_python_a_widget_says_run_this_cell_again(page: Page, site_url: str) -> None:
    lesson = opened(page, site_url)
    stepper = cell_of(lesson, "stepper-first-walk")
    lesson.run(stepper)
    expect(stepper.locator("[data-bptt-stepper]")).to_be_visible()
    expect(stepper.locator(".bptt-still")).to_be_hidden()
    other = cell_of(lesson, "stepper-two-gradients")
    lesson.replace(other, "import ipywidgets\nipywidgets.IntSlider(description='theirs')")
    lesson.run(other)
    theirs = other.locator(".widget-label")
    expect(theirs).to_have_text("theirs")

    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    expect(stepper.get_by_text("run this cell again")).to_be_visible()
    expect(stepper.locator("[data-bptt-stepper]")).to_be_hidden()
    expect(other.get_by_text("run this cell again")).to_be_visible()
    assert theirs.evaluate("one => one.closest('[inert]') !== null")
    lesson.wait_until_idle()
    run_first(stepper)
    expect(stepper.get_by_text("run this cell again")).to_be_hidden()

    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    lesson = opened(page, site_url)
    other = cell_of(lesson, "stepper-two-gradients")
    expect(other.locator(".jp-OutputArea")).to_contain_text("IntSlider(")  # no more than its name
    expect(page.get_by_text("Loading widget")).to_be_hidden()
    stepper = cell_of(lesson, "stepper-first-walk")
    expect(stepper.get_by_role("img", name="A run of an RNN")).to_be_visible()
    expect(stepper.get_by_text("run this cell again")).to_be_visible()
    expect(stepper.get_by_text("Stepper object")).to_be_hidden()
    run_first(stepper)
    expect(stepper.locator(".bptt-still")).to_be_hidden()


@pytest.mark.parametrize("cell_id", ["stepper-first-walk", "explore-clipping"])
def test_a_cell_run_fifty_times_leaves_nothing_behind(
    page: Page, site_url: str, cell_id: str
) -> None:
    lesson = opened(page, site_url)
    lesson.run(cell_of(lesson, cell_id))
    cell_of(lesson, cell_id).locator(".jp-InputArea-prompt").click()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def counts() -> dict[str, float]:
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
            page.wait_for_timeout(300)
        found = session.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in found}

    page.evaluate(RUN_AGAIN, 15)  # by then the browser has compiled what it will
    few = counts()
    page.evaluate(RUN_AGAIN, 50)
    many = counts()
    growth = {
        name: many[name] - few[name] for name in ("JSEventListeners", "Nodes", "JSHeapUsedSize")
    }
    print(cell_id, growth)
    assert growth["JSEventListeners"] <= 25
    assert growth["Nodes"] <= 500
    # JupyterLab keeps some 20 kB of its own for each run; a widget that is kept is 60 kB at least.
    assert growth["JSHeapUsedSize"] <= 2_000_000
