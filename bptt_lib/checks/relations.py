"""Relations between an array and the one expected: negated, scaled, transposed, shifted, ...

Each relation must hold on every case before it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from bptt_lib.checks.compare import wrong_entries
from bptt_lib.checks.report import Array
from bptt_lib.checks.trials import Trial


@dataclass(frozen=True)
class Relation:
    """A true statement about an array of the learner's: ``"{} is " + words``."""

    slug: str
    words: str


def relation(trials: list[Trial], name: str) -> Relation | None:
    """Return how the learner's array of this name relates to the expected one, on every case."""
    pairs = [(t.got[name], t.expected[name], t) for t in trials if name in t.got]
    if not pairs:
        return None
    unreal = next((t for got, _, t in pairs if not np.isfinite(got).all()), None)
    if unreal is not None:
        return Relation("not-a-number", f"NaN or infinite in the case “{unreal.case.name}”")
    for slug, words, make in _FIXED:
        if all(_is(got, make(right), t) for got, right, t in pairs):
            return Relation(slug, words)
    if all(_is(np.squeeze(got), np.squeeze(right), t) for got, right, t in pairs):
        return Relation("axes-of-length-1", "right, but with an axis of length 1 too many")
    return (
        _scaled(pairs)
        or _in_time(pairs, trials[0].exercise.time.get(name))
        or _taken_for(trials, name)
        or _argument(pairs)
        or _cut(pairs)
        or _rounded(pairs)
        or _places(pairs)
    )


def _is(got: Array, other: Array | None, trial: Trial) -> bool:
    if other is None or got.shape != other.shape:
        return False
    return not wrong_entries(got, other, trial.exercise.tolerance, trial.floor).any()


def _transpose(right: Array) -> Array | None:
    return right.T if right.ndim == 2 else None


def _minus_transpose(right: Array) -> Array | None:
    return -right.T if right.ndim == 2 else None


_FIXED: tuple[tuple[str, str, Callable[[Array], Array | None]], ...] = (
    ("zero", "zero everywhere", np.zeros_like),
    ("negated", "right but for its sign", np.negative),
    ("transposed", "the transpose of the right one", _transpose),
    (
        "transposed-and-negated",
        "the transpose of the right one, with the wrong sign",
        _minus_transpose,
    ),
    ("absolute-values", "right but for lost signs", np.abs),
    ("signs-only", "nothing but the signs of the right one", np.sign),
    ("squared", "the square of the right one", np.square),
)


# -- scaled --


def _factors(trial: Trial) -> dict[str, float]:
    """Return the numbers by which people scale by mistake."""
    factors = {"2": 2.0, "1/2": 0.5, "3": 3.0}
    sizes: dict[str, int] = {}
    for array, letters in trial.exercise.shapes.items():
        shape = trial.expected[array].shape if array in trial.expected else ()
        for letter, n in zip(letters.strip("()").replace(" ", "").split(","), shape, strict=False):
            if letter.isalpha() and len(letter) == 1:
                sizes[letter] = n
    T = len(trial.steps) or sizes.get("T", 0) or _length(trial)
    if T:
        sizes["T"] = T
    for letter, n in sizes.items():
        factors |= {letter: float(n), f"1/{letter}": 1.0 / n, f"2/{letter}": 2.0 / n}
        factors[f"1/{letter}²"] = 1.0 / n**2
        if n > 1:
            factors[f"1/({letter} - 1)"] = 1.0 / (n - 1)
        factors[f"1/({letter} + 1)"] = 1.0 / (n + 1)
    parameters = trial.exercise.parameters
    for scalar in ("lr", "max_norm", "epochs"):
        if scalar in parameters:
            value = float(trial.case.arguments[parameters.index(scalar)])
            if value > 0.0:
                factors |= {scalar: value, f"1/{scalar}": 1.0 / value}
    return factors | {f"-{name}": -value for name, value in factors.items()}


def _length(trial: Trial) -> int:
    first = trial.case.arguments[0]
    return len(first) if isinstance(first, np.ndarray) else 0


def _scaled(pairs: list[tuple[Array, Array, Trial]]) -> Relation | None:
    found = []
    for got, right, trial in pairs:
        square = float(np.sum(right**2)) if got.shape == right.shape else 0.0
        if square == 0.0:
            if not _is(got, right, trial):
                return None
            continue
        factor = float(np.sum(got * right)) / square
        if not np.isfinite(factor) or not _is(got, factor * right, trial):
            return None
        found.append((factor, trial))
    if not found:
        return None
    for name in _factors(found[0][1]):
        factors = [_factors(t).get(name, np.inf) for _, t in found]
        if all(abs(f - 1.0) < 1e-9 for f in factors):
            continue
        if all(abs(c / f - 1.0) < 3e-4 for (c, _), f in zip(found, factors, strict=True)):
            slug = name.replace("/", "-over-").replace(" ", "").strip("()").replace("-(", "-")
            return Relation(f"scaled-by-{slug}", f"{name} times the right one")
    constants = [c for c, _ in found]
    if max(constants) - min(constants) < 1e-3 * abs(constants[0]):
        return Relation("scaled", f"{constants[0]:.4g} times the right one")
    wrong = [(c, t) for c, t in found if abs(c - 1.0) > 1e-3]
    c, trial = wrong[-1] if wrong else found[-1]
    words = f"the right one times a number that changes ({c:.4g} in the case “{trial.case.name}”)"
    return Relation("scaled-unevenly", words)


# -- in time --


def _in_time(pairs: list[tuple[Array, Array, Trial]], offset: int | None) -> Relation | None:
    if offset is None:
        return None
    for slug, words, make in _MOVES:
        if all(_is(got, make(right), t) for got, right, t in pairs):
            return Relation(slug, words)
    empty: list[int] = []
    for got, right, trial in sorted(pairs, key=lambda pair: len(pair[1])):
        if got.shape != right.shape:
            return None
        wrong = [t for t in range(len(right)) if not _is(got[t], right[t], trial)]
        if any(np.any(got[t]) for t in wrong):
            return None
        empty = wrong or empty
    whole = max(len(right) for _, right, _ in pairs)
    if empty and len(empty) < whole:
        return Relation("rows-missing", f"right but for {_rows(empty)}, left at zero")
    return None


def _rows(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0]}"
    if rows == list(range(rows[0], rows[-1] + 1)):
        return f"rows {rows[0]} to {rows[-1]}"
    return "rows " + ", ".join(map(str, rows))


def _later(right: Array) -> Array:
    return np.concatenate([np.zeros_like(right[:1]), right[:-1]])


def _earlier(right: Array) -> Array:
    return np.concatenate([right[1:], np.zeros_like(right[:1])])


_MOVES: tuple[tuple[str, str, Callable[[Array], Array | None]], ...] = (
    ("reversed-in-time", "right but in reverse order of time", lambda right: right[::-1]),
    ("shifted-later", "right but one row too late, its first row zero", _later),
    ("shifted-earlier", "right but one row too early, its last row zero", _earlier),
    (
        "rolled-later",
        "right but one row too late, its last row come first",
        lambda r: np.roll(r, 1, 0),
    ),
    (
        "rolled-earlier",
        "right but one row too early, its first row gone last",
        lambda r: np.roll(r, -1, 0),
    ),
    ("sum-over-time", "the sum of its rows over time, in each row", lambda r: r * 0 + r.sum(0)),
    ("running-sum", "summed up along time", lambda r: np.cumsum(r, axis=0)),
    ("running-sum-backward", "summed up against time", lambda r: np.cumsum(r[::-1], axis=0)[::-1]),
)


# -- taken for another, cut, rounded --


def _taken_for(trials: list[Trial], name: str) -> Relation | None:
    for other in trials[0].expected:
        if other != name and all(
            name in t.got and other in t.expected and _is(t.got[name], t.expected[other], t)
            for t in trials
        ):
            return Relation("taken-for-another", f"what {other} should be")
    return None


def _cut(pairs: list[tuple[Array, Array, Trial]]) -> Relation | None:
    limits = []
    for got, right, trial in pairs:
        limit = float(np.max(np.abs(got), initial=0.0))
        if not _is(got, np.clip(right, -limit, limit), trial):
            return None
        if not _is(got, right, trial):
            limits.append(limit)
    if not limits or max(limits) - min(limits) > 1e-6 * max(limits):
        return None
    return Relation("entries-cut", f"right, but with its entries cut at {limits[0]:.4g}")


def _rounded(pairs: list[tuple[Array, Array, Trial]]) -> Relation | None:
    for digits in range(5):
        if all(
            got.shape == right.shape and np.allclose(got, np.round(right, digits), atol=1e-9)
            for got, right, _ in pairs
        ):
            return Relation("rounded", f"right, but rounded to {digits} decimals")
    return None


def same_factor(trials: list[Trial]) -> Relation | None:
    """Say whether on each case all arrays are scaled by one number: the direction is right."""
    lengths = []
    for trial in trials:
        if trial.got.keys() != trial.expected.keys() or not trial.comparable:
            return None
        right = np.concatenate([a.ravel() for a in trial.expected.values()])
        got = np.concatenate([trial.got[name].ravel() for name in trial.expected])
        square = float(right @ right)
        factor = float(got @ right) / square if square else 1.0
        if not np.isfinite(factor) or not _is(got, factor * right, trial):
            return None
        lengths.append((factor, float(np.sqrt(got @ got)), float(np.sqrt(square)), trial.case.name))
    wrong = [entry for entry in lengths if abs(entry[0] - 1.0) > 1e-3]
    if not wrong:
        return None
    ends = [length for _, length, _, _ in wrong]
    if len(ends) > 1 and max(ends) - min(ends) < 1e-4 * max(ends):
        words = f"scaled down together where their overall length is above {ends[0]:.4g}"
        return Relation("length-fixed", words)
    _, length, right_length, name = wrong[-1]
    words = (
        f"of the right direction but the wrong length: in the case “{name}” their overall length "
        f"is {length:.4g}, expected {right_length:.4g}"
    )
    return Relation("length-wrong", words)


def _places(pairs: list[tuple[Array, Array, Trial]]) -> Relation | None:
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


def _argument(pairs: list[tuple[Array, Array, Trial]]) -> Relation | None:
    """Say whether it is one of the arguments that was returned."""
    for name in _named_arrays(pairs[0][2]):
        if all(_is(got, _named_arrays(t).get(name), t) for got, _, t in pairs):
            return Relation("an-argument", f"not a result but {name}")
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


def common(relations: Iterable[Relation | None]) -> Relation | None:
    """Return the relation that all of them are, if they are one."""
    distinct = set(relations)
    return distinct.pop() if len(distinct) == 1 else None
