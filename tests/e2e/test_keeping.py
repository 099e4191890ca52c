"""What is typed is kept: saved within five seconds, and not lost when the tab dies before that."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.keeping import NAME, NOTEBOOK, open_lesson, text_in, wait_until_saved, write
from tests.e2e.lesson_page import LessonPage

pytestmark = pytest.mark.e2e

# What stands in the browser's store, asked of it directly.
STORED = f"""async () => {{
    const name = `JupyterLite Storage - ${{new URL("..", location.href).pathname}}`;
    const open = indexedDB.open(name);
    const database = await new Promise((done) => {{ open.onsuccess = () => done(open.result); }});
    const asked = database.transaction("files").objectStore("files").get("{NAME}");
    const file = await new Promise((done) => {{ asked.onsuccess = () => done(asked.result); }});
    database.close();
    return JSON.stringify(file?.content ?? null);
}}"""


def test_it_is_stored_within_five_seconds_and_outlives_the_tab(page: Page, site_url: str) -> None:
    page.add_init_script(
        "navigator.storage.persist = async () => { window.askedToPersist = true; return false; }"
    )
    lesson = open_lesson(page, site_url)
    lesson.wait_until_idle()
    wait_until_saved(page)
    assert page.evaluate("window.askedToPersist") is None  # nothing of the learner's to keep yet
    write(lesson, "# typed, and nothing pressed")
    typed = time.monotonic()
    while "# typed, and nothing pressed" not in page.evaluate(STORED):
        assert time.monotonic() - typed < 5
        page.wait_for_timeout(100)
    page.wait_for_function("window.askedToPersist")

    other = page.context.new_page()
    page.close()  # without a word, as when a browser is ended
    open_lesson(other, site_url)
    assert "# typed, and nothing pressed" in text_in(other)
    other.goto("about:blank")


def test_pressing_save_while_typing_brings_no_question(page: Page, site_url: str) -> None:
    """JupyterLab would take for another's what a save of its own has just stored."""
    lesson = open_lesson(page, site_url)
    # A slow disk: each save lasts, and what began it has time to be asked for again.
    page.evaluate("""() => {
        const { contents } = jupyterapp.serviceManager;
        const { save } = contents;
        contents.save = async function (...all) {
            const stored = await save.apply(contents, all);
            await new Promise((done) => setTimeout(done, 700));
            return stored;
        };
    }""")
    write(lesson, "#")
    for n in range(16):
        page.keyboard.type(f" {n}")
        page.keyboard.press("Control+S")
        if n % 4 == 2:  # a Ctrl+S is still under way
            page.evaluate("void jupyterapp.shell.currentWidget.context.save()")
        page.wait_for_timeout(150)
        assert page.locator(".jp-Dialog").count() == 0  # the next key would answer it
    wait_until_saved(page)
    assert "# 0 1 2" in text_in(page)
    assert "13 14 15" in page.evaluate(STORED)


def test_a_tab_closed_one_second_after_typing_loses_nothing(page: Page, site_url: str) -> None:
    open_lesson(page, site_url)
    # From here on the browser stores nothing, however long it is waited for: only what is
    # written down at once can help.
    page.evaluate("void (jupyterapp.serviceManager.contents.save = () => new Promise(() => {}))")
    write(LessonPage(page), "# the last line before the crash")
    new = page.locator(".jp-Notebook .jp-Cell").nth(1)
    new.click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("# in a cell of my own")
    page.wait_for_timeout(1_000)
    assert "the last line" not in page.evaluate(STORED)

    other = page.context.new_page()
    page.close()
    open_lesson(other, site_url)
    said = other.get_by_role("region", name="Your last lines are back")
    expect(said).to_contain_text("in 2 cells")
    text = text_in(other)
    assert "# the last line before the crash" in text
    assert "# in a cell of my own" in text
    wait_until_saved(other)
    assert "# the last line before the crash" in other.evaluate(STORED)
    assert other.evaluate("Object.keys(localStorage).filter(k => k.includes('unsaved'))") == []
    said.get_by_role("button", name="Good").click()
    expect(said).to_have_count(0)
    other.goto("about:blank")


# A slow browser: it takes longer to say that nobody else has the notebook open than another
# page of the same tab would take to leave.
SLOW_LOCKS = """
const request = navigator.locks.request;
navigator.locks.request = async (...all) => {
    await new Promise((done) => setTimeout(done, 900));
    return request.apply(navigator.locks, all);
};
new MutationObserver(() => {
    window.waited ||= Boolean(document.getElementById("other-tab"));
}).observe(document, { subtree: true, childList: true });
"""


def test_the_notebook_opens_where_it_was_left(page: Page, site_url: str) -> None:
    page.add_init_script(SLOW_LOCKS)
    lesson = open_lesson(page, site_url)
    cell = lesson.exercise("clip_gradients")
    write(lesson, "# half an answer", "clip_gradients")
    page.goto(site_url)
    expect(page.get_by_role("link", name="Continue the lesson")).to_be_visible()
    page.goto(site_url + NOTEBOOK)
    lesson.wait_until_open()
    expect(cell).to_be_in_viewport(timeout=60_000)  # the cells above it are laid out first
    assert page.evaluate("window.waited") is False
    expect(cell).to_contain_text("# half an answer")
    assert "# half an answer" in text_in(page)


# Goes into another cell's editor, as a screen reader does, once the page has gone to the place.
GO_ELSEWHERE = """
const looking = setInterval(() => {
    const notebook = window.jupyterapp?.shell?.currentWidget?.content;
    if (!(notebook?.activeCellIndex > 0)) return;
    clearInterval(looking);
    window.elsewhere = notebook.widgets.find((cell) => cell.model.type === "code");
    window.elsewhere.node.querySelector(".cm-content").focus();
}, 5);
"""


def test_nobody_is_taken_back_to_where_they_were(page: Page, site_url: str) -> None:
    lesson = open_lesson(page, site_url)
    write(lesson, "# half an answer", "rnn_forward_cache")
    page.goto(site_url)
    page.add_init_script(GO_ELSEWHERE)
    page.goto(site_url + NOTEBOOK)
    page.wait_for_function("window.elsewhere", timeout=60_000)
    lesson.wait_until_idle()
    page.wait_for_timeout(1_000)
    assert page.evaluate("elsewhere.node.contains(document.activeElement)")
    assert page.evaluate("jupyterapp.shell.currentWidget.content.activeCell === elsewhere")
