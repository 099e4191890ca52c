"""What a check found, as plain frozen data: the words are chosen elsewhere, the drawing too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Criterion:
    """One thing that must hold; ``passed`` is None when the check did not get that far."""

    name: str
    passed: bool | None
    message: str


@dataclass(frozen=True)
class Diagnosis:
    """The mistake by its name: what was done, why it is wrong, where to look."""

    slug: str
    title: str
    explanation: str
    hint: str = ""


@dataclass(frozen=True, eq=False)
class Comparison:
    """One array of the learner's beside the expected one, on one case."""

    what: str
    case: str
    got: Array
    expected: Array
    wrong: Array
    axes: str = ""
    note: str = ""  # what `what` means, where it is not an array's name

    @property
    def is_small(self) -> bool:
        """Whether the arrays can be read by eye."""
        return 0 < self.expected.size <= 48 and self.expected.ndim <= 2

    @property
    def count(self) -> str:
        """How much is wrong, in words: ``"3 of 12 entries differ"``."""
        wrong, size = int(np.count_nonzero(self.wrong)), self.expected.size
        return f"{wrong} of {size} {'entry differs' if size == 1 else 'entries differ'}"


@dataclass(frozen=True, eq=False)
class Call:
    """A call of the learner's function which showed the mistake, for whoever wants to repeat it."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The result of one check.

    Attributes
    ----------
    exercise : str
        Name of the function that was asked for.
    passed : bool
        Whether every criterion that was reached holds.
    criteria : tuple of Criterion
        What was looked at, in teaching order.
    diagnosis : Diagnosis or None
        The mistake, where it could be told.
    first_wrong_step : int or None
        The time step, counted from 0, at which the learner's first value differs. A backward pass
        walks from the last step to step 0, so its *first* wrong step is the largest one.
    steps : tuple of bool
        For each time step of the case shown: whether its values are right; empty when unknown.
    backward : bool
        Whether the function walks from the last step to the first.
    comparison : Comparison or None
        The first array that differs, beside the expected one.
    printed : str
        What the function printed, cut short.
    hints : tuple of str
        Few, from the vaguest to the most definite.
    solution : str
        Source of the library's own function.
    tries, hints_taken : int
        Kept in this session for the learner's eyes only.
    call : Call or None
        A call that shows the mistake.
    """

    exercise: str
    passed: bool
    criteria: tuple[Criterion, ...]
    diagnosis: Diagnosis | None = None
    first_wrong_step: int | None = None
    steps: tuple[bool, ...] = ()
    backward: bool = False
    comparison: Comparison | None = field(default=None, compare=False)
    printed: str = ""
    hints: tuple[str, ...] = ()
    solution: str = field(default="", repr=False)
    tries: int = field(default=0, compare=False)
    hints_taken: int = field(default=0, compare=False)
    call: Call | None = field(default=None, compare=False, repr=False)

    @property
    def status(self) -> str:
        """``"passed"`` or ``"failed"``."""
        return "passed" if self.passed else "failed"

    @property
    def is_unwritten(self) -> bool:
        """Whether it was the scaffold that was checked."""
        return self.diagnosis is not None and self.diagnosis.slug == "not-written-yet"

    @property
    def verdict(self) -> str:
        """The report in one sentence."""
        if self.passed:
            return f"{self.exercise}: correct. All {len(self.criteria)} checks pass."
        if self.diagnosis is not None and self.diagnosis.slug == "not-written-yet":
            return f"{self.exercise}: not written yet."
        failed = next((c.name for c in self.criteria if c.passed is False), "")
        return f"{self.exercise}: not yet. First to look at: {failed}."

    def __str__(self) -> str:
        """Return the plain text."""
        from bptt_lib.checks.render_text import as_text

        return as_text(self)

    def _ipython_display_(self) -> None:
        from bptt_lib.checks.show import show

        show(self)

    def _repr_html_(self) -> str:
        from bptt_lib.checks.render_html import as_html

        return as_html(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": str(self), "text/html": self._repr_html_()}
