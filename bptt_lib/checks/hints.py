"""Hints one by one, counted: for terminals, and for those who would rather ask than unfold."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from bptt_lib.checks import session
from bptt_lib.checks.exercises import find, known_names
from bptt_lib.checks.report import Report
from bptt_lib.checks.solution import source_of


@dataclass(frozen=True)
class Hint:
    """One hint, or the solution after the last."""

    title: str
    text: str
    is_code: bool = False

    def __str__(self) -> str:
        """Return title and text."""
        return f"{self.title}\n{self.text}"

    def __repr__(self) -> str:
        """Return the same, for a terminal."""
        return str(self)

    def _repr_html_(self) -> str:
        tag = "pre" if self.is_code else "p"
        return f"<p><strong>{escape(self.title)}</strong></p><{tag}>{escape(self.text)}</{tag}>"


def hint(exercise: str) -> Hint:
    """Return the next hint for an exercise; the library's own solution after the last one.

    Parameters
    ----------
    exercise : str
        Name of the function.

    Returns
    -------
    Hint
        The first one belongs to the mistake that the latest check has named, if it has.
    """
    found = find(exercise)
    if found is None:
        names = ", ".join(known_names())
        raise ValueError(f"no exercise is called {exercise!r}; the exercises are {names}")
    latest = session.latest.get(exercise)
    report: Report | None = latest.report if latest else None
    hints = report.hints if report is not None else found.hints
    taken = session.hints_taken[exercise]
    session.hints_taken[exercise] = taken + 1
    if taken >= len(hints):
        return Hint("The library's own solution", source_of(found.reference), is_code=True)
    return Hint(f"Hint {taken + 1} of {len(hints)}", hints[taken])
