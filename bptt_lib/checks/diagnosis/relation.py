"""A true statement about one of the learner's arrays, and the comparison that proves it."""

from __future__ import annotations

from dataclasses import dataclass

from bptt_lib.checks.compare import wrong_entries
from bptt_lib.checks.report import Array
from bptt_lib.checks.trials import Trial

# The learner's array, the right one, and the trial they come from, for each case.
Pairs = list[tuple[Array, Array, Trial]]


@dataclass(frozen=True)
class Relation:
    """A true statement about an array of the learner's: ``"{} is " + words``.

    It holds on every case, or on ``case`` alone, where one is named.
    """

    slug: str
    words: str
    case: str = ""


def agrees(got: Array, other: Array | None, trial: Trial) -> bool:
    """Whether the learner's array is ``other``, within what the exercise allows."""
    if other is None or got.shape != other.shape:
        return False
    return not wrong_entries(got, other, trial.exercise.tolerance, trial.floor).any()
