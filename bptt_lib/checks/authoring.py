"""The door for those who write exercises; `docs/authoring.md` builds one from nothing."""

from bptt_lib.checks.diagnosis.laws import Law
from bptt_lib.checks.exercise import Case, Exercise, Misconception, Stage
from bptt_lib.checks.exercises import register

__all__ = ["Case", "Exercise", "Law", "Misconception", "Stage", "register"]
