"""Through a training run: its epochs there and back, begun again; its charts as tables."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from tests.by_hand import Epoch, assert_says
from tests.driven import Driven
from tests.e2e.lesson import PYTHON

MAX_NORM = 1.0


def walk_the_epochs(
    driven: Driven, where: str, epochs: Sequence[Epoch], spell: Callable[[Epoch], str]
) -> None:
    """Train to the end, look at each epoch, begin again from the same weights, and pause."""
    train, slider = f"{where} button", f"{where} input[type=range]"
    clips = [sum(one.norm > MAX_NORM for one in epochs[: i + 1]) for i in range(len(epochs))]

    def said() -> str:
        return driven.text(f"{where} [role=status]")

    def check(i: int, trained: int) -> None:
        sentence, _, predicted = said().partition(" It predicts: ")
        one = epochs[i]
        assert_says(sentence, [i, trained, one.loss, one.norm, clips[i]])
        assert (", not clipped;" in sentence) == (one.norm <= MAX_NORM)
        assert predicted.split() == spell(one).split()  # a page shows two blanks as one

    driven.focus(train)
    driven.press("Enter")
    last = str(len(epochs) - 1)
    _until(lambda: driven.attribute(slider, "max") == last and driven.text(train) == "Train")
    driven.press("Tab")
    driven.press("Tab")
    assert driven.holds_focus(slider)
    for key, path in (("ArrowRight", range(len(epochs))), ("ArrowLeft", range(len(epochs))[::-1])):
        driven.press("Home" if key == "ArrowRight" else "End")
        for i in path:
            check(i, len(epochs))
            driven.press(key)
    driven.press("Shift", "Tab")
    driven.press("Enter")
    _until(lambda: said().startswith("Nothing is trained yet"))
    driven.press("Shift", "Tab")
    driven.press("Enter")
    _until(lambda: said().startswith("Epoch"))
    driven.press("Enter")
    _until(lambda: driven.text(train) == "Train")
    driven.press("Tab")
    driven.press("Tab")
    driven.press("Home")
    _until_still(said)  # what was under way when it was paused still arrives
    check(0, int(str(driven.attribute(slider, "max"))) + 1)


def walk_the_tables(
    driven: Driven, where: str, tables: Sequence[Sequence[Sequence[float]]]
) -> None:
    """Unfold the numbers of a widget's charts, read them all, and fold them again.

    Each table is given by its columns; it stands below its name or below the summary.
    """
    details = f"{where} details"
    driven.focus(f"{details} summary")
    driven.press("Enter")
    assert driven.attribute(details, "open") is not None
    _until(lambda: "\t" in driven.text(details))
    found: list[list[str]] = []
    for line in driven.text(details).strip().splitlines():
        if "\t" not in line:
            found.append([])
        else:
            found[-1].append(line)
    for (_, *rows), columns in zip(filter(None, found), tables, strict=True):
        assert len(rows) > 10
        for row in rows:
            place = int(row.split("\t")[0])
            assert_says(row, [place, *(column[place] for column in columns)])
    driven.press("Space")
    assert driven.attribute(details, "open") is None
    assert driven.holds_focus(details)


def _until_still(read: Callable[[], str], seconds: float = 1.5) -> None:
    """Wait until what is read has not changed for a while."""
    known, since = read(), time.monotonic()
    while time.monotonic() - since < seconds:
        time.sleep(0.05)
        if (now := read()) != known:
            known, since = now, time.monotonic()


def _until(holds: Callable[[], bool]) -> None:
    """Wait for Python."""
    end = time.monotonic() + PYTHON
    while not holds():
        assert time.monotonic() < end, "Python did not answer"
        time.sleep(0.05)
