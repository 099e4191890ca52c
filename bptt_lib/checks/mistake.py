"""What kind of trouble there is, before any comparing of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bptt_lib.checks.again import Repeated
from bptt_lib.checks.criteria import untouched
from bptt_lib.checks.diagnosis.diagnose import diagnose
from bptt_lib.checks.report import Criterion, Diagnosis
from bptt_lib.checks.trials import Trial, Trials
from bptt_lib.checks.unwritten import is_unwritten

RAISE = False  # the tests switch it on: there, a fault of ours must be seen


def name_mistake(
    trials: Trials,
    function: Callable[..., Any],
    again: list[Repeated],
    shown: Trial | None,
    nothing_else: Criterion,
) -> Diagnosis | None:
    """Return what the report calls the mistake: unwritten, lost, kept state, wrong, or rude."""
    fault = trials.made[0].outcome.fault
    if is_unwritten(function, trials.made[0].outcome):
        return Diagnosis(
            "not-written-yet",
            "Not written yet",
            f"{trials.exercise.name} is still the scaffold. Fill in its body, run the cell again, "
            "and this place tells you how far it is.",
        )
    if fault is None and trials.made[0].outcome.value is None:
        return Diagnosis(
            "returns-nothing",
            "The function returns nothing",
            "What your function computes is lost, because no return statement hands it back.",
        )
    if any(not pair.same for pair in again):
        return Diagnosis(
            "keeps-state-between-calls",
            "Something is kept from one call to the next",
            "Called twice with the same arguments, your function gives two results. Look for a "
            "global variable, a mutable default argument, or random numbers: all that a call "
            "needs must be created inside it.",
        )
    if fault is None and all(trial.right for trial in trials.made if trial.stage.counts):
        return _side_effect(trials, nothing_else)
    try:
        with np.errstate(all="ignore"):
            return diagnose(trials.exercise, [t for t in trials.made if t.stage.counts], shown)
    except Exception:  # whatever came out of the function, the report without a name still stands
        if RAISE:
            raise
        return None


def _side_effect(trials: Trials, nothing_else: Criterion) -> Diagnosis | None:
    """Name what is wrong when all values are right."""
    manners = untouched(trials)
    if manners.passed is False:
        changed = any(trial.outcome.changed for trial in trials.made)
        slug = "changes-its-arguments" if changed else "returns-its-argument"
        title = (
            "What the caller passed is changed" if changed else "The argument itself is returned"
        )
        return Diagnosis(slug, title, f"All values are right. {manners.message}")
    if nothing_else.passed is False:
        return Diagnosis(
            "changes-something-global",
            "Something outside the function is changed",
            f"All values are right. {nothing_else.message} It has been put back.",
        )
    return None
