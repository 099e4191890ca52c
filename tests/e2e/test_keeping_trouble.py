"""When the browser cannot store any more: it is told, and the text stays and can be taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.keeping import (
    NAME,
    open_lesson,
    origin_of,
    text_in,
    text_of,
    wait_until_saved,
    write,
)

pytestmark = pytest.mark.e2e


def allow(page: Page, site_url: str, size: int | None) -> None:
    """Let this site store so many bytes; None: as many as there are.

    The browser looks at it when it opens its store; less than before it notices later.
    """
    limit = {} if size is None else {"quotaSize": size}
    browser = page.context.new_cdp_session(page)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin_of(site_url), **limit})


@pytest.fixture
def troubled(learner: tuple[BrowserContext, Watch]) -> Iterator[Page]:
    """A tab in which the store may be complained about, and nothing else."""
    context, watch = learner
    yield context.pages[0]
    store = re.compile("Quota|transaction was aborted|connection was closed|status of 404")
    assert [e for e in watch.page_errors + watch.console_errors if not store.search(e)] == []


def test_a_full_disk_is_told_and_the_text_can_be_taken_away(
    troubled: Page, site_url: str, tmp_path: Path
) -> None:
    page = troubled
    allow(page, site_url, 1)  # from the first visit on: not even a database can be made
    lesson = open_lesson(page, site_url)
    write(lesson, "# written when there was no room")
    banner = page.get_by_role("region", name="Your notebook is not being saved")
    expect(banner.get_by_role("alert")).to_contain_text(
        "storage for this site is full", timeout=20_000
    )
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    lesson.wait_until_idle()
    for take in (
        banner.get_by_role("button", name="Download my notebook"),
        page.locator('.jp-NotebookPanel-toolbar [data-jp-item-name="download"]'),
    ):
        with page.expect_download() as download:
            take.click()
        file = tmp_path / "mine.ipynb"
        download.value.save_as(file)
        assert download.value.suggested_filename == NAME
        assert "# written when there was no room" in text_of(json.loads(file.read_text()))

    # Room again: saved without being asked, and the banner goes.
    allow(page, site_url, None)
    write(lesson, "# written when there was room again")
    expect(banner).to_have_count(0, timeout=30_000)
    wait_until_saved(page)
    open_lesson(page, site_url)
    assert "# written when there was room again" in text_in(page)


def test_text_that_found_no_room_is_there_after_the_tab_is_gone(
    troubled: Page, site_url: str
) -> None:
    page = troubled
    write(open_lesson(page, site_url), "# saved while there was room")
    wait_until_saved(page)
    page.goto(site_url)
    page.wait_for_timeout(5_000)  # the browser closes its store
    allow(page, site_url, 1)
    write(open_lesson(page, site_url), "# written when there was no room")
    expect(page.locator("#not-saved")).to_be_visible(timeout=20_000)
    other = page.context.new_page()
    page.close()
    open_lesson(other, site_url)
    assert "# written when there was no room" in text_in(other)
    other.goto("about:blank")


def test_a_disk_that_is_nearly_full_is_told_while_there_is_room(page: Page, site_url: str) -> None:
    # As browsers say it that tell the truth; this one always claims ten gigabytes.
    page.add_init_script(
        "navigator.storage.estimate = async () => ({ usage: 8_800_000, quota: 10_000_000 })"
    )
    lesson = open_lesson(page, site_url)
    nearly = page.get_by_role("region", name="storage is nearly full")
    expect(nearly).to_contain_text("About 1.2 MB are left")
    page.set_viewport_size({"width": 360, "height": 700})
    state = page.locator("#python-state").bounding_box()  # always somewhere, even when unseen
    banner = nearly.bounding_box()
    assert state["y"] + state["height"] <= banner["y"]  # neither covers the other
    nearly.get_by_role("button", name="Not now").click()
    expect(nearly).to_have_count(0)
    write(lesson, "# written in the last megabyte")
    wait_until_saved(page)
    assert "# written in the last megabyte" in text_in(page)


def test_storage_cleared_under_a_running_page_is_made_anew(troubled: Page, site_url: str) -> None:
    page = troubled
    lesson = open_lesson(page, site_url)
    write(lesson, "# written before it was cleared")
    wait_until_saved(page)
    everything = {"origin": origin_of(site_url), "storageTypes": "all"}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
    write(lesson, "# written after it was cleared", "rnn_bptt")
    wait_until_saved(page)
    other = page.context.new_page()
    page.close()
    open_lesson(other, site_url)
    text = text_in(other)
    assert "# written before it was cleared" in text
    assert "# written after it was cleared" in text
    other.goto("about:blank")


def test_a_kept_copy_whose_storage_was_cleared_is_made_anew(troubled: Page, site_url: str) -> None:
    """It is not on the site either: JupyterLab would look for it before saving, and give up."""
    page = troubled
    lesson = open_lesson(page, site_url)
    write(lesson, "# kept as a copy")
    wait_until_saved(page)
    page.goto(site_url)
    page.get_by_role("button", name="Start this notebook afresh").click()
    page.get_by_role("button", name="Start afresh", exact=True).click()
    page.get_by_text("1 kept copy").click()
    page.get_by_role("link", name="Kept").click()
    lesson.wait_until_open()
    page.wait_for_selector("body[data-work-is-kept]", state="attached")
    everything = {"origin": origin_of(site_url), "storageTypes": "all"}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", everything)
    write(lesson, "# and then changed", "rnn_bptt")
    wait_until_saved(page)
    page.reload()
    lesson.wait_until_open()
    assert "# kept as a copy" in text_in(page)
    assert "# and then changed" in text_in(page)
