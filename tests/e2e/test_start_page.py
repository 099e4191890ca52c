"""The start page and the learner's own work: progress, a file out and in, starting afresh."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browsers import launch_chromium
from tests.e2e.keeping import NAME, NOTEBOOK, open_lesson, text_in, wait_until_saved
from tests.e2e.lesson_page import STARTUP, LessonPage
from tests.notebooks.solutions import SOLUTIONS, solved_source

pytestmark = pytest.mark.e2e

MINE = SOLUTIONS[0].__doc__.split(";")[0]


def card(page: Page) -> Locator:
    return page.locator(f'[data-notebook="{NAME}"]')


def work_on_the_lesson(page: Page, site_url: str) -> None:
    """Pass the first exercise; saving is the page's affair."""
    lesson = open_lesson(page, site_url)
    cell = lesson.exercise("rnn_forward_cache")
    scaffold = "".join(
        lesson.cells_as_shipped[lesson.index_of_exercise("rnn_forward_cache")]["source"]
    )
    lesson.replace(cell, solved_source(scaffold, SOLUTIONS[0]))
    lesson.run(cell)
    expect(lesson.report("rnn_forward_cache")).to_have_attribute("data-status", "passed")
    wait_until_saved(page)


def load(page: Page, file: Path | str, name: str = "work.json") -> None:
    """Choose a file, by its path or with this content."""
    content = file.read_bytes() if isinstance(file, Path) else file.encode()
    page.locator("#load-work").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": content}
    )


def answer(page: Page, question: str, button: str) -> None:
    """Answer the page's question."""
    page.get_by_role("dialog", name=question).get_by_role("button", name=button).click()


def test_work_is_seen_saved_reset_and_loaded(page: Page, site_url: str, tmp_path: Path) -> None:
    page.goto(site_url)
    expect(page.get_by_role("link", name="Open the lesson")).to_be_visible()
    expect(page.get_by_role("button", name="Save all my work")).to_be_disabled()
    work_on_the_lesson(page, site_url)

    page.goto(site_url)
    on = page.get_by_role("link", name="Continue the lesson")
    expect(on).to_be_visible()
    expect(page.locator("#where-you-were")).to_contain_text("Task 2: the backward pass")
    far = f"1 of {len(SOLUTIONS)} checks passed"
    expect(card(page)).to_contain_text(far)
    expect(card(page).locator("progress")).to_have_js_property("value", 1)
    expect(page.locator('[data-exercise="rnn_forward_cache"]')).to_contain_text("✓ passed")
    expect(page.locator('[data-exercise="rnn_bptt"]')).not_to_contain_text("passed")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save all my work").click()
    file = tmp_path / "work.json"
    saved.value.save_as(file)

    said = page.locator("#work-said")
    afresh = card(page).get_by_role("button", name="Start this notebook afresh")
    afresh.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()  # asks first
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(afresh).to_be_focused()
    expect(card(page)).to_contain_text(far)
    afresh.press("Enter")
    answer(page, "Start this notebook afresh?", "Start afresh")
    expect(said).to_contain_text("Yours is kept as")
    expect(page.get_by_role("link", name="Open the lesson")).to_be_visible()
    card(page).get_by_text("1 kept copy").click()
    expect(card(page).get_by_role("listitem")).to_contain_text(far)

    load(page, file)
    answer(page, "Load this work?", "Leave it as it is")
    expect(said).to_have_text("Nothing was changed.")
    load(page, file)
    expect(page.get_by_role("dialog", name="Load this work?")).to_contain_text(f"{NAME} ({far})")
    answer(page, "Load this work?", "Load it")
    expect(said).to_have_text("1 file is back.")
    expect(card(page)).to_contain_text(far)
    open_lesson(page, site_url)
    assert MINE in text_in(page)

    page.goto(site_url)
    card(page).get_by_text("1 kept copy").click()
    card(page).get_by_role("button", name="Delete the copy").click()
    answer(page, "Delete this copy?", "Delete it")
    expect(card(page).locator(".copies")).to_have_count(0)
    expect(card(page)).to_contain_text(far)


def test_what_is_open_in_a_tab_is_not_changed_from_here(page: Page, site_url: str) -> None:
    lesson = open_lesson(page, site_url)
    lesson.replace(lesson.exercise("rnn_bptt"), "# being written")
    wait_until_saved(page)
    start = page.context.new_page()
    start.goto(site_url)
    card(start).get_by_role("button", name="Start this notebook afresh").click()
    said = start.locator("#work-said")
    expect(said).to_contain_text("is open in another tab: close it there first")
    load(start, json.dumps({"format": "bptt-work", "version": 1, "files": {NAME: lesson_file()}}))
    expect(said).to_contain_text(f"“{NAME}” is open in another tab")
    assert "# being written" in text_in(page)


def lesson_file(*sources: str, path: str = NAME, **cell: object) -> dict:
    """A file of saved work's entry: a notebook of code cells."""
    cells = [
        {"id": f"c{i}", "cell_type": "code", "source": s, "metadata": {}, "outputs": []} | cell
        for i, s in enumerate(sources)
    ]
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    return {"path": path, "type": "notebook", "content": content}


def bundle(version: int = 1, **files: object) -> str:
    return json.dumps({"format": "bptt-work", "version": version, "files": files})


DAMAGED = "is damaged"
BAD_PATHS = (
    "../x.ipynb",
    "/x.ipynb",
    "a/../../x.ipynb",
    "a//x",
    "a\\x",
    "a\u202ex",
    "",
    "__proto__",
)
REFUSED = {
    "{truncated": DAMAGED,
    "": DAMAGED,
    "null": "not a file of saved work",
    json.dumps({"cells": []}): "not a file of saved work",
    bundle(2, a={}): "a newer version of the course (2; this page reads 1)",
    bundle(0, a={}): "does not know",
    bundle(): "it holds no files",
    bundle(a={}): "“a” in it is not a whole file",
    bundle(a=lesson_file(path="b")): "“a” in it is not a whole file",
    bundle(a={"path": "a", "type": "file", "format": "text", "content": ["x"]}): DAMAGED,
    bundle(a={"path": "a", "type": "pipe", "content": ""}): DAMAGED,
    bundle(**{NAME: lesson_file(7)}): DAMAGED,
    bundle(**{NAME: lesson_file("x", cell_type="script")}): DAMAGED,
    bundle(**{NAME: lesson_file("x", outputs=["<b>"])}): DAMAGED,
    bundle(**{NAME: lesson_file(*["x"] * 10_000)}): DAMAGED,
    bundle(fine=lesson_file("x", path="fine"), **{NAME: {}}): DAMAGED,  # all of it, or none
    **{bundle(**{path: lesson_file("x", path=path)}): DAMAGED for path in BAD_PATHS},
}


def test_what_is_not_saved_work_is_refused_and_changes_nothing(page: Page, site_url: str) -> None:
    page.goto(site_url)
    said = page.locator("#work-said")
    load(page, bundle(**{NAME: lesson_file("# mine")}))
    answer(page, "Load this work?", "Load it")
    expect(said).to_contain_text("is back")
    before = page.evaluate(ALL_STORED)
    assert "# mine" in before
    for content, sentence in REFUSED.items():
        page.evaluate("document.getElementById('work-said').textContent = ''")
        load(page, content)
        expect(said, content[:200]).to_contain_text(sentence)
        expect(said).to_contain_text("Nothing was changed")
    huge = page.evaluate(
        "import(new URL('start/bundle.js', location.href)).then((bundle) => bundle.LIMIT)"
    )
    page.evaluate(
        """(size) => {
            const input = document.getElementById("load-work"), all = new DataTransfer();
            all.items.add(new File([new Uint8Array(size)], "huge.json"));
            input.files = all.files;
            input.dispatchEvent(new Event("change"));
        }""",
        huge + 1,
    )
    expect(said).to_contain_text("larger than any course work")
    assert page.evaluate(ALL_STORED) == before


ALL_STORED = """async () => {
    const { allWork } = await import(new URL("start/work.js", location.href));
    return JSON.stringify([...await allWork()]);
}"""

# Each tries to leave a mark on whoever opens the notebook.
MARK = "parent.document.documentElement.dataset.hostile = 'yes'"
HTML = (
    f'<img src="data:image/png,x" onerror="{MARK}"><script>{MARK}</script>'
    f'<iframe srcdoc="<script>{MARK}">'
)
HOSTILE = [
    {"output_type": "display_data", "metadata": {}, "data": data}
    for data in (
        {"text/html": HTML},
        {"application/javascript": MARK},
        {"image/svg+xml": f'<svg xmlns="http://www.w3.org/2000/svg" onload="{MARK}"></svg>'},
        {"text/markdown": HTML},
    )
]


def test_hostile_work_does_nothing(page: Page, site_url: str) -> None:
    """Loaded into a browser that never had a notebook open, shown, and opened."""
    file = lesson_file("# hostile", metadata={"trusted": True}, outputs=HOSTILE)
    markdown = {"id": "m", "cell_type": "markdown", "source": HTML, "metadata": {"trusted": True}}
    file["content"]["cells"].append(markdown)
    file["content"]["metadata"] = {"widgets": {"state": {}}, "kernelspec": {"name": "python"}}
    name = "<img src=data:image/png,x onerror=alert()>.txt"
    text = {
        "path": name,
        "type": "file",
        "format": "text",
        "content": "mine",
        "__proto__": {"x": 1},
    }
    page.goto(site_url)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    load(page, bundle(**{NAME: file, name: text}))
    expect(page.get_by_role("dialog", name="Load this work?")).to_contain_text(name)
    answer(page, "Load this work?", "Load it")
    expect(page.locator("#work-said")).to_have_text("2 files are back.")
    stored = page.evaluate(ALL_STORED)
    assert "# hostile" in stored
    assert "trusted" not in stored
    assert "widgets" not in stored
    page.goto(site_url + NOTEBOOK)
    LessonPage(page, NAME).wait_until_open()
    expect(page.locator(".jp-RenderedMarkdown").first).to_be_attached()
    page.wait_for_timeout(1_000)
    assert page.evaluate("document.documentElement.dataset.hostile ?? null") is None
    assert "# hostile" in text_in(page)
    wait_until_saved(page)


def test_a_downloaded_notebook_finds_its_place_again(page: Page, site_url: str) -> None:
    downloaded = {
        **lesson_file("# taken home")["content"],
        "metadata": {"bptt_site": {"name": NAME}},
    }
    page.goto(site_url)
    load(page, json.dumps(downloaded), "10_rnn_bptt (3).ipynb")
    answer(page, "Load this work?", "Load it")
    expect(page.locator("#work-said")).to_have_text("1 file is back.")
    open_lesson(page, site_url)
    assert "# taken home" in text_in(page)


def test_python_is_fetched_while_the_page_is_read(page: Page, site_url: str) -> None:
    page.goto(site_url)
    line = page.locator("#fetched-ahead")
    here = re.compile(r"Python and the notebook page are here already \(\d+ MB\)")
    expect(line).to_have_text(here, timeout=STARTUP)
    ahead = {
        site_url + entry["url"]
        for entry in page.evaluate("fetch('fetch-ahead.json').then(r => r.json())")
    }
    asked: set[str] = set()
    page.context.on("request", lambda request: asked.add(request.url))
    page.goto(site_url + NOTEBOOK)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    expect(page.locator("#python-state")).to_have_text("Python is ready.", timeout=STARTUP)
    assert ahead - asked == set()  # nothing was fetched for nothing


def test_nothing_is_fetched_ahead_where_bytes_are_to_be_saved(page: Page, site_url: str) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(site_url)
    expect(page.locator("#work")).to_be_visible()
    page.wait_for_timeout(500)
    assert [url for url in asked if "pyodide" in url] == []
    expect(page.locator("#fetched-ahead")).to_be_hidden()


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_it_reads_well_at_twice_the_size(
    playwright: Playwright, site_url: str, media: dict[str, str]
) -> None:
    """At 200 % a window of 1280 is 640 wide; and 360 is the narrowest."""
    with launch_chromium(playwright) as browser:
        for width, scale in ((640, 2), (360, 1)):
            viewport = {"width": width, "height": 500}
            page = browser.new_page(viewport=viewport, device_scale_factor=scale, **media)
            page.goto(site_url)
            expect(page.locator("#work")).to_be_visible()
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) == 0
            assert page.evaluate("document.querySelectorAll('[style]:not(#stage *)').length") == 0
