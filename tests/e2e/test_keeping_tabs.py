"""One notebook in two tabs: one of them writes, the other says so, and the text moves with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.keeping import open_lesson, text_in, wait_until_saved, write

pytestmark = pytest.mark.e2e


def test_a_second_tab_waits_until_it_is_asked_to_go_on(page: Page, site_url: str) -> None:
    first = page
    write(open_lesson(first, site_url), "# from the first tab")
    second = first.context.new_page()
    lesson = open_lesson(second, site_url)
    waits = "This notebook is open in another tab"
    banner = second.get_by_role("region", name=waits)
    expect(banner).to_be_visible()
    lesson.exercise("rnn_bptt").locator(".cm-content").click(force=True)
    second.keyboard.insert_text("# must not be typed here")
    assert "# must not be typed here" not in text_in(second)

    second.wait_for_timeout(6_000)  # JupyterLab saves by itself, too: here it may not even try
    expect(second.locator(".jp-Dialog")).to_have_count(0)

    # What the first tab has not saved yet moves along.
    first.bring_to_front()
    first.keyboard.insert_text(" and its last word")
    second.bring_to_front()
    banner.get_by_role("button", name="Go on in this tab").click()
    expect(banner).to_have_count(0, timeout=30_000)
    assert "# from the first tab and its last word" in text_in(second)
    write(lesson, "# from the second tab", "rnn_bptt")
    wait_until_saved(second)

    # The first waits now; when the second is closed, it goes on by itself, with all of it.
    expect(first.get_by_role("region", name=waits)).to_be_visible()
    second.close()
    expect(first.get_by_role("region", name=waits)).to_have_count(0, timeout=30_000)
    text = text_in(first)
    assert "# from the first tab and its last word" in text
    assert "# from the second tab" in text
    expect(first.locator(".jp-Dialog")).to_have_count(0)


def test_a_tab_that_is_stuck_does_not_keep_the_notebook(page: Page, site_url: str) -> None:
    write(open_lesson(page, site_url), "# from the tab that hangs")
    second = page.context.new_page()
    lesson = open_lesson(second, site_url)
    page.evaluate("setTimeout(() => { const end = Date.now() + 9000; while (Date.now() < end); })")
    banner = second.get_by_role("region", name="This notebook is open in another tab")
    banner.get_by_role("button", name="Go on in this tab").click()
    expect(banner).to_have_count(0, timeout=30_000)
    assert "# from the tab that hangs" in text_in(second)
    write(lesson, "# from the tab that goes on", "rnn_bptt")
    wait_until_saved(second)
    # Awake again, the first knows that it may not write.
    expect(page.get_by_role("region", name="This notebook is open in another tab")).to_be_visible()
    second.close()
    expect(page.locator("#other-tab")).to_have_count(0, timeout=30_000)
    assert "# from the tab that goes on" in text_in(page)
