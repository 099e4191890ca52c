"""Find the time step at which a function goes wrong first, in the order in which it works."""

from __future__ import annotations

from collections.abc import Callable

from bptt_lib.checks.trials import Trial

_ENOUGH_STEPS = 3


def trial_to_show(trials: list[Trial]) -> Trial | None:
    """Return a failed trial long enough for time to be seen; else the first failed one."""
    failed = [trial for trial in trials if not trial.right]
    comparable = [trial for trial in failed if trial.comparable]
    long = [trial for trial in comparable if len(trial.steps) >= _ENOUGH_STEPS]
    return next(iter([*long, *comparable, *failed]), None)


def first_wrong_step(trial: Trial, attempt: Callable[[Trial], list[Trial]]) -> int | None:
    """Return the first wrong step of a trial, or None where the question has no answer.

    Rows of time show it directly. Where all of them are right but a sum over time is not,
    ``attempt`` runs the shorter cases of the exercise's probe: the function is right on the last
    steps alone up to some step, and wrong as soon as that one is among them.
    """
    wrong = [t for t, right in enumerate(trial.steps) if not right]
    backward = trial.exercise.backward
    if wrong:
        return max(wrong) if backward else min(wrong)
    if trial.exercise.probe is None or not trial.comparable:
        return None
    probes = attempt(trial)
    wrong = [t for t, probe in enumerate(probes) if probe.comparable and not probe.right]
    if not wrong:
        return None
    return max(wrong) if backward else min(wrong)
