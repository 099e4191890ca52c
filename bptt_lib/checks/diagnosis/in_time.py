"""Arrays whose rows follow time: reversed, shifted, summed up, or with rows left empty."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bptt_lib.checks.diagnosis.relation import Pairs, Relation, agrees
from bptt_lib.checks.report import Array


def in_time(pairs: Pairs, offset: int | None) -> Relation | None:
    """Say how the rows are moved."""
    if offset is None:
        return None
    for slug, words, make in _MOVES:
        if all(agrees(got, make(right), t) for got, right, t in pairs):
            return Relation(slug, words)
    empty: list[int] = []
    where = ""
    for got, right, trial in sorted(pairs, key=lambda pair: len(pair[1])):
        if got.shape != right.shape:
            return None
        wrong = [t for t in range(len(right)) if not agrees(got[t], right[t], trial)]
        if any(np.any(got[t]) for t in wrong):
            return None
        if wrong:
            empty, where = wrong, trial.case.name
    whole = max(len(right) for _, right, _ in pairs)
    if empty and len(empty) < whole:
        return Relation("rows-missing", f"right but for {_rows(empty)}, left at zero", where)
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
