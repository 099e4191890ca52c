"""Try a function on the cases of an exercise, and keep each result beside the expected one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from bptt_lib.checks.budget import Budget
from bptt_lib.checks.compare import (
    about_shapes,
    read,
    size_of,
    wrong_entries,
)
from bptt_lib.checks.exercise import Arrays, Case, Exercise, Stage
from bptt_lib.checks.faults import Fault
from bptt_lib.checks.fences import Fences
from bptt_lib.checks.report import Array, Comparison
from bptt_lib.checks.run import Outcome, fresh, read_within, run

_MANY_LINES = 5000

_expected: dict[tuple[int, int], tuple[Exercise, Case, Any]] = {}


def expected_value(exercise: Exercise, case: Case) -> Any:
    """Return what the reference returns on a case; computed once."""
    key = id(exercise), id(case)
    if key not in _expected:
        keywords = {name: fresh(value) for name, value in case.keywords.items()}
        value = exercise.reference(*fresh(case.arguments), **keywords)
        _expected[key] = exercise, case, value  # holding both keeps the ids theirs
    return _expected[key][2]


@dataclass(frozen=True, eq=False)
class Trial:
    """One case with what came of it."""

    exercise: Exercise
    stage: Stage
    case: Case
    outcome: Outcome

    @cached_property
    def form_problem(self) -> str:
        """What is wrong with the form of the result: keys, kinds, shapes; empty if nothing is."""
        outcome = self.outcome
        return outcome.unreadable or " ".join(
            about_shapes(outcome.arrays, self._raw_expected, self.exercise.shapes)
        )

    @cached_property
    def _raw_expected(self) -> Arrays:
        return read(
            expected_value(self.exercise, self.case), expected_value(self.exercise, self.case)
        )

    @cached_property
    def got(self) -> Arrays:
        """The learner's arrays as they are judged."""
        return self.exercise.view(self.case, self.outcome.arrays)

    @cached_property
    def expected(self) -> Arrays:
        """The arrays expected."""
        return self.exercise.view(self.case, self._raw_expected)

    @cached_property
    def floor(self) -> float:
        """The absolute error that passes for rounding."""
        return 1e-7 * size_of(self.expected) + self.exercise.slack(self.case)

    @cached_property
    def wrong(self) -> dict[str, Array]:
        """For each array that can be compared: where it is wrong."""
        tolerance = self.exercise.tolerance
        return {
            name: wrong_entries(self.got[name], right, tolerance, self.floor)
            for name, right in self.expected.items()
            if name in self.got and self.got[name].shape == right.shape
        }

    @cached_property
    def right(self) -> bool:
        """Whether the result is what was expected."""
        return (
            self.outcome.fault is None
            and not self.form_problem
            and not any(wrong.any() for wrong in self.wrong.values())
        )

    @property
    def comparable(self) -> bool:
        """Whether there are arrays to look at."""
        return self.outcome.fault is None and not self.form_problem

    def comparisons(self) -> Iterator[Comparison]:
        """Yield each array that differs, beside the expected one."""
        for name, wrong in self.wrong.items():
            if wrong.any():
                label = self.exercise.label(self.case, name)
                yield Comparison(
                    label,
                    self.case.name,
                    self.got[name],
                    self.expected[name],
                    wrong,
                    self.exercise.shapes.get(name, ""),
                    self.exercise.label_note if label != name else "",
                )

    @cached_property
    def steps(self) -> tuple[bool, ...]:
        """For each time step, whether all its values are right; empty where time has no rows."""
        time = self.exercise.time
        wrong = {name: rows for name, rows in self.wrong.items() if name in time}
        T = max((len(rows) + time[name] for name, rows in wrong.items()), default=0)
        right = np.ones(T, dtype=bool)
        for name, rows in wrong.items():
            for row in np.flatnonzero(rows.reshape(len(rows), -1).any(axis=1)):
                right[max(int(row) + time[name], 0)] = False
        return tuple(bool(step) for step in right)


class Trials:
    """All trials of one function, made inside one budget and one set of fences."""

    def __init__(
        self, exercise: Exercise, function: Callable[..., Any], budget: Budget, fences: Fences
    ) -> None:
        self.exercise, self.function = exercise, function
        self.budget, self.fences = budget, fences
        self.made: list[Trial] = []
        self.ended = False

    def try_case(self, stage: Stage, case: Case) -> Trial:
        """Run one case."""
        exercise = self.exercise
        reader = self._reader(case)
        outcome = run(self.function, case, exercise.parameters, self.budget, reader)
        if outcome.fault is not None and outcome.fault.kind == "OutOfTimeError":
            outcome = replace(outcome, fault=self._out_of_time(outcome.fault))
        if outcome.fault is not None and outcome.fault.ends_the_check:
            self.ended = True
        self.fences.put_back()
        return Trial(exercise, stage, case, outcome)

    def _reader(self, case: Case) -> Callable[[Any], Arrays]:
        expected, optional = expected_value(self.exercise, case), self.exercise.optional
        return lambda value: read(value, expected, optional)

    def read_again(self, trial: Trial) -> Arrays | None:
        """Return what a trial's result holds now; None where it cannot be read any more."""
        arrays, problem, fault = read_within(
            trial.outcome.value, self.budget, self._reader(trial.case)
        )
        return None if problem or fault is not None else arrays

    def _out_of_time(self, fault: Fault) -> Fault:
        """Say what the time was used up by, where that is known."""
        lines = self.fences.paper.lines
        if lines > _MANY_LINES:
            sentence = (
                f"Your function was stopped after it had printed {lines:,} lines: printing took "
                "up its time. Print less, or nothing."
            )
            return replace(fault, kind="TooMuchPrintedError", sentence=sentence)
        if self.budget.spent and self.made:
            known = "All of these were right, but it" if self._all_right() else "It"
            sentence = (
                f"Your function was stopped: {len(self.made)} of its calls came to an end, but all "
                f"of them together took more than the {self.budget.seconds:g} seconds that there "
                f"are. {known} is too slow to be judged to the end."
            )
            return replace(fault, kind="TooSlowError", sentence=sentence)
        return fault

    def _all_right(self) -> bool:
        return all(trial.right for trial in self.made if trial.stage.counts)

    def try_stages(self, extras: frozenset[str]) -> None:
        """Run the cases of each stage that applies, until something ends the check."""
        for stage in self.exercise.stages:
            if not extras.issuperset(stage.needs):
                continue
            for case in stage.cases:
                if not self.ended:
                    self.made.append(self.try_case(stage, case))

    def of(self, stage: Stage) -> list[Trial]:
        """Return the trials made for a stage."""
        return [trial for trial in self.made if trial.stage is stage]
