"""Call a learner's function on a case: with fresh arguments, inside the budget and the fences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bptt_lib.checks.budget import Budget
from bptt_lib.checks.compare import CannotReadError
from bptt_lib.checks.exercise import Arrays, Case
from bptt_lib.checks.faults import Fault, explain


@dataclass(frozen=True)
class Outcome:
    """What came of one call.

    ``arrays`` is what the result held when it came back: later calls may write into it.
    ``unreadable`` says why it could not be read; empty if it could.
    """

    value: Any = None
    fault: Fault | None = None
    arguments: tuple[Any, ...] = ()
    changed: tuple[str, ...] = ()
    arrays: Arrays = field(default_factory=dict)
    unreadable: str = ""


def run(
    function: Callable[..., Any],
    case: Case,
    parameters: tuple[str, ...],
    budget: Budget,
    read_result: Callable[[Any], Arrays],
) -> Outcome:
    """Call ``function`` on copies of the case's arguments, and return whatever comes of it."""
    arguments = fresh(case.arguments)
    keywords = {name: fresh(value) for name, value in case.keywords.items()}
    value, error = budget.call(lambda: function(*arguments, **keywords))
    if error is not None:
        return Outcome(fault=explain(error), arguments=arguments)
    arrays, unreadable, endless = read_within(value, budget, read_result)
    if endless is not None:
        return Outcome(fault=endless, arguments=arguments)
    changed = [
        sentence
        for name, now, before in zip(parameters, arguments, case.arguments, strict=False)
        for sentence in changes(name, now, before)
    ]
    return Outcome(value, None, arguments, tuple(changed), arrays, unreadable)


def read_within(
    value: Any, budget: Budget, read_result: Callable[[Any], Arrays]
) -> tuple[Arrays, str, Fault | None]:
    """Read a result while the clock runs: objects of the learner's may do anything on the way.

    Returns the arrays, why they could not be read, and the fault if that took all the time.
    """
    arrays, error = budget.call(lambda: read_result(value))
    if error is None:
        return arrays, "", None
    if isinstance(error, CannotReadError):
        return {}, str(error), None
    fault = explain(error)
    if fault.kind == "OutOfTimeError":
        return {}, "", fault
    return {}, f"What your function returns cannot be read as arrays. {fault.sentence}", None


def fresh(value: Any) -> Any:
    """Copy arrays and the dicts, lists and tuples that hold them."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: fresh(item) for key, item in value.items()}
    if isinstance(value, list):
        return [fresh(item) for item in value]
    if isinstance(value, tuple):
        return tuple(fresh(item) for item in value)
    return value


def changes(name: str, now: Any, before: Any) -> list[str]:
    """Name the arguments, or their items, that no longer are what they were."""
    if isinstance(before, np.ndarray):
        same = (
            isinstance(now, np.ndarray)
            and now.shape == before.shape
            and now.dtype == before.dtype
            and now.tobytes() == before.tobytes()
        )
        return [] if same else [name]
    if isinstance(before, Mapping):
        gone = [f'{name}["{key}"] (removed)' for key in before if key not in now]
        added = [f'{name}["{key}"] (added)' for key in now if key not in before]
        return [
            *gone,
            *added,
            *(
                item
                for key in before
                if key in now
                for item in changes(f'{name}["{key}"]', now[key], before[key])
            ),
        ]
    return []
