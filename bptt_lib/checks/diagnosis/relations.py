"""Relations between an array and the one expected: negated, scaled, transposed, shifted, ...

Each relation must hold on every case before it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from bptt_lib.checks.diagnosis.in_time import in_time
from bptt_lib.checks.diagnosis.oddities import argument, cut, places, rounded, taken_for
from bptt_lib.checks.diagnosis.relation import Pairs, Relation, agrees
from bptt_lib.checks.diagnosis.scaling import scaled
from bptt_lib.checks.report import Array
from bptt_lib.checks.trials import Trial


def relation(trials: list[Trial], name: str) -> Relation | None:
    """Return how the learner's array of this name relates to the expected one, on every case."""
    pairs = [(t.got[name], t.expected[name], t) for t in trials if name in t.got]
    if not pairs:
        return None
    unreal = next((t for got, _, t in pairs if not np.isfinite(got).all()), None)
    if unreal is not None:
        return Relation("not-a-number", "NaN or infinite in some entries", unreal.case.name)
    for slug, words, make in _FIXED:
        if all(agrees(got, make(right), t) for got, right, t in pairs):
            return Relation(slug, words)
    return (
        _axes(pairs)
        or scaled(pairs)
        or in_time(pairs, trials[0].exercise.time.get(name))
        or taken_for(trials, name)
        or argument(pairs)
        or cut(pairs)
        or rounded(pairs)
        or places(pairs)
    )


def _axes(pairs: Pairs) -> Relation | None:
    """Say whether only axes of length 1 are too many or too few."""
    if not all(agrees(np.squeeze(got), np.squeeze(right), t) for got, right, t in pairs):
        return None
    other = [(g.ndim - r.ndim, t.case.name) for g, r, t in pairs if g.shape != r.shape]
    if not other:
        return None
    many = "many" if other[0][0] > 0 else "few"
    if other[0][0] == 0:
        return Relation(
            "axes-of-length-1", "right, but with its axes in another order", other[0][1]
        )
    where = "" if len(other) == len(pairs) and len({n > 0 for n, _ in other}) == 1 else other[0][1]
    return Relation("axes-of-length-1", f"right, but with an axis of length 1 too {many}", where)


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


def common(relations: Iterable[Relation | None]) -> Relation | None:
    """Return the relation that all of them are, if they are one."""
    distinct = set(relations)
    return distinct.pop() if len(distinct) == 1 else None
