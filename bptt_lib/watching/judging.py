"""Compare what each line set with what the reference has there.

A place is a line and a name that it sets. What a name stands for is decided once for each
place, over all steps; then each value set there is held against the reference's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .._guards import Floats
from .moments import Moment, Watched
from .roles import (
    PARAMETERS,
    Marks,
    Reference,
    agrees,
    named_roles,
    role_from_source,
    wrong_entries,
)
from .values import Value

# Keys of a result, and what their rows are.
ROWS_OF = {"X_seq": "dx", "hidden_states": "h", "pre_activations": "a", "inputs": "x"}


@dataclass(frozen=True, eq=False)
class Judgement:
    """One value beside the reference's: its meaning, what it should be, where it is not."""

    role: str
    expected: Floats
    wrong: Marks

    @property
    def departs(self) -> bool:
        """Whether any entry is wrong."""
        return bool(self.wrong.any())


@dataclass(frozen=True, eq=False)
class _Set:
    """One time that a name was set; `before` is what it held when the step began."""

    moment: int
    t: int
    before: Floats | None
    value: Floats


Judgements = dict[tuple[int, str], Judgement]
Place = tuple[tuple[int | None, ...], str]  # the lines that lead there, and the name that is set


def judge(
    watched: Watched,
    steps: Sequence[int | None],
    result: Mapping[str, Floats],
    reference: Reference,
) -> Judgements:
    """Return a judgement for each (moment, name) whose meaning could be told."""
    moments, sites = watched.moments, _sites(watched)
    flow = _flow(moments, result)
    judged: Judgements = {}
    last = {(moment.call, name): i for i, moment in enumerate(moments) for name in moment.changed}
    places: dict[Place, dict[int, _Set]] = defaultdict(dict)
    for i, before in enumerate(_before(watched, steps)):
        moment, t = moments[i], steps[i]
        for name in moment.changed:
            value = moment.values[name]
            if not isinstance(value, np.ndarray) or value.ndim == 0:
                continue
            if t is not None:
                former = before.get(name)
                kept = former if isinstance(former, np.ndarray) else None
                # Of what an inner loop sets bit by bit, only the last state counts.
                place = (*sites[moment.call], moment.line), name
                places[place][t] = _Set(i, t, kept, value)
            elif last[moment.call, name] == i and value.any():
                key = None if moment.call else flow.get(name)
                whole = _judge_whole(name, value, key, reference)
                if whole:
                    judged[i, name] = whole
    done: dict[tuple[str, str, int], list[_Set]] = defaultdict(list)
    for (_, name), by_step in places.items():
        sets = list(by_step.values())
        first = moments[sets[0].moment]
        key = None if first.call else flow.get(name)
        right_side = watched.source_at(sets[0].moment).right_side(first.line, name)
        # What a helper calls by a name of its own may be anything: one lucky step says little.
        least = len(sets) / 2 if first.call else 0
        for one, judgement in _judge_place(name, sets, right_side, key, reference, least):
            judged[one.moment, name] = judgement
            done[name, judgement.role, one.t].append(one)
    for (name, _, _), sets in done.items():
        *earlier, last_one = sorted(sets, key=lambda one: one.moment)
        if not judged[last_one.moment, name].departs:
            for one in earlier:  # on the way to what is right in the end
                del judged[one.moment, name]
    return judged


def _before(watched: Watched, steps: Sequence[int | None]) -> Iterator[Mapping[str, Value]]:
    """Yield for each moment what its variables held when the step, or its call, began."""
    begun = {i: call.values for i, call in enumerate(watched.calls)}
    latest: dict[int, int] = {}
    for i, moment in enumerate(watched.moments):
        former = latest.get(moment.call)
        if former is not None and steps[former] != steps[i]:
            begun[moment.call] = watched.moments[former].values
        latest[moment.call] = i
        yield begun[moment.call]


def _sites(watched: Watched) -> list[tuple[int | None, ...]]:
    """Return for each call the lines that led to it: one helper may serve several ends.

    Of a recursion only the nearest call of each source counts, else no two would be alike.
    """
    paths: list[dict[int, int | None]] = []
    for call in watched.calls:
        before = {} if call.caller is None else paths[call.caller]
        paths.append({**before, call.source: call.line})
    return [tuple(part for pair in sorted(path.items()) for part in pair) for path in paths]


def judge_result(result: Mapping[str, Floats], expected: Mapping[str, Floats]) -> Judgements:
    """Compare what was returned, key by key."""
    return {
        (0, name): Judgement(name, right, wrong_entries(result[name], right))
        for name, right in expected.items()
        if name in result and result[name].shape == right.shape
    }


def _flow(moments: Sequence[Moment], result: Mapping[str, Floats]) -> dict[str, str]:
    """Tell which variables were returned, and under which key."""
    end = next((moment.values for moment in reversed(moments) if not moment.call), {})
    return {
        name: key
        for key, returned in result.items()
        for name, value in end.items()
        if isinstance(value, np.ndarray) and returned.any() and agrees(value, returned)
    }


# -- a value of all steps at once ------------------------------------------------------------


def _judge_whole(
    name: str, value: Floats, key: str | None, reference: Reference
) -> Judgement | None:
    """Judge a sum, or an array with time along its rows, by the whole run."""
    named = named_roles(name, backward=reference.backward)
    for role in (key, *named):
        right = reference.sums.get(role or "")
        if role and right is not None and right.shape == value.shape:
            return Judgement(f"total {role}", right, wrong_entries(value, right))
    offset = len(value) - reference.T
    if offset not in (0, 1):
        return None
    candidates = [
        role for role, first in reference.steps.items() if first[0].shape == value.shape[1:]
    ]
    hits = {
        role: sum(agrees(a, b) for a, b in zip(value[offset:], reference.steps[role], strict=True))
        for role in candidates
    }
    full = [role for role in candidates if hits[role] == reference.T]
    likely = [role for role in (ROWS_OF.get(key or ""), *named) if role in candidates]
    best = [role for role in candidates if hits[role]]
    if not (full or likely or best):
        return None
    role = full[0] if full else likely[0] if likely else max(best, key=lambda one: hits[one])
    right = reference.rows(role)
    if offset:
        first = reference.steps["h_prev"][0] if role == "h" else value[0]
        right = np.vstack([first, right])
    return Judgement(f"rows {role}", right, wrong_entries(value, right))


# -- a value of one step -----------------------------------------------------------------------


def _judge_place(
    name: str,
    sets: Sequence[_Set],
    right_side: str,
    key: str | None,
    reference: Reference,
    least: float,
) -> Iterator[tuple[_Set, Judgement]]:
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
    sets: Sequence[_Set],
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


def _expected(role: str, one: _Set, reference: Reference) -> Floats | None:
    kind, _, parameter = role.rpartition(" ")
    right = reference.steps[parameter][one.t]
    if kind != "sum":
        return right
    # What the sum would be now, had this step added what it should.
    return right if one.before is None or one.before.shape != right.shape else one.before + right


def _agrees(role: str, one: _Set, reference: Reference) -> bool | None:
    """Return None where agreement would say nothing: the reference has only zeros there."""
    right = _expected(role, one, reference)
    share = reference.steps[role.rpartition(" ")[2]][one.t]
    same = right is not None and agrees(one.value, right)
    return None if same and not share.any() else same


def _judge_rows(
    sets: Sequence[_Set], returned: str | None, named: Sequence[str], reference: Reference
) -> Iterator[tuple[_Set, Judgement]]:
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
