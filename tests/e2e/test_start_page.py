"""The start page and the learner's own work: progress, a file out and in, starting afresh."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.lesson_page import STARTUP, LessonPage
from tests.notebooks.solutions import SOLUTIONS, solved_source

pytestmark = pytest.mark.e2e

NAME = "10_rnn_bptt.ipynb"
NOTEBOOK = f"notebooks/index.html?path={NAME}"


def card(page: Page) -> Locator:
    return page.locator(f'[data-notebook="{NAME}"]')


def work_on_the_lesson(page: Page, site_url: str) -> None:
    """Pass the first exercise and save."""
    page.goto(site_url + NOTEBOOK)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    cell = lesson.exercise("rnn_forward_cache")
    scaffold = "".join(
        lesson.cells_as_shipped[lesson.index_of_exercise("rnn_forward_cache")]["source"]
    )
    lesson.replace(cell, solved_source(scaffold, SOLUTIONS[0]))
    lesson.run(cell)
    expect(lesson.report("rnn_forward_cache")).to_have_attribute("data-status", "passed")
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")


def sources(page: Page, site_url: str) -> str:
    page.goto(site_url + NOTEBOOK)
    LessonPage(page).wait_until_open()
    page.wait_for_function("jupyterapp.shell.currentWidget.content.model.cells.length > 1")
    cells = "[...jupyterapp.shell.currentWidget.content.model.cells]"
    return "\n".join(page.evaluate(f"{cells}.map(c => c.sharedModel.source)"))


def test_work_is_seen_saved_reset_and_loaded(page: Page, site_url: str, tmp_path: Path) -> None:
    page.goto(site_url)
    expect(page.get_by_role("link", name="Open the lesson")).to_be_visible()
    expect(page.get_by_role("button", name="Save all my work")).to_be_disabled()
    work_on_the_lesson(page, site_url)
    mine = SOLUTIONS[0].__doc__.split(";")[0]

    page.goto(site_url)
    expect(page.get_by_role("link", name="Continue the lesson")).to_be_visible()
    expect(card(page)).to_contain_text(f"1 of {len(SOLUTIONS)} checks passed")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save all my work").click()
    file = tmp_path / "work.json"
    saved.value.save_as(file)

    page.once("dialog", lambda dialog: dialog.dismiss())  # asks first
    card(page).get_by_role("button", name="Start this notebook afresh").click()
    expect(card(page)).to_contain_text("1 of")
    page.once("dialog", lambda dialog: dialog.accept())
    card(page).get_by_role("button", name="Start this notebook afresh").click()
    said = page.locator("#work-said")
    expect(said).to_contain_text("Yours is kept as")
    assert mine not in sources(page, site_url)

    page.goto(site_url)
    for content, sentence in {
        file.read_text()[:-100]: "is damaged",
        json.dumps({"cells": []}): "not a file of saved work",
        json.dumps({"format": "bptt-work", "version": 2, "files": {}}): "another version",
        json.dumps({"format": "bptt-work", "version": 1, "files": {"a": {}}}): "a in it is not",
    }.items():
        page.locator("#load-work").set_input_files(
            {"name": "work.json", "mimeType": "application/json", "buffer": content.encode()}
        )
        expect(said).to_contain_text(sentence)
        expect(said).to_contain_text("Nothing was changed")
    page.locator("#load-work").set_input_files(file)
    expect(said).to_contain_text("are back")
    assert mine in sources(page, site_url)


def test_python_is_fetched_while_the_page_is_read(page: Page, site_url: str) -> None:
    page.goto(site_url)
    line = page.locator("#fetched-ahead")
    expect(line).to_have_text(re.compile(r"Python is here already \(\d+ MB\)"), timeout=STARTUP)
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
