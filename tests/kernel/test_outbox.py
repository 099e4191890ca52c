"""Much becomes little: printed text, displays and widgets' states on their way to the page."""

from __future__ import annotations

from typing import Any

import pytest
from bptt_kernel.outbox import EVERY, Outbox


class Page:
    """Receives what an outbox sends, while time passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0
        self.got: list[Any] = []
        self.waiting: list[Any] = []
        self.outbox = Outbox(later=self.waiting.append, clock=lambda: self.now)

    def print(self, text: str, name: str = "stdout") -> None:
        self.outbox.text(name, text, lambda whole: self.got.append((name, whole)))

    def display(self, text: str) -> None:
        self.outbox.display({"text/plain": text}, lambda data: self.got.append(data["text/plain"]))

    def clear(self) -> None:
        self.outbox.clear(lambda: self.got.append("clear"))

    def finish(self) -> list[Any]:
        self.outbox.finish(self.print)
        return self.got


@pytest.fixture
def page() -> Page:
    page = Page()
    page.print("first\n")  # goes at once, and what follows waits a moment
    assert page.got == [("stdout", "first\n")]
    page.got.clear()
    return page


def test_what_is_printed_in_one_moment_is_one_message(page: Page) -> None:
    for number in range(1_000):
        page.print(f"{number}\n")
    assert page.got == []
    assert len(page.waiting) == 1  # it is sent even if nothing more is printed
    page.now += 2 * EVERY
    page.print("1000\n")
    assert page.got == [("stdout", "".join(f"{number}\n" for number in range(1_001)))]


def test_the_order_of_what_is_shown_stays(page: Page) -> None:
    page.print("a")
    page.print("b", "stderr")
    page.display("c")
    page.print("d")
    assert page.finish() == [("stdout", "a"), ("stderr", "b"), "c", ("stdout", "d")]


def test_beyond_the_cap_the_beginning_and_the_end_are_shown(page: Page) -> None:
    for number in range(100_000):
        page.print(f"{number}\n")
    text = "".join(whole for _, whole in page.finish())
    assert text.startswith("0\n1\n2\n")
    assert text.endswith("99998\n99999\n")
    assert "output stopped after 2,000 lines" in text
    shown = sum(line.isdigit() for line in text.splitlines()) + 1  # and the first one
    assert f"{100_001 - shown:,} more lines not shown" in text
    assert len(text) < 20_000
    page.got.clear()
    page.print("the next cell begins anew\n")
    assert page.finish() == [("stdout", "the next cell begins anew\n")]


def test_one_huge_text_is_cut(page: Page) -> None:
    page.print("x" * 10_000_000)
    text = "".join(whole for _, whole in page.finish())
    assert len(text) < 210_000
    assert "more characters not shown" in text


def test_a_huge_value_is_cut_and_a_huge_picture_is_left_out(page: Page) -> None:
    page.display("y" * 5_000_000)
    page.outbox.display({"image/png": "p" * 50_000_000}, page.got.append)
    short, picture = page.finish()
    assert short.startswith("yyy")
    assert short.endswith("… 4,900,000 more characters not shown …")
    assert picture == {"text/plain": "… too large to be shown …"}


def test_displays_in_a_loop_are_capped(page: Page) -> None:
    for number in range(5_000):
        page.display(str(number))
    *displays, (_, told) = page.finish()
    assert displays == [str(number) for number in range(100)]
    assert "4,900 more displays not shown" in told


def test_what_is_cleared_before_it_is_seen_is_not_sent(page: Page) -> None:
    for number in range(1_000):
        page.clear()
        page.print(f"step {number}\n")
    assert page.finish() == ["clear", ("stdout", "step 999\n")]


def test_a_clear_that_waits_for_something_new_leaves_what_is_there(page: Page) -> None:
    page.print("stays\n")
    page.clear()  # and nothing comes after it
    assert page.finish() == [("stdout", "stays\n"), "clear"]


def test_of_a_widget_s_states_only_the_last_is_sent(page: Page) -> None:
    for number in range(1_000):
        page.outbox.state("bar", {"value": number, f"at {number % 2}": number}, page.got.append)
        page.print(".")
    state, (_, dots) = page.finish()
    assert state == {"value": 999, "at 0": 998, "at 1": 999}
    assert dots == "." * 1_000


def test_no_state_overtakes_another_message(page: Page) -> None:
    page.outbox.state("bar", {"value": 1}, page.got.append)
    page.outbox.other(lambda: page.got.append("closed"))
    page.outbox.state("bar", {"value": 2}, page.got.append)
    assert page.finish() == [{"value": 1}, "closed", {"value": 2}]
