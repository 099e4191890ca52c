"""Match a learner's results against what each misconception gives on the same cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from bptt_lib.checks.compare import CannotReadError, read, size_of, wrong_entries
from bptt_lib.checks.exercise import Arrays, Case, Exercise, Misconception
from bptt_lib.checks.misconceptions._parts import both
from bptt_lib.checks.run import fresh
from bptt_lib.checks.trials import Trial, expected_value

RAISED = "raised "  # and the exception's type
_NEAREST = 5
_SHORTEST = 8
_DOUBTFUL_PAIRS = 300

# What a mistaken function gives on a case: arrays, or that it raised, or why it cannot be read.
Result = Arrays | str
_given: dict[tuple[int, int], tuple[Any, Case, Result]] = {}


def result_of(exercise: Exercise, function: Callable[..., Any], case: Case) -> Result:
    """Return what a mistaken function gives on a case; computed once."""
    key = id(function), id(case)
    if key not in _given:
        _given[key] = function, case, _compute(exercise, function, case)
    return _given[key][2]


def _compute(exercise: Exercise, function: Callable[..., Any], case: Case) -> Result:
    try:
        with np.errstate(all="ignore"):
            value = function(*fresh(case.arguments))
    except Exception as error:
        return RAISED + type(error).__name__
    try:
        arrays = read(value, expected_value(exercise, case), exercise.optional)
    except CannotReadError as error:
        return str(error)
    return exercise.view(case, arrays)


def same(trial: Trial, result: Result, keys: Iterable[str] | None = None) -> bool:
    """Whether a trial came out as a mistaken function's result, at ``keys`` or all of them."""
    if isinstance(result, str):
        if result.startswith(RAISED):
            fault = trial.outcome.fault
            return fault is not None and result == RAISED + fault.kind
        return result == trial.form_problem
    if trial.outcome.fault is not None or not trial.got:
        return False
    names = result.keys() if keys is None else keys
    floor = max(trial.floor, 1e-7 * size_of(result))
    tolerance = 3.0 * trial.exercise.tolerance
    return all(
        name in trial.got
        and name in result
        and trial.got[name].shape == result[name].shape
        and not _differ(trial.got[name], result[name], tolerance, floor)
        for name in names
    )


def _differ(got: Any, other: Any, tolerance: float, floor: float) -> bool:
    if np.isnan(other).any() or np.isnan(got).any():
        return not np.array_equal(np.isnan(other), np.isnan(got))
    return bool(wrong_entries(got, other, tolerance, floor).any())


def plain_trials(trials: list[Trial], first: Trial | None) -> list[Trial]:
    """Return the trials of the exercise proper, the most telling one first."""
    plain = [trial for trial in trials if not trial.stage.needs]
    return sorted(plain, key=lambda trial: trial is not first)


def match(
    exercise: Exercise, catalogue: Iterable[Misconception], trials: list[Trial]
) -> Misconception | None:
    """Return the misconception which gives the learner's results on every case, if there is one."""
    if not any(trial.outcome.fault is None for trial in trials):
        return None  # exceptions alone are no evidence
    for misconception in catalogue:
        if all(same(t, result_of(exercise, misconception.function, t.case)) for t in trials):
            return misconception
    return None


def match_two(
    exercise: Exercise, catalogue: tuple[Misconception, ...], trials: list[Trial], right: Any
) -> tuple[Misconception, Misconception] | None:
    """Return two misconceptions that together give the learner's results on every case.

    Tried are pairs of which one alone explains some of the arrays that are wrong, or comes near.
    """
    if right is None:
        return None
    short = sorted(trials, key=lambda t: sum(a.size for a in t.expected.values()))
    told = {m.slug: _signs(exercise, m, short[:_SHORTEST]) for m in catalogue}
    tried: set[frozenset[str]] = set()
    pairs: list[tuple[bool, Misconception, Misconception]] = []
    for one in _likely(exercise, catalogue, trials):
        for other in catalogue:
            pair = frozenset((one.slug, other.slug))
            if len(pair) == 2 and pair not in tried:
                tried.add(pair)
                (idle, alone), (idle_too, alone_too) = told[one.slug], told[other.slug]
                doubtful = not (idle <= alone_too and idle_too <= alone)
                pairs.append((doubtful, one, other))
    doubts = 0
    for doubtful, one, other in sorted(pairs, key=lambda pair: pair[0]):
        doubts += doubtful
        if doubts > _DOUBTFUL_PAIRS:
            return None
        if _fits(exercise, both(right, one, other), short):
            return one, other
    return None


def _signs(
    exercise: Exercise, misconception: Misconception, trials: list[Trial]
) -> tuple[set[int], set[int]]:
    """Return the trials on which a misconception does no harm, and those it explains alone.

    Where one of two mistakes does no harm, the other most often explains the trial alone; pairs
    of which that holds are tried first.
    """
    idle, alone = set(), set()
    for i, trial in enumerate(trials):
        result = result_of(exercise, misconception.function, trial.case)
        if not isinstance(result, str) and all(
            name in result
            and result[name].shape == right.shape
            and not _differ(result[name], right, exercise.tolerance, trial.floor)
            for name, right in trial.expected.items()
            if name not in exercise.optional
        ):
            idle.add(i)
        if same(trial, result):
            alone.add(i)
    return idle, alone


def _likely(
    exercise: Exercise, catalogue: tuple[Misconception, ...], trials: list[Trial]
) -> list[Misconception]:
    """Return those that explain some array wholly, then those that come nearest."""
    partial = [m for m in catalogue if _explains_some(exercise, m, trials)]
    near = sorted(catalogue, key=lambda m: _distance(trials[0], m))
    return list(dict.fromkeys([*partial, *near[:_NEAREST]]))[: 2 * _NEAREST]


def _distance(trial: Trial, misconception: Misconception) -> float:
    result = result_of(trial.exercise, misconception.function, trial.case)
    if isinstance(result, str):
        return np.inf
    shared = [n for n in trial.got if n in result and trial.got[n].shape == result[n].shape]
    distance = sum(float(np.linalg.norm(trial.got[n] - result[n])) for n in shared)
    return distance if shared and np.isfinite(distance) else np.inf


def _explains_some(exercise: Exercise, misconception: Misconception, trials: list[Trial]) -> bool:
    """Whether an array that is wrong somewhere is always as the misconception makes it."""
    wrong = {name for trial in trials for name, marks in trial.wrong.items() if marks.any()}

    def explains(name: str) -> bool:  # case by case, for most fall at the first
        return all(
            same(t, result_of(exercise, misconception.function, t.case), (name,)) for t in trials
        )

    return any(explains(name) for name in sorted(wrong))


def _fits(exercise: Exercise, function: Any, trials: list[Trial]) -> bool:
    return function is not None and all(
        same(trial, _compute(exercise, function, trial.case)) for trial in trials
    )
