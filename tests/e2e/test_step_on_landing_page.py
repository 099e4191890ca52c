"""The stepper on the landing page: alive before any Python, with a run that is the library's."""

from __future__ import annotations

import pytest
from bptt_site.live_stepper import recorded_run
from playwright.sync_api import Page, expect

from tests.widgets.test_stepper_browser import numbers_in

pytestmark = pytest.mark.e2e


def test_it_walks_by_keyboard_without_python(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    # On such a connection the page fetches nothing ahead: whatever is asked for, it needs.
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    page.goto(site_url)
    stepper = page.locator("[data-bptt-stepper]")
    stepper.locator(".bptt-window").focus()
    frames = recorded_run()["frames"]
    for frame in frames:
        expect(stepper).to_have_attribute("data-phase", frame["phase"])
        expect(stepper).to_have_attribute("data-step", str(frame["t"]))
        name = "h" if frame["phase"] == "forward" else "dh"
        said = numbers_in(stepper.get_by_role("status").inner_text())
        for value in frame["computes"][name]:
            assert min(abs(value - one) for one in said) < 0.0051
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    expect(stepper).to_have_attribute("data-step", "0")
    assert [url for url in asked if "/static/pyodide/" in url] == []


def test_without_scripts_the_picture_stays(page: Page, site_url: str) -> None:
    page.route("**/live.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(site_url)
    expect(page.get_by_role("img", name="A recurrent network, unrolled")).to_be_visible()
    expect(page.locator("[data-bptt-stepper]")).to_have_count(0)
