"""Judge the values that one line sets a name to, step by step.

What the name stands for is decided once for the place, over all steps; then each value is held
against the reference's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .._guards import Floats
from .judgement import ROWS_OF, Judgement
from .roles import (
    PARAMETERS,
    Marks,
    Reference,
    agrees,
    named_roles,
    role_from_source,
    wrong_entries,
)


@dataclass(frozen=True, eq=False)
class Setting:
    """One time that a name was set; `before` is what it held when the step began."""

    moment: int
    t: int
    before: Floats | None
    value: Floats


def judge_place(
    name: str,
    sets: Sequence[Setting],
    right_side: str,
    key: str | None,
    reference: Reference,
    least: float,
) -> Iterator[tuple[Setting, Judgement]]:
    """Yield a judgement for each time that a place was come to, if its meaning can be told.

    ``key`` is the result's key under which the name was returned, if it was; ``least``, in how
    many steps more than that a value must be right to tell what a nameless one stands for.
    """
    named = named_roles(name, backward=reference.backward)
    shape = sets[0].value.shape
    if any(one.value.shape != shape for one in sets):
        return  # a list that grows
    in_rows = len(shape) > 1 and not {key, *named} & {*PARAMETERS}
    if in_rows and len(shape) == 2 and 0 <= shape[0] - reference.T <= 1:
        yield from _judge_rows(sets, ROWS_OF.get(key or ""), named, reference)
        return
    role = _role_of_place(name, sets, right_side, key, named, reference, least)
    if role is None:
        return
    for one in sets:
        right = _expected(role, one, reference)
        if right is not None and right.shape == one.value.shape:
            yield one, Judgement(role, right, wrong_entries(one.value, right))


def _role_of_place(
    name: str,
    sets: Sequence[Setting],
    right_side: str,
    key: str | None,
    named: Sequence[str],
    reference: Reference,
    least: float,
) -> str | None:
    shape = sets[0].value.shape
    roles = [
        variant
        for role, values in reference.steps.items()
        if values[0].shape == shape
        for variant in ([f"share {role}", f"sum {role}"] if role in PARAMETERS else [role])
    ]
    hits, misses = {}, {}
    for role in roles:
        marks = [_agrees(role, one, reference) for one in sets]
        hits[role], misses[role] = marks.count(True), marks.count(False)
    full = [role for role in roles if hits[role] and not misses[role]]
    existed = sets[0].before is not None
    by_name = [
        role
        for plain in named
        for role in (*(f"sum {plain}", f"share {plain}")[:: 1 if existed else -1], plain)
        if role in roles
    ]
    if key in PARAMETERS and f"sum {key}" in roles and (key in named or not named):
        return f"sum {key}"
    # One lucky step does not outweigh a name.
    full = [role for role in full if not by_name or role in by_name or 2 * hits[role] > len(sets)]
    if full:
        return next((role for role in by_name if role in full), full[0])
    guess = role_from_source(right_side, backward=reference.backward)
    if by_name:
        best = max((hits[role], -misses[role]) for role in by_name)
        likely = [role for role in by_name if (hits[role], -misses[role]) == best]
        return guess if guess in likely else likely[0]
    if max(hits.values(), default=0) > least:
        return max(roles, key=lambda role: hits[role])
    return guess if guess in roles else None


def _expected(role: str, one: Setting, reference: Reference) -> Floats | None:
    kind, _, parameter = role.rpartition(" ")
    right = reference.steps[parameter][one.t]
    if kind != "sum":
        return right
    # What the sum would be now, had this step added what it should.
    return right if one.before is None or one.before.shape != right.shape else one.before + right


def _agrees(role: str, one: Setting, reference: Reference) -> bool | None:
    """Return None where agreement would say nothing: the reference has only zeros there."""
    right = _expected(role, one, reference)
    share = reference.steps[role.rpartition(" ")[2]][one.t]
    same = right is not None and agrees(one.value, right)
    return None if same and not share.any() else same


def _judge_rows(
    sets: Sequence[Setting], returned: str | None, named: Sequence[str], reference: Reference
) -> Iterator[tuple[Setting, Judgement]]:
    """Judge an array that is filled row by row: only the rows that were set."""
    T, shape = reference.T, sets[0].value.shape
    filled = [
        (one, int(row))
        for one in sets
        if one.before is not None and one.before.shape == shape
        for row in np.flatnonzero(_changed(one.before, one.value).any(axis=1))
    ]
    candidates = {
        (role, offset): sum(
            0 <= row - offset < T
            and agrees(one.value[row], values[row - offset])
            and bool(values[row - offset].any())
            for one, row in filled
        )
        for role, values in reference.steps.items()
        if values[0].shape == shape[1:]
        for offset in {0, shape[0] - T}
    }
    if not filled or not candidates:
        return
    likely = [(role, shape[0] - T) for role in (returned, *named)]
    best = max(candidates, key=lambda one: candidates[one])
    known = next((one for one in likely if one in candidates), None)
    choice = best if candidates[best] == len(filled) or known is None else known
    if candidates[choice] == 0 and choice is not known:
        return
    role, offset = choice
    rows_of: dict[int, list[int]] = defaultdict(list)
    for one, row in filled:
        if 0 <= row - offset < T:
            rows_of[one.moment].append(row)
    for one in sets:
        right, wrong = one.value.copy(), np.zeros(shape, dtype=bool)
        for row in rows_of[one.moment]:
            right[row] = reference.steps[role][row - offset]
            wrong[row] = wrong_entries(one.value[row], right[row])
        if rows_of[one.moment]:
            yield one, Judgement(f"row {role}", right, wrong)


def _changed(before: Floats, after: Floats) -> Marks:
    return np.asarray((before != after) & ~(np.isnan(before) & np.isnan(after)))
