"""Words and numbers that both renderings of a report share."""

from __future__ import annotations

import numpy as np

from bptt_lib.checks.report import Array, Comparison, Report

MARKS = {True: "✓", False: "✗", None: "·"}
STATES = {True: "holds", False: "fails", None: "not reached"}
STEPS = {True: "right", False: "wrong", None: "not told"}


def number_format(comparison: Comparison) -> str:
    """Return a format with as many digits as are needed to see the difference."""
    got, expected = comparison.got[comparison.wrong], comparison.expected[comparison.wrong]
    for digits in (3, 5, 8):
        pattern = f"{{:.{digits}g}}"
        if all(pattern.format(a) != pattern.format(b) for a, b in zip(got, expected, strict=True)):
            return pattern
    return "{:.12g}"


def rows(array: Array) -> Array:
    """Return the array as a table: a vector is one row."""
    return np.atleast_2d(array)


def comparison_title(comparison: Comparison) -> str:
    """Name the array, the case and how much is wrong."""
    axes = f" {comparison.axes}" if comparison.axes else ""
    told = f"{comparison.what}{axes} in the case “{comparison.case}”: {comparison.count}"
    return f"{told}. {comparison.note}" if comparison.note else told


def step_sentence(report: Report) -> str:
    """Say where in time the trouble starts; empty where nothing is known."""
    t = report.first_wrong_step
    if t is None:
        return ""
    T = len(report.steps)
    if T == 0:
        return f"The first wrong value belongs to time step {t}."
    if report.backward:
        right = _right_until(T - 1, t + 1, "back to") if t < T - 1 else ""
    else:
        right = _right_until(0, t - 1, "up to") if t > 0 else ""
    where = f"In the sequence of T = {T} steps the first wrong value belongs to time step {t}"
    return f"{where}: {right}." if right else f"{where}."


def step_states(report: Report) -> tuple[bool | None, ...]:
    """Say of each time step whether it is right; None where it cannot be told.

    A weight's gradient mixes all steps. Where only such arrays are wrong, the steps that the
    function came through before the first wrong one are right, and those after it are open.
    """
    first = report.first_wrong_step
    if first is None or not all(report.steps):
        return () if all(report.steps) else report.steps

    def state(t: int) -> bool | None:
        if t == first:
            return False
        return True if (t > first) == report.backward else None

    return tuple(state(t) for t in range(len(report.steps)))


def _right_until(start: int, end: int, way: str) -> str:
    right = (
        f"step {start} is right" if start == end else f"right from step {start} {way} step {end}"
    )
    return f"{right}, then wrong"


def hint_titles(report: Report) -> list[str]:
    """Return ``"Hint 1 of 3"`` and so on."""
    return [f"Hint {i} of {len(report.hints)}" for i in range(1, len(report.hints) + 1)]


def tries_sentence(report: Report) -> str:
    """Say how many tries and hints this took, for the learner's eyes only."""
    if not report.tries:
        return ""
    tries = f"Try {report.tries} in this session"
    if report.hints_taken:
        tries += f", {report.hints_taken} {'hint' if report.hints_taken == 1 else 'hints'} taken"
    return tries + ". Nobody else sees this."
