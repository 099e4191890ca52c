"""axe-core finds nothing in what is ours; what it finds in JupyterLab is listed in axe.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browsers import launch_chromium
from tests.e2e.axe import assert_only

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_landing_page_has_no_violation(page: Page, site_url: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site_url)
    expect(page.locator("[data-bptt-stepper]")).to_be_visible()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert_only(page, set())


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
