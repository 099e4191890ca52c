"""Arrays taken for another, cut, rounded, or wrong in one place only."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bptt_lib.checks.compare import wrong_entries
from bptt_lib.checks.diagnosis.relation import Pairs, Relation, agrees
from bptt_lib.checks.report import Array
from bptt_lib.checks.trials import Trial


def taken_for(trials: list[Trial], name: str) -> Relation | None:
    """Say whether it is what another array should be."""
    for other in trials[0].expected:
        if other != name and all(
            name in t.got and other in t.expected and agrees(t.got[name], t.expected[other], t)
            for t in trials
        ):
            return Relation("taken-for-another", f"what {other} should be")
    return None


def cut(pairs: Pairs) -> Relation | None:
    """Say whether entries are cut at a limit."""
    limits = []
    for got, right, trial in pairs:
        limit = float(np.max(np.abs(got), initial=0.0))
        if not agrees(got, np.clip(right, -limit, limit), trial):
            return None
        if not agrees(got, right, trial):
            limits.append(limit)
    if not limits or max(limits) - min(limits) > 1e-6 * max(limits):
        return None
    return Relation("entries-cut", f"right, but with its entries cut at {limits[0]:.4g}")


def rounded(pairs: Pairs) -> Relation | None:
    """Say whether decimals are lost."""
    for digits in range(5):
        if all(
            got.shape == right.shape and np.allclose(got, np.round(right, digits), atol=1e-9)
            for got, right, _ in pairs
        ):
            return Relation("rounded", f"right, but rounded to {digits} decimals")
    if all(agrees(got, np.trunc(right), trial) for got, right, trial in pairs):
        return Relation("rounded", "right, but with its decimals cut off")
    return None


def places(pairs: Pairs) -> Relation | None:
    """Say whether it is always the same entries that are wrong."""
    marks = []
    for got, right, trial in pairs:
        if got.shape != right.shape or right.ndim == 0:
            return None
        tolerance, floor = trial.exercise.tolerance, trial.floor
        marks.append(wrong_entries(got, right, tolerance, floor))
    sized = [m for m in marks if m.size > 2 and len(m) > 1]
    if not sized or not any(m.any() for m in sized):
        return None
    for slug, words, inside in _PLACES:
        if slug not in _ANY_RANK and any(m.ndim != 2 for m in sized):
            continue
        if not any(np.any(m & ~inside(m)) for m in sized):
            return Relation(f"wrong-in-{slug}", f"right but for {words}")
    return None


def _only(*index: int | slice) -> Callable[[Array], Array]:
    def inside(marks: Array) -> Array:
        there = np.zeros_like(marks)
        there[index if len(index) <= marks.ndim else index[: marks.ndim]] = True
        return there

    return inside


def _diagonal(marks: Array) -> Array:
    return np.eye(*marks.shape, dtype=bool)


_ANY_RANK = ("the-first-entry", "the-last-entry", "the-first-row", "the-last-row")
_PLACES: tuple[tuple[str, str, Callable[[Array], Array]], ...] = (
    ("the-first-entry", "its first entry", _only(0, 0)),
    ("the-last-entry", "its last entry", _only(-1, -1)),
    ("the-first-row", "its first row", _only(0)),
    ("the-last-row", "its last row", _only(-1)),
    ("the-first-column", "its first column", _only(slice(None), 0)),
    ("the-last-column", "its last column", _only(slice(None), -1)),
    ("the-diagonal", "its diagonal", _diagonal),
    ("off-the-diagonal", "all that is off its diagonal", lambda m: ~_diagonal(m)),
)


def argument(pairs: Pairs) -> Relation | None:
    """Say whether it is one of the arguments that was returned."""
    for name in _named_arrays(pairs[0][2]):
        if all(agrees(got, _named_arrays(t).get(name), t) for got, _, t in pairs):
            return Relation("an-argument", f"no result but the argument {name} as it came")
    return None


def _named_arrays(trial: Trial) -> dict[str, Array]:
    arrays: dict[str, Array] = {}
    for name, value in zip(trial.exercise.parameters, trial.case.arguments, strict=False):
        items = value.items() if isinstance(value, dict) else [(None, value)]
        for key, array in items:
            if isinstance(array, np.ndarray) and array.ndim > 0:
                label = name if key is None else f'{name}["{key}"]'
                arrays |= {label: array, f"{label}[0]": array[0], f"{label}[-1]": array[-1]}
    return {label: np.asarray(array) for label, array in arrays.items()}
