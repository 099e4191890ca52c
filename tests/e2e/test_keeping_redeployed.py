"""A lesson that is published anew announces itself, and no line of the learner's is lost."""

from __future__ import annotations

import json
import shutil
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from bptt_site.contents import write_contents
from bptt_site.places import ROOT
from bptt_site.release import RELEASE, stamp_notebooks
from bptt_site.serve import site_server
from playwright.sync_api import Page, expect

from tests.driven import Chromium
from tests.e2e.deployment import keep
from tests.e2e.keeping import NAME, open_lesson, text_in, text_of, wait_until_saved, write
from tests.e2e.lesson_page import STARTUP

pytestmark = pytest.mark.e2e


@pytest.fixture
def published(page: Page, site_url: str, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A copy of the site, which can be published anew under a learner who works in it."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "_output", site, ignore=shutil.ignore_patterns("*.map"))
    with site_server(site, prefix="/course/") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/course/", site
        page.goto("about:blank")
        server.shutdown()


def publish(page: Page, site: Path, title: str, **changes: str | None) -> None:
    """Give the lesson a title, and cells (by identity) another text, or none: taken out.

    The browser takes the new release, for the next page that is opened.
    """
    path = site / "files" / NAME
    lesson = json.loads(path.read_text())
    del lesson["metadata"][RELEASE]
    changes["title"] = f"# {title}"
    by_id = {name.replace("_", "-"): text for name, text in changes.items()}
    lesson["cells"] = [c for c in lesson["cells"] if by_id.get(c["id"], "") is not None]
    for cell in lesson["cells"]:
        cell["source"] = by_id.get(cell["id"]) or cell["source"]
        if cell["id"] == "task-3-exercise" and "clip_by_norm" in "".join(cell["source"]):
            cell["metadata"]["bptt"]["exercise"] = "clip_by_norm"  # renamed
    path.write_text(json.dumps(lesson))
    stamp_notebooks(site)
    write_contents(site)
    assert keep(Chromium(page))["whole"]


def test_two_redeployments_with_edits_between(page: Page, published: tuple[str, Path]) -> None:
    url, site = published
    lesson = open_lesson(page, url)
    write(lesson, "# my own answer")
    lesson.replace(lesson.cell(lesson.index_of("first-question")), "# my answer to a question")
    write(lesson, "# my clipping", "clip_gradients")
    wait_until_saved(page)

    publish(page, site, "Next month")
    open_lesson(page, url)
    banner = page.get_by_role("region", name="The lesson has changed")
    with page.expect_download() as download:
        banner.get_by_role("button", name="Download mine").click()
    assert "# my own answer" in text_of(json.loads(download.value.path().read_text()))
    banner.get_by_role("button", name="Keep mine").click()
    expect(banner).to_have_count(0)
    wait_until_saved(page)
    open_lesson(page, url)
    page.wait_for_timeout(1_500)  # long enough for a banner to come
    expect(banner).to_have_count(0)
    assert "# Next month" not in text_in(page)
    write(lesson, "# my answer, after the first change", "rnn_bptt")
    wait_until_saved(page)

    publish(
        page,
        site,
        "The month after",
        first_question=None,
        task_3_exercise="def clip_by_norm(): ...",
        task_4_exercise="# a better scaffold",
    )
    open_lesson(page, url)
    banner.get_by_role("button", name="Take the new one").click()
    expect(banner).to_contain_text("with your answers in it", timeout=STARTUP)
    banner.get_by_role("button", name="Good").click()
    wait_until_saved(page)

    publish(page, site, "Half a year later", task_4_exercise="# the best scaffold")
    open_lesson(page, url)
    banner.get_by_role("button", name="Take the new one").click()
    expect(banner).to_contain_text("with your answers in it", timeout=STARTUP)
    wait_until_saved(page)
    text = text_in(page)
    for mine in (
        "# my own answer",
        "# my answer, after the first change",
        "# my answer to a question",  # its question is gone
        "# my clipping",  # its exercise has another name
        "# Half a year later",
        "# the best scaffold",  # it had not been touched
        "## From your earlier version",
    ):
        assert text.count(mine) == 1, mine

    page.goto(url)
    page.get_by_text("2 kept copies").click()
    expect(page.get_by_role("link", name="Kept")).to_have_count(2)


def notebook(**cells: str) -> dict:
    """A notebook of code cells, stamped as the build does; the names tell exercises apart."""
    metadata = {
        name: {"bptt": {"exercise": name.removeprefix("exercise_")}}
        if name.startswith("exercise_")
        else {"tags": ["question"]}
        if name.startswith("question_")
        else {}
        for name in cells
    }
    return {
        "metadata": {
            RELEASE: {"cells": {name: f"{zlib.crc32(t.encode()):08x}" for name, t in cells.items()}}
        },
        "cells": [
            {"id": name, "cell_type": "code", "source": text, "metadata": metadata[name]}
            for name, text in cells.items()
        ],
    }


def edited(shipped: dict, *added: tuple[str, str], **texts: str) -> dict:
    """What a learner made of it; `added`: cells, each with the identity that it follows."""
    mine = json.loads(json.dumps(shipped))
    for cell in mine["cells"]:
        cell["source"] = texts.get(cell["id"], cell["source"])
    for after, text in added:
        at = [cell["id"] for cell in mine["cells"]].index(after) + 1
        own = {"id": f"own-{text}", "cell_type": "code", "source": text, "metadata": {}}
        mine["cells"].insert(at, own)
    return mine


OLD = {"intro": "i", "exercise_f": "todo", "demo": "d", "question_q": "?", "end": "e"}
WAS = notebook(**OLD)
HEADING = "## From your earlier version"


@pytest.mark.parametrize(
    ("mine", "new", "expected"),
    [
        (edited(WAS), {**OLD, "exercise_f": "to do"}, ["i", "to do", "d", "?", "e"]),
        (edited(WAS, exercise_f="F"), {**OLD, "exercise_f": "to do"}, ["i", "F", "d", "?", "e"]),
        (edited(WAS, question_q="7"), OLD, ["i", "todo", "d", "7", "e"]),
        # Changed by the learner alone, and by both: then both stand there.
        (edited(WAS, demo="D"), OLD, ["i", "todo", "D", "?", "e"]),
        (edited(WAS, demo="D"), {**OLD, "demo": "d2"}, ["i", "todo", "d2", "D", "?", "e"]),
        # Added cells stay where they were, in their order, also before everything else.
        (edited(WAS, ("demo", "B"), ("demo", "A")), OLD, ["i", "todo", "d", "A", "B", "?", "e"]),
        # Without a place: at the end, untouched ones not at all.
        (edited(WAS, exercise_f="F"), {"intro": "i"}, ["i", HEADING, "F"]),
        (edited(WAS, exercise_f="F"), {"exercise_g": "g"}, ["g", HEADING, "F"]),
        (edited(WAS, ("exercise_f", "A"), question_q="7"), {"end": "e"}, ["A", "e", HEADING, "7"]),
        (edited(WAS, ("exercise_f", "  ")), OLD, list(OLD.values())),
    ],
)
def test_where_each_cell_goes(
    carry_over: object, mine: dict, new: dict[str, str], expected: list[str]
) -> None:
    cells = carry_over(mine, notebook(**new))["cells"]
    assert [cell["source"].split("\n")[0] for cell in cells] == expected
    identities = [cell["id"] for cell in cells]
    assert len(set(identities)) == len(identities)


@pytest.fixture(scope="module")
def carry_over(playwright: object, site_url: str) -> Iterator[object]:
    """The page's own module, called from here."""
    from tests.browsers import launch_chromium

    with launch_chromium(playwright) as browser:
        page = browser.new_page()
        page.goto(site_url)
        module = f"{site_url}notebook-page/keeping/carry-over.js"
        script = "([module, ...both]) => import(module).then((it) => it.carriedOver(...both))"
        yield lambda mine, theirs: page.evaluate(script, [module, mine, theirs])
