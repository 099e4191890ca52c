"""Which time step each executed line belongs to, told from what walks through time.

Mostly that is a loop; else, the calls of a function (`calls_as_steps`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from .calls_as_steps import calls_as_turns
from .moments import Moment, Times, Turns, Watched
from .roles import Reference
from .source import Loop, Source
from .values import Value


def steps_of(watched: Watched, reference: Reference) -> Times:
    """Return the time step of each moment, None for what stands outside the walk through time.

    A loop counts as the one over time if it has about T turns. The step is read from the
    variable that counts it (``for t in reversed(range(T))``, ``range(1, T + 1)``, a `while`);
    where nothing counts, the turns are counted, from the end if the function walks back.
    What a helper does belongs to the turn from which it was called.
    """
    steps: Times = [None] * len(watched.moments)
    first = {call.source: i for i, call in reversed(list(enumerate(watched.calls)))}
    for call in sorted(first.values()):
        for turns, times in _loops_over_time(watched, call, reference):
            if any(steps[i] is not None for turn in turns for i in turn):
                continue  # a helper's own loop, inside one step
            _write(steps, turns, times)
    if all(t is None for t in steps):
        _write(steps, *calls_as_turns(watched, reference))
    return steps


def _write(steps: Times, turns: Turns, times: Times) -> None:
    for turn, t in zip(turns, times, strict=True):
        for i in turn:
            steps[i] = t


def _loops_over_time(
    watched: Watched, call: int, reference: Reference
) -> Iterator[tuple[Turns, Times]]:
    moments, T = watched.moments, reference.T
    source = watched.sources[watched.calls[call].source]
    made_at = watched.led_from(call) if source.loops else {}
    lines = {
        i: moment.line if (line := made_at[moment.call]) is None else line
        for i, moment in enumerate(moments)
        if moment.call in made_at
    }
    for loop in source.loops:
        turns = _turns(loop, lines)
        # A helper may well loop over something else than time.
        about = abs(len(turns) - T) <= (0 if call else max(1, T // 2))
        cut_off = watched.error and turns and turns[-1][-1] == len(moments) - 1
        if turns and (about or cut_off):
            own = [[i for i in turn if moments[i].call == call] or turn for turn in turns]
            yield turns, _times_of_loop(loop, source, moments, own, reference)


def _turns(loop: Loop, lines: Mapping[int, int]) -> Turns:
    """Gather the moments of each turn: the header that began it, and its body."""
    turns: Turns = []
    header: list[int] = []
    for i, line in lines.items():
        if line == loop.header:
            header.append(i)
        elif line in loop.body:
            if header:
                turns.append(header)
                header = []
            if turns:
                turns[-1].append(i)
    return turns


def _times_of_loop(
    loop: Loop, source: Source, moments: Sequence[Moment], turns: Turns, reference: Reference
) -> Times:
    T, backward = reference.T, reference.backward
    found = dict(_counters(loop.targets, moments, turns, T))
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
    targets: Sequence[str], moments: Sequence[Moment], turns: Turns, T: int
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
        if strides in ({1}, {-1}) or (not strides and name in (*targets, "t")):
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
