"""Compare what each line set with what the reference has there.

A place is a line and a name that it sets, and, in a helper, the lines that led there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .._guards import Floats
from .judge_place import Setting, judge_place
from .judge_whole import judge_whole
from .judgement import Judgement, Judgements
from .moments import Moment, Watched
from .roles import Reference, agrees, wrong_entries
from .values import Value

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
    places: dict[Place, dict[int, Setting]] = defaultdict(dict)
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
                places[place][t] = Setting(i, t, kept, value)
            elif last[moment.call, name] == i and value.any():
                key = None if moment.call else flow.get(name)
                whole = judge_whole(name, value, key, reference)
                if whole:
                    judged[i, name] = whole
    done: dict[tuple[str, str, int], list[Setting]] = defaultdict(list)
    for (_, name), by_step in places.items():
        sets = list(by_step.values())
        first = moments[sets[0].moment]
        key = None if first.call else flow.get(name)
        right_side = watched.source_at(sets[0].moment).right_side(first.line, name)
        # What a helper calls by a name of its own may be anything: one lucky step says little.
        least = len(sets) / 2 if first.call else 0
        for one, judgement in judge_place(name, sets, right_side, key, reference, least):
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
