"""A browser as the walks see it: keys go in, words and attributes come out.

The same walks run over Chromium, driven by Playwright, and over the Firefox that learners have,
driven by Marionette (`tests.firefox`).
"""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Page

TEXT = "css => document.querySelector(css).innerText"
ATTRIBUTE = "([css, name]) => document.querySelector(css).getAttribute(name)"
FOCUS = """css => {
  const one = document.querySelector(css);
  one.scrollIntoView({ block: "center" });
  one.focus();
}"""
FOCUSED = "css => document.querySelector(css).contains(document.activeElement)"


class Driven(Protocol):
    """One window of a browser."""

    def goto(self, address: str) -> None:
        """Open an address."""

    def wait_for(self, css: str, seconds: float = 60) -> object:
        """Return as soon as something matches."""

    def text(self, css: str) -> str:
        """Return the text of the first element that matches."""

    def attribute(self, css: str, name: str) -> str | None:
        """Return an attribute of the first element that matches."""

    def focus(self, css: str) -> None:
        """Give the focus to the first element that matches, and bring it into view."""

    def holds_focus(self, css: str) -> bool:
        """Whether the focus is in the first element that matches."""

    def press(self, *keys: str) -> None:
        """Press keys together, as fingers do: ``press("Shift", "Enter")``."""

    def paste(self, text: str) -> None:
        """Put text where the cursor is."""


class Chromium:
    """One window of Chromium."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goto(self, address: str) -> None:
        self.page.goto(address)

    def wait_for(self, css: str, seconds: float = 60) -> object:
        return self.page.wait_for_selector(css, state="attached", timeout=1000 * seconds)

    def text(self, css: str) -> str:
        return str(self.page.evaluate(TEXT, css))

    def attribute(self, css: str, name: str) -> str | None:
        found = self.page.evaluate(ATTRIBUTE, [css, name])
        return None if found is None else str(found)

    def focus(self, css: str) -> None:
        self.page.evaluate(FOCUS, css)

    def holds_focus(self, css: str) -> bool:
        return bool(self.page.evaluate(FOCUSED, css))

    def press(self, *keys: str) -> None:
        self.page.keyboard.press("+".join(keys))

    def paste(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
