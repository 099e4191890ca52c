"""Whether a function can be called as the exercise calls it, and which extras it offers."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from bptt_lib.checks.exercise import Exercise


def signature_problem(exercise: Exercise, function: Callable[..., Any]) -> str:
    """Say why the function cannot be called with the exercise's arguments; empty if it can."""
    wanted = f"{exercise.name}({', '.join(exercise.parameters)})"
    if not callable(function):
        return f"This is not a function but a {type(function).__name__}; write def {wanted}."
    if inspect.isclass(function):
        return f"This is a class; write def {wanted}."
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return ""
    if inspect.iscoroutinefunction(function):
        return f"This is an async function; write def {wanted} without async."
    try:
        signature.bind(*exercise.parameters)
    except TypeError as error:
        return (
            f"It cannot be called as {wanted}: {error}. Yours is "
            f"{exercise.name}{signature}; parameters and their order are given by the lesson."
        )
    names = [
        p.name
        for p in signature.parameters.values()
        if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
    ]
    moved = names[: len(exercise.parameters)]
    if sorted(moved) == sorted(exercise.parameters) and moved != list(exercise.parameters):
        return (
            f"The parameters stand in another order than the lesson's: yours is "
            f"({', '.join(moved)}), asked for is ({', '.join(exercise.parameters)})."
        )
    return ""


def offered_extras(exercise: Exercise, function: Callable[..., Any]) -> frozenset[str]:
    """Return the keyword extras of the exercise that the function has a parameter for."""
    try:
        names = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return frozenset()
    return frozenset(name for stage in exercise.stages for name in stage.needs if name in names)
