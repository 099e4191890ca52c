"""A learner's own function made ready for the stepper: run on which case, shown from where."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..checks import Report, session
from ..checks.budget import Budget
from ..checks.fences import Fences
from ..checks.report import Call
from ..recording import Recording
from ..rnn import rnn_forward_cache
from ..watching import FOLLOWED, code_of, follow, run_of

SECONDS = 3.0


@dataclass(frozen=True, eq=False)
class Shown:
    """Everything that a stepper needs to show somebody's own function."""

    recording: Recording
    run: dict[str, Any]
    code: dict[str, Any]
    position: int
    moment: int
    diagnosis: dict[str, str] | None


def can_be_watched(report: Report) -> bool:
    """Whether a failed report's function can be stepped through on the case that it failed on."""
    if report.passed or report.is_unwritten or report.exercise not in FOLLOWED:
        return False
    if report.call is None or inspect.isgeneratorfunction(inspect.unwrap(report.call.function)):
        return False
    return hasattr(report.call.function, "__code__")


def shown(function: Callable[..., Any], report: Report | None = None) -> Shown:
    """Follow a function on the case that its check failed on, else on a small one.

    Parameters
    ----------
    function : callable
        The learner's function.
    report : Report, optional
        What a check said of it; by default, its latest one in this session, if it has any.

    Returns
    -------
    Shown
    """
    name = function.__name__ if report is None else report.exercise
    latest = session.latest.get(name)
    if report is None and latest is not None and latest.function is function:
        report = latest.report
    call = report.call if report is not None and report.call is not None else None
    if call is None:
        call = Call(function, _small_case(name))
    with Fences(), Budget(SECONDS) as budget:
        limited = _within(budget, call.function)
        followed = follow(limited, call.arguments, call.keywords, name=name)
    step = report.first_wrong_step if report is not None else None
    moment = followed.standing(step)
    T = len(followed.recording.frames) // 2
    known = (step, followed.steps[moment], followed.departure_step)
    at = next((t for t in known if t is not None), T - 1 if followed.backward else 0)
    diagnosis = report.diagnosis if report is not None else None
    return Shown(
        followed.recording,
        run_of(followed),
        code_of(followed),
        2 * T - 1 - at if followed.backward else at,
        moment,
        None
        if diagnosis is None
        else {"title": diagnosis.title, "explanation": diagnosis.explanation},
    )


def _within(budget: Budget, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function with a limit of time around it, and around nothing else."""

    @functools.wraps(function)
    def limited(*args: Any, **kwargs: Any) -> Any:
        value, error = budget.call(lambda: function(*args, **kwargs))
        if error is not None:
            raise error
        return value

    return limited


def _small_case(name: str) -> tuple[Any, ...]:
    """Return arguments of unequal sizes, so that a transposed matrix cannot go unseen."""
    rng = np.random.default_rng(10)
    T, D, H = 4, 2, 3
    X_seq, h0 = rng.normal(size=(T, D)), rng.normal(size=H)  # (T, D), (H,)
    W_xh, W_hh = 0.7 * rng.normal(size=(H, D)), 0.6 * rng.normal(size=(H, H))
    b_h = 0.3 * rng.normal(size=H)  # (H,)
    if name == "rnn_forward_cache":
        return X_seq, h0, W_xh, W_hh, b_h
    return rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h), rng.normal(size=H), W_xh, W_hh
