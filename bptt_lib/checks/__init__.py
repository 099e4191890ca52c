"""Instant checks of the exercises: `@exercise` above a function, or ``check(function)``."""

from bptt_lib.checks.best import best, whose
from bptt_lib.checks.hints import hint
from bptt_lib.checks.judge import check
from bptt_lib.checks.questions import answer
from bptt_lib.checks.report import Criterion, Diagnosis, Report
from bptt_lib.checks.show import accompany, exercise

__all__ = [
    "Criterion",
    "Diagnosis",
    "Report",
    "accompany",
    "answer",
    "best",
    "check",
    "exercise",
    "hint",
    "whose",
]
