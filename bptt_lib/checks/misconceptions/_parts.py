"""Mistaken implementations, written as right ones with one part exchanged.

So each catalogue shows at a glance what is wrong in an entry, and two mistakes at once can be made
by exchanging two parts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

from bptt_lib.checks.exercise import Misconception

Part = Callable[..., Any]
Whole = TypeVar("Whole", bound=Any)

FORESEEN = "Foreseen; not met in public."


def exchanged(whole: Any, right: Any) -> dict[str, Part]:
    """Return the parts in which ``whole`` differs from the right one."""
    if type(whole) is not type(right):
        return {}
    return {
        f.name: getattr(whole, f.name)
        for f in fields(right)
        if getattr(whole, f.name) is not getattr(right, f.name)
    }


def both(right: Whole, one: Misconception, other: Misconception) -> Whole | None:
    """Return an implementation with both mistakes; None where they exchange the same part."""
    a, b = exchanged(one.function, right), exchanged(other.function, right)
    if not a or not b or a.keys() & b.keys():
        return None
    made: Whole = type(right)(**a, **b)
    return made
