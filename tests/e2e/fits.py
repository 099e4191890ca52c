"""Whether a page can be read without scrolling it sideways, however narrow it is."""

from __future__ import annotations

from playwright.sync_api import Page

# The page, the notebook, and what each cell shows; tables and drawings scroll within themselves.
TOO_WIDE = """() => {
    const inside = document.querySelectorAll(".jp-WindowedPanel-outer, .jp-OutputArea-output");
    return [document.documentElement, ...inside]
        .filter((one) => one.scrollWidth > one.clientWidth)
        .map((one) => `${one.closest(".jp-Cell")?.ariaLabel ?? one.tagName}: ${one.scrollWidth}`);
}"""


def assert_fits(page: Page, width: int) -> None:
    """Make the page so wide, wait until it has laid itself out, and find nothing wider."""
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_timeout(1_000)
    too_wide = page.evaluate(TOO_WIDE)
    assert too_wide == [], f"at {width} pixels"
