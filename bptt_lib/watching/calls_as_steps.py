"""Where no loop walks through time: the calls of a function as its steps.

A recursion makes them, or a helper that `map`, `reduce` or a comprehension calls once for each
step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

import numpy as np

from .moments import Times, Turns, Watched
from .roles import Reference, agrees


def calls_as_turns(watched: Watched, reference: Reference) -> tuple[Turns, Times]:
    """Take the calls of one function as turns, in the order in which more of their values fit.

    Nothing says in which order they walk. So both ways are held against the reference, and
    neither is believed unless it is counted, or more than every other turn holds a value that is
    right there.
    """
    T = reference.T
    functions = defaultdict(list)
    for i, call in enumerate(watched.calls):
        functions[call.source, call.begins].append(i)
    best = 0
    found: tuple[Turns, Times] = [], []
    for calls in functions.values():
        if len(calls) not in (T, T + 1):  # a recursion ends with a call that has no step
            continue
        turns = _turns_of_calls(watched, calls[:T])
        for times in (list(range(T)), list(range(T))[::-1]):
            fits = list(map(partial(_fits, watched, reference), calls, turns, times))
            believed = 2 * np.count_nonzero(fits) > T or _count(watched, calls, times)
            if believed and sum(fits) > best:
                best, found = sum(fits), (turns, [*times])
    return found


def _count(watched: Watched, calls: Sequence[int], times: Sequence[int]) -> bool:
    """Whether an argument of the calls counts these times."""
    arguments = [watched.calls[call].values for call in calls]
    return any(
        all(one.get(name) == t for one, t in zip(arguments, times, strict=False))
        for name, value in arguments[0].items()
        if isinstance(value, int)
    )


def _turns_of_calls(watched: Watched, calls: Sequence[int]) -> Turns:
    """Gather the moments of each call, and of those that are made from it."""
    turn_of: dict[int | None, int] = {}
    for i, call in enumerate(watched.calls):
        if i in calls:
            turn_of[i] = calls.index(i)
        elif call.caller in turn_of:
            turn_of[i] = turn_of[call.caller]
    turns: Turns = [[] for _ in calls]
    for i, moment in enumerate(watched.moments):
        if moment.call in turn_of:
            turns[turn_of[moment.call]].append(i)
    return turns


def _fits(watched: Watched, reference: Reference, call: int, turn: Sequence[int], t: int) -> int:
    """Count how often a turn's values are what the reference has at step `t`."""
    held = [watched.calls[call].values, *(watched.moments[i].values for i in turn[-1:])]
    there = [values[t] for values in reference.steps.values() if values[t].any()]
    arrays = [one for values in held for one in values.values() if isinstance(one, np.ndarray)]
    return sum(agrees(array, one) for array in arrays for one in there)
