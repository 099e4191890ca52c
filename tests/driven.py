"""A browser as its user sees it: keys and clicks go in, words and attributes come out.

What is told in these words runs over Chromium, driven by Playwright, and over the Firefox that
learners have, driven by Marionette (`tests.firefox`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import Page

IS_THERE = "css => document.querySelector(css) !== null"
TEXT = "css => document.querySelector(css).innerText"
HAS_TEXT = "([css, text]) => document.querySelector(css)?.textContent.includes(text)"
ATTRIBUTE = "([css, name]) => document.querySelector(css).getAttribute(name)"
FOCUS = """css => {
  const one = document.querySelector(css);
  one.scrollIntoView({ block: "center" });
  one.focus();
}"""
FOCUSED = "css => document.querySelector(css).contains(document.activeElement)"
FOCUS_BUTTON = """([css, label]) => {
  const all = [...document.querySelectorAll(`${css} button`)];
  const one = all.find((button) => button.textContent.trim() === label);
  one?.focus();
  return Boolean(one) && document.activeElement === one;
}"""


class Driven(ABC):
    """One window of a browser."""

    @abstractmethod
    def goto(self, address: str) -> None:
        """Open an address."""

    @abstractmethod
    def call(self, function: str, argument: object = None) -> object:
        """Call a function of JavaScript's in the page, and wait for what it promises."""

    @abstractmethod
    def wait_until(self, function: str, argument: object = None, seconds: float = 60) -> None:
        """Return as soon as a function of JavaScript's, called in the page, says so."""

    @abstractmethod
    def press(self, *keys: str) -> None:
        """Press keys together, as fingers do: ``press("Shift", "Enter")``."""

    @abstractmethod
    def paste(self, text: str) -> None:
        """Put text where the cursor is."""

    @abstractmethod
    def click(self, css: str) -> None:
        """Click on the first element that matches."""

    @abstractmethod
    def run_before_each_page(self, script: str) -> None:
        """Have JavaScript run in each page that is opened from now on, before all of its own."""

    @abstractmethod
    def another_tab(self) -> AbstractContextManager[None]:
        """Open another tab, and drive it until this ends; then the first one again."""

    @abstractmethod
    def tabs(self) -> int:
        """Return how many tabs are open."""

    def set_out_for(self, address: str) -> None:
        """Begin to open an address, and do not wait for it."""
        self.call("address => { location.href = address; }", address)

    def wait_for(self, css: str, seconds: float = 60) -> None:
        """Return as soon as something matches."""
        self.wait_until(IS_THERE, css, seconds)

    def wait_for_text(self, css: str, text: str, seconds: float = 60) -> None:
        """Return as soon as the first element that matches has the text in it."""
        self.wait_until(HAS_TEXT, [css, text], seconds)

    def text(self, css: str) -> str:
        """Return the text of the first element that matches."""
        return str(self.call(TEXT, css))

    def attribute(self, css: str, name: str) -> str | None:
        """Return an attribute of the first element that matches."""
        found = self.call(ATTRIBUTE, [css, name])
        return None if found is None else str(found)

    def focus(self, css: str) -> None:
        """Give the focus to the first element that matches, and bring it into view."""
        self.call(FOCUS, css)

    def holds_focus(self, css: str) -> bool:
        """Whether the focus is in the first element that matches."""
        return bool(self.call(FOCUSED, css))

    def press_button(self, css: str, label: str, seconds: float = 60) -> None:
        """Press the button of that name in what matches, by keyboard, as soon as it is there."""
        self.wait_until(FOCUS_BUTTON, [css, label], seconds)
        self.press("Enter")


class Chromium(Driven):
    """One window of Chromium."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def goto(self, address: str) -> None:
        self.page.goto(address)

    def call(self, function: str, argument: object = None) -> object:
        return self.page.evaluate(function, argument)

    def wait_until(self, function: str, argument: object = None, seconds: float = 60) -> None:
        self.page.wait_for_function(function, arg=argument, timeout=1000 * seconds)

    def press(self, *keys: str) -> None:
        self.page.keyboard.press("+".join(keys))

    def paste(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def click(self, css: str) -> None:
        self.page.locator(css).first.click()

    def run_before_each_page(self, script: str) -> None:
        self.page.context.add_init_script(script)

    @contextmanager
    def another_tab(self) -> Iterator[None]:
        first = self.page
        self.page = first.context.new_page()
        try:
            yield
        finally:
            self.page.close()
            self.page = first

    def tabs(self) -> int:
        return len(self.page.context.pages)
