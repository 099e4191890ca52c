"""Questions to be answered before stepping: a number, a shape, a choice; each answer explained.

The questions themselves are data, in `question_bank.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

UNANSWERED = "Write your prediction in place of the three dots, then run the cell."


@dataclass(frozen=True)
class Question:
    """A question with its answer, why it is so, and what wrong answers come from."""

    name: str
    text: str
    answer: Any
    why: str
    wrong: Mapping[Any, str]
    read: Callable[[Any], Any] = field(repr=False)
    same: Callable[[Any, Any], bool] = field(repr=False)
    kind: str = "a number"
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class QuestionReport:
    """The verdict on one answer; shows itself as HTML and as plain text."""

    exercise: str
    passed: bool
    message: str
    question: str
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether there is an answer to judge."""
        return self.message != UNANSWERED

    @property
    def verdict(self) -> str:
        """The first line: right, not yet, or still to be answered."""
        if self.passed:
            return "Yes."
        return "Not quite." if self.answered else self.question

    @property
    def mark(self) -> str:
        """The sign before the first line."""
        if self.passed:
            return "✓"
        return "✗" if self.answered else "?"

    def __str__(self) -> str:
        """Return the plain text."""
        choices = [f"    {letter}  {text}" for letter, text in self.choices.items()]
        return "\n".join([f"{self.mark} {self.verdict}", *choices, self.message])

    def _repr_html_(self) -> str:
        from bptt_lib.checks.render_html import question_as_html

        return question_as_html(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._repr_html_()}


def number(
    name: str,
    text: str,
    answer: float,
    *,
    why: str,
    wrong: Mapping[float, str] | None = None,
    tolerance: float = 0.0,
) -> Question:
    """Ask for a number; ``tolerance`` is absolute."""

    def same(given: float, right: float) -> bool:
        return bool(abs(given - right) <= max(tolerance, 1e-9))

    return Question(name, text, answer, why, wrong or {}, _number, same)


def shape(
    name: str,
    text: str,
    answer: tuple[int, ...],
    *,
    why: str,
    wrong: Mapping[tuple[int, ...], str] | None = None,
) -> Question:
    """Ask for the shape of an array, a tuple."""
    return Question(name, text, answer, why, wrong or {}, _shape, _equal, "a shape, say (4, 3)")


def choice(
    name: str,
    text: str,
    choices: Mapping[str, str],
    answer: str,
    *,
    why: str,
    wrong: Mapping[str, str] | None = None,
) -> Question:
    """Ask for one of some choices, by its letter."""
    letters = ", ".join(f'"{letter}"' for letter in choices)
    return Question(
        name, text, answer, why, wrong or {}, _letter, _equal, f"one of {letters}", choices
    )


def judge_answer(question: Question, given: Any) -> QuestionReport:
    """Judge one answer and explain it, right or wrong."""
    if given is ... or given is None:
        return _report(question, False, UNANSWERED)
    try:
        value = question.read(given)
    except (TypeError, ValueError):
        return _report(question, False, f"The answer wanted here is {question.kind}.")
    if question.choices and value not in question.choices:
        return _report(question, False, f"The answer wanted here is {question.kind}.")
    if question.same(value, question.answer):
        return _report(question, True, question.why)
    for known, explanation in question.wrong.items():
        if question.same(value, known):
            return _report(question, False, explanation)
    return _report(question, False, "Take another look at the lines above, and try once more.")


def answer(name: str, given: Any) -> QuestionReport:
    """Check the answer to a question of the lesson.

    Parameters
    ----------
    name : str
        Name of the question.
    given : object
        The prediction; ``...`` while there is none yet.

    Returns
    -------
    QuestionReport
        Shows itself as the value of its cell.
    """
    from bptt_lib.checks.question_bank import QUESTIONS

    found = next((question for question in QUESTIONS if question.name == name), None)
    if found is None:
        return QuestionReport(str(name), False, f"There is no question called {name}.", str(name))
    return judge_answer(found, given)


def _report(question: Question, passed: bool, message: str) -> QuestionReport:
    return QuestionReport(question.name, passed, message, question.text, question.choices)


def _number(given: Any) -> float:
    if isinstance(given, str):
        given = given.strip().replace(",", ".")
    return float(np.asarray(given, dtype=float).reshape(()))


def _shape(given: Any) -> tuple[int, ...]:
    values = given if isinstance(given, tuple | list) else (given,)
    if any(isinstance(n, str) or int(n) != n for n in values):
        raise ValueError("a shape is made of whole numbers")
    return tuple(int(n) for n in values)


def _letter(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError("a choice is a letter in quotes")
    return given.strip().strip("()").lower()


def _equal(given: Any, right: Any) -> bool:
    return bool(given == right)
