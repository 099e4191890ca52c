"""Which time step each executed line belongs to, told from the loop that walks through time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .source import Loop, Source
from .trace import Moment, Value

Turns = list[list[int]]


def steps_of(
    source: Source, moments: Sequence[Moment], T: int, *, backward: bool
) -> list[int | None]:
    """Return the time step of each moment, None for what stands outside the loop over time.

    A loop counts as the one over time if it has about T turns. The step is read from the
    variable that counts it (``for t in reversed(range(T))``, ``range(1, T + 1)``, a `while`);
    where nothing counts, the turns are counted, from the end if the function walks back.
    """
    steps: list[int | None] = [None] * len(moments)
    for loop in source.loops:
        turns = _turns(loop, moments)
        if not turns or abs(len(turns) - T) > max(1, T // 2):
            continue
        for turn, t in zip(turns, _times(loop, source, moments, turns, T, backward), strict=True):
            for i in turn:
                steps[i] = t
    return steps


def _turns(loop: Loop, moments: Sequence[Moment]) -> Turns:
    """Gather the moments of each turn: the header that began it, and its body."""
    turns: Turns = []
    header = None
    for i, moment in enumerate(moments):
        if moment.line == loop.header:
            header = i
        elif moment.line in loop.body:
            if header is not None:
                turns.append([header])
                header = None
            if turns:
                turns[-1].append(i)
    return turns


def _times(
    loop: Loop, source: Source, moments: Sequence[Moment], turns: Turns, T: int, backward: bool
) -> list[int | None]:
    found = dict(_counters(loop, moments, turns, T))
    falling = [name for name, times in found.items() if times[0] >= times[-1]]
    natural = [name for name in found if (name in falling) == backward or len(turns) == 1]
    targets = [name for name in found if name in loop.targets]
    for name in ["t", *natural, *targets]:
        if name not in found:
            continue
        times = found[name]
        against = backward and name != "t" and name not in falling
        if against and _is_subtracted(name, source, loop):
            times = [T - 1 - t for t in times]
        return [t if 0 <= t < T else None for t in times]
    return [T - 1 - k if backward else k for k in range(len(turns))]


def _counters(
    loop: Loop, moments: Sequence[Moment], turns: Turns, T: int
) -> Iterator[tuple[str, list[int]]]:
    """Yield the whole-number variables that go up or down by one from turn to turn."""
    names = [name for name, value in moments[turns[0][-1]].values.items() if _is_int(value)]
    for name in names:
        at_start = [moments[turn[0]].values.get(name) for turn in turns]
        at_end = [moments[turn[-1]].values.get(name) for turn in turns]
        # What is set inside the body is known only at the end of the turn.
        values = at_start if all(_is_int(v) for v in at_start) else at_end
        numbers = [v for v in values if isinstance(v, int) and _is_int(v)]
        if len(numbers) != len(turns):
            continue
        strides = {b - a for a, b in pairwise(numbers)}
        # One turn has no stride: only the loop's own name counts it.
        if strides in ({1}, {-1}) or (not strides and name in (*loop.targets, "t")):
            if all(n < 0 for n in numbers):
                numbers = [T + n for n in numbers]
            elif max(numbers) == T and min(numbers) > 0:
                numbers = [n - 1 for n in numbers]
            yield name, numbers


def _is_int(value: Value | None) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_subtracted(name: str, source: Source, loop: Loop) -> bool:
    """Whether the body counts with ``T - 1 - k``, ``-k`` or ``~k``."""
    body = "\n".join(source.lines[i] for i in loop.body if i < len(source.lines))
    return re.search(rf"(?:-\s*|~){re.escape(name)}\b", body) is not None
