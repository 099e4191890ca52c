"""The report as plain text, for terminals, screen readers and logs."""

from __future__ import annotations

import textwrap

import numpy as np

from bptt_lib.checks import wording
from bptt_lib.checks.report import Array, Comparison, Report

_WIDTH = 88


def as_text(report: Report) -> str:
    """Return everything that the HTML form says, line by line."""
    blocks = [
        f"{wording.MARKS[report.passed]} {report.verdict}",
        _diagnosis(report),
        _strip(report),
        _comparison(report.comparison),
        _criteria(report),
        _block("Your function printed:", report.printed),
        _hints(report),
        _block("The library's own solution:", report.solution) if report.passed else "",
        wording.tries_sentence(report),
    ]
    return "\n\n".join(block for block in blocks if block)


def _wrap(text: str, indent: str = "") -> str:
    return "\n".join(
        textwrap.fill(line, _WIDTH, initial_indent=indent, subsequent_indent=indent)
        for line in text.splitlines()
    )


def _block(title: str, text: str) -> str:
    return f"{title}\n{textwrap.indent(text.rstrip(), '    ')}" if text.strip() else ""


def _diagnosis(report: Report) -> str:
    if report.diagnosis is None:
        return ""
    return f"{report.diagnosis.title}\n{_wrap(report.diagnosis.explanation, '    ')}"


def _strip(report: Report) -> str:
    sentence = wording.step_sentence(report)
    states = wording.step_states(report)
    if not states:
        return sentence
    marks = "  ".join(f"{t}{wording.MARKS[state]}" for t, state in enumerate(states))
    return f"{sentence}\n    steps  {marks}".lstrip()


def _comparison(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    title = wording.comparison_title(comparison)
    if not comparison.is_small:
        return title
    pattern = wording.number_format(comparison)
    yours = _table(comparison.got, comparison.wrong, pattern)
    expected = _table(comparison.expected, np.zeros_like(comparison.wrong), pattern)
    return f"{title}\n  yours (✗ marks what differs)\n{yours}\n  expected\n{expected}"


def _table(array: Array, wrong: Array, pattern: str) -> str:
    cells = [
        [pattern.format(x) + (" ✗" if bad else "  ") for x, bad in zip(row, marks, strict=True)]
        for row, marks in zip(wording.rows(array), wording.rows(wrong), strict=True)
    ]
    width = max(len(cell) for row in cells for cell in row)
    return "\n".join("    " + "  ".join(cell.rjust(width) for cell in row) for row in cells)


def _criteria(report: Report) -> str:
    lines = []
    for criterion in report.criteria:
        mark, state = wording.MARKS[criterion.passed], wording.STATES[criterion.passed]
        lines.append(f"{mark} {criterion.name} ({state})")
        if criterion.passed is not None:
            lines.append(_wrap(criterion.message, "      "))
    return "\n".join(lines)


def _hints(report: Report) -> str:
    if report.passed or not report.hints:
        return ""
    lines = [f"{len(report.hints)} hints are there: hint({report.exercise!r}) gives the next one."]
    return "\n".join(lines)
