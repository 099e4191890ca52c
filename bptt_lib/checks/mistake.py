"""What kind of trouble there is, before any comparing of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bptt_lib.checks.again import Repeated
from bptt_lib.checks.criteria import ignores_its_extra, untouched
from bptt_lib.checks.diagnosis.diagnose import diagnose
from bptt_lib.checks.endings import name_ending, name_exception
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
    ending = name_ending(trials.made)
    if ending is not None:
        return ending
    lost = _returns_nothing(trials)
    if lost is not None:
        return lost
    if any(pair.overwritten for pair in again) and all(pair.same for pair in again):
        return Diagnosis(
            "returns-the-same-object-again",
            "Each call writes into the result of the one before",
            "What a call returned is changed by a later call, because both hand back the same dict "
            "or array. Look for a mutable default argument or a global: create what you return "
            "inside the function.",
        )
    if any(not pair.same for pair in again):
        return Diagnosis(
            "keeps-state-between-calls",
            "Something is kept from one call to the next",
            "Called twice with the same arguments, your function gives two results. Look for a "
            "global variable, a mutable default argument, or random numbers: all that a call "
            "needs must be created inside it.",
        )
    ignored = next(
        (trial for trial in trials.made if trial.stage.counts and ignores_its_extra(trial)), None
    )
    if ignored is not None and all(trial.right for trial in trials.made if not trial.stage.needs):
        extra = ignored.stage.needs[0]
        return Diagnosis(
            f"{extra}-ignored",
            f"The parameter {extra} is offered, but not used",
            f"Without {extra}, all is right. You need not offer it; but whoever passes it expects "
            f"it to do something. In the case “{ignored.case.name}” it changes nothing.",
        )
    if fault is None and all(trial.right for trial in trials.made if trial.stage.counts):
        return _side_effect(trials, nothing_else)
    try:
        with np.errstate(all="ignore"):
            counting = [t for t in trials.made if t.stage.counts]
            return diagnose(trials.exercise, counting, shown) or name_exception(counting)
    except Exception:  # whatever came out of the function, the report without a name still stands
        if RAISE:
            raise
        return None


def _returns_nothing(trials: Trials) -> Diagnosis | None:
    made = [trial for trial in trials.made if trial.stage.counts and trial.outcome.fault is None]
    lost = [trial for trial in made if trial.outcome.value is None]
    if not lost:
        return None
    if len(lost) == len(made):
        return Diagnosis(
            "returns-nothing",
            "The function returns nothing",
            "Whatever your function computes is lost: None comes back. The last thing that it "
            "does should be to return its result.",
        )
    return Diagnosis(
        "returns-nothing-on-a-path",
        "On one path the function returns nothing",
        f"In the case “{lost[0].case.name}” None comes back, in others a result does. On the path "
        "that this case takes, no return hands a result back.",
    )


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
