"""What stands around a notebook: its name, its few tools, its menus, and where each leads."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lesson_page import STARTUP, LessonPage

pytestmark = pytest.mark.e2e

LESSON = "notebooks/index.html?path=10_rnn_bptt.ipynb"
TOOLS = ["Contents", "Run", "Restart", "Cell", "Download", "Start afresh", "Keys"]

# Every entry, so that one which a new JupyterLab brings along is looked at before it is shipped.
MENUS = {
    "File": ["Save Notebook", "Download", "Start Afresh…"],
    "Edit": [
        *["Undo", "Redo", "Undo Cell Operation", "Redo Cell Operation"],
        *["Cut Cell", "Copy Cell", "Paste Cell Below", "Paste Cell Above", "Delete Cell"],
        *["Select All Cells", "Deselect All Cells", "Move Cell Up", "Move Cell Down"],
        *["Split Cell", "Merge Cell Above", "Merge Cell Below"],
        *["Clear Cell Output", "Clear Outputs of All Cells"],
        *["Find…", "Find and Replace…", "Find Next", "Find Previous"],
    ],
    "Run": [
        *["Run Selected Cell", "Run Selected Cell and Insert Below"],
        *["Run Selected Cell and Do not Advance", "Run All Above Selected Cell"],
        *["Run Selected Cell and All Below", "Run All Cells"],
        *["Restart Kernel and Run All Cells…", "Cell Type"],
    ],
    "Kernel": [
        *["Interrupt Kernel", "Restart Kernel…"],
        "Restart Kernel and Clear Outputs of All Cells…",
        "Restart Kernel and Run up to Selected Cell…",
        "Restart Kernel and Run All Cells…",
    ],
    "Settings": ["Theme", "Show Line Numbers", "Save Widget State Automatically"],
    "Help": ["Keys"],
}

# The links that can be seen, each with where it leads and whether it stands in the notebook's text.
LINKS = """() => {
const headings = [...document.querySelectorAll("[id], [data-jupyter-id]")].map(
    (one) => one.dataset.jupyterId ?? one.id);
const seen = [...document.querySelectorAll("a[href]")].filter((link) => link.checkVisibility());
return seen.map((link) => ({
    href: link.href,
    written: link.getAttribute("href"),
    text: link.textContent.trim(),
    inText: Boolean(link.closest(".jp-RenderedMarkdown")),
    opensApart: link.target === "_blank" && link.rel.includes("noopener"),
    names: headings.includes(decodeURIComponent(link.hash.slice(1))),
}));
}"""


@pytest.fixture
def lesson(page: Page, site_url: str) -> LessonPage:
    page.goto(site_url + LESSON)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    expect(page.locator("#title")).to_have_text("10. RNN: Backpropagation Through Time")
    return lesson


def test_the_tools_are_few_and_each_does_what_it_says(lesson: LessonPage, site_url: str) -> None:
    page = lesson.page
    expect(page).to_have_title("10. RNN: Backpropagation Through Time · BPTT, step by step")
    labels = page.locator(".jp-NotebookPanel-toolbar .jp-ToolbarButtonComponent-label")
    expect(labels.filter(has_text="Keys")).to_be_visible()  # ours come a moment later
    assert set(TOOLS) <= set(labels.all_inner_texts())

    # By keyboard: from the menus Tab leads to the first tool, the arrow keys to the others; and
    # the key that opens a dialog does not answer it as well.
    page.locator("#start-page").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator('[data-command="bptt:contents"]')).to_be_focused()
    for _ in range(TOOLS.index("Start afresh") + 1):  # beside the others there is Stop
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Start this notebook afresh?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator('jp-button[data-command="bptt:start-afresh"]')).to_be_focused()

    page.locator('[data-command="bptt:contents"]').click()
    dialog = page.get_by_role("dialog", name="Contents")
    dialog.get_by_role("button", name="Task 3: gradient clipping").click()
    expect(page.locator(".jp-Cell:focus")).to_have_attribute(
        "aria-label", re.compile("Task 3: gradient clipping, cell")
    )
    page.locator('[data-command="bptt:keys"]').click()
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("leaves the editor")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)

    with page.expect_download() as download:
        page.locator('.jp-NotebookPanel-toolbar [data-command="docmanager:download"]').click()
    assert download.value.suggested_filename == "10_rnn_bptt.ipynb"

    page.locator("#start-page").click()
    expect(page).to_have_url(re.compile(re.escape(site_url) + r"(index\.html)?$"))


def test_starting_afresh_asks_first_and_keeps_a_copy(lesson: LessonPage) -> None:
    page = lesson.page
    cell = lesson.exercise("clip_gradients")
    lesson.replace(cell, "# mine")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")  # by itself
    afresh = page.locator('.jp-NotebookPanel-toolbar [data-command="bptt:start-afresh"]')
    afresh.click()
    dialog = page.get_by_role("dialog", name="Start this notebook afresh?")
    dialog.get_by_role("button", name="Cancel").click()
    expect(lesson.exercise("clip_gradients")).to_contain_text("# mine")

    afresh.click()
    dialog.get_by_role("button", name="Start afresh").click()
    done = page.get_by_role("dialog", name="Done")
    expect(done).to_contain_text("Yours is kept as", timeout=STARTUP)
    kept = re.search("“(.+)”", done.inner_text())[1]
    done.get_by_role("button", name="Close").click()
    expect(lesson.exercise("clip_gradients")).to_contain_text("raise NotImplementedError")
    page.goto(page.url.split("?")[0] + f"?path={kept}")
    lesson.wait_until_open()
    expect(page.locator("#title")).to_contain_text("(kept ")
    expect(lesson.exercise("clip_gradients")).to_contain_text("# mine")


def test_every_menu_entry_and_every_link_leads_somewhere(lesson: LessonPage, site_url: str) -> None:
    page = lesson.page
    found = {}
    for menu in page.locator(".lm-MenuBar-item").all():
        menu.click()
        labels = page.locator(".lm-Menu .lm-Menu-itemLabel").all_inner_texts()
        found[menu.inner_text()] = [label for label in labels if label]
        page.keyboard.press("Escape")
    assert found == MENUS

    # No palette, no menu under the right button but the browser's own.
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Control+Shift+C")
    page.locator(".jp-Notebook .jp-Cell").first.click(button="right")
    page.wait_for_timeout(500)
    expect(page.locator(".lm-CommandPalette, .lm-Menu")).to_have_count(0)

    for name in ("10_rnn_bptt.ipynb", "11_char_rnn.ipynb"):
        page.goto(f"{site_url}notebooks/index.html?path={name}")
        lesson.wait_until_open()
        page.wait_for_function("document.querySelectorAll('.jp-RenderedMarkdown').length > 8")
        follow_all(page, site_url)
    for start in ("", "index.html", "tree/index.html"):
        page.goto(site_url + start)
        follow_all(page, site_url)


def follow_all(page: Page, site_url: str) -> None:
    """Each link stays on the site and is answered, or is a citation in the notebook's text."""
    links = page.evaluate(LINKS)
    assert links
    for link in links:
        where = link["href"].split("#")[0]
        if link["href"].startswith("blob:"):
            # JupyterLab's address for a notebook of ours; test_site_pages clicks on one.
            assert link["inText"], link
            assert link["text"].startswith("notebook 1"), link
        elif not link["href"].startswith(site_url):
            assert link["inText"], link  # the frame around the text leads nowhere else
            assert link["href"].startswith("https://"), link
            assert link["opensApart"], link  # and does not take the notebook's place
        elif link["written"].startswith("#"):
            assert link["names"] or link["written"] == "#", link
        else:
            assert page.request.get(where).ok, link
