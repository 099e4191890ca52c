"""Judge a function: try it on every case, then say what holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bptt_lib.checks import session
from bptt_lib.checks.budget import Budget
from bptt_lib.checks.diagnose import diagnose
from bptt_lib.checks.exercise import Case, Exercise, Stage
from bptt_lib.checks.exercises import find, known_names
from bptt_lib.checks.fences import Fences
from bptt_lib.checks.report import Array, Call, Criterion, Diagnosis, Report
from bptt_lib.checks.signature import offered_extras, signature_problem
from bptt_lib.checks.solution import source_of
from bptt_lib.checks.steps import first_wrong_step, trial_to_show
from bptt_lib.checks.trials import Trial, Trials
from bptt_lib.checks.unwritten import is_unwritten

SECONDS = 2.0

RUNS, FORM = "It runs", "Keys and shapes"
UNTOUCHED, AGAIN, NOTHING_ELSE = (
    "Your arguments are left alone",
    "Called again, it says the same",
    "Nothing else is changed",
)


def check(function: Callable[..., Any], exercise: str | Exercise | None = None) -> Report:
    """Judge a learner's function.

    Parameters
    ----------
    function : callable
        The function to judge.
    exercise : str or Exercise, optional
        What it is meant to be; by default, the exercise of the function's own name.

    Returns
    -------
    Report
        Whatever the function does, a report comes back; nothing is raised on its account.

    Examples
    --------
    >>> from bptt_lib import clip_gradients
    >>> check(clip_gradients).passed
    True
    """
    name = exercise or str(getattr(function, "__name__", type(function).__name__))
    found = name if isinstance(name, Exercise) else find(name)
    if found is None:
        names = ", ".join(known_names())
        message = f"There is no exercise called {name}; the exercises are {names}."
        return Report(str(name), False, (Criterion("The function's name", False, message),))
    report = _judge(found, function)
    return session.remember(function, report)


def _judge(exercise: Exercise, function: Callable[..., Any]) -> Report:
    problem = signature_problem(exercise, function)
    if problem:
        unreached = _not_reached(exercise, frozenset())
        return _report(exercise, (Criterion(RUNS, False, problem), *unreached), None)

    extras = offered_extras(exercise, function)
    fences = Fences()
    with fences, Budget(SECONDS) as budget:
        trials = Trials(exercise, function, budget, fences)
        trials.try_stages(extras)
        again = _try_again(trials)
        shown = trial_to_show(trials.made)
        step = None
        if shown is not None and not trials.ended:
            step = first_wrong_step(shown, lambda trial: _probe(trials, trial))

    criteria = _criteria(trials, extras, again, fences)
    if all(criterion.passed is not False for criterion in criteria):
        return _report(exercise, criteria, None, printed=fences.paper.text)
    return _report(
        exercise,
        criteria,
        _diagnosis(trials, function, again, shown, criteria[-1]),
        printed=fences.paper.text,
        shown=shown,
        step=step,
        function=function,
        first=next((trial for trial in trials.made if not trial.right), None),
    )


def _probe(trials: Trials, trial: Trial) -> list[Trial]:
    probe = trials.exercise.probe
    cases = probe(trial.case) if probe is not None else ()
    return [trials.try_case(trial.stage, case) for case in cases if not trials.ended]


@dataclass(frozen=True)
class _Again:
    """A case tried a second time, after all the others."""

    before: Trial
    after: Trial

    @property
    def same(self) -> bool:
        if not (self.before.comparable and self.after.comparable):
            return self.before.comparable == self.after.comparable
        a, b = self.before.got, self.after.got
        return a.keys() == b.keys() and all(_close(a[name], b[name]) for name in a)


def _close(a: Array, b: Array) -> bool:
    return a.shape == b.shape and bool(np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True))


def _try_again(trials: Trials) -> list[_Again]:
    """Repeat the first case that gave arrays, and the middle one."""
    candidates = [trial for trial in trials.made if trial.comparable and not trial.stage.needs]
    chosen = [candidates[i] for i in sorted({0, len(candidates) // 2}) if candidates]
    pairs = []
    for before in chosen:
        for _ in range(2):  # two in a row, for state that only calls of one shape share
            if not trials.ended:
                pairs.append(_Again(before, trials.try_case(before.stage, before.case)))
    return pairs


def _criteria(
    trials: Trials, extras: frozenset[str], again: list[_Again], fences: Fences
) -> tuple[Criterion, ...]:
    exercise, made = trials.exercise, trials.made
    changes = tuple(dict.fromkeys(fences.changes))
    nothing_else = Criterion(
        NOTHING_ELSE, not changes, " ".join(changes) or "Nothing outside the function changed."
    )
    first = made[0].outcome
    stopped = next((trial for trial in made if trial.outcome.fault is not None), None)
    if first.fault is not None or (stopped is not None and trials.ended):
        assert stopped is not None
        message = str(stopped.outcome.fault)
        where = "" if first.fault is not None else f"{stopped.stage.name}, {stopped.case.name}: "
        criterion = Criterion(RUNS, False, where + message)
        rest = _not_reached(exercise, extras)[:-1]
        return (criterion, *rest, nothing_else)

    runs = Criterion(RUNS, True, "No exception.")
    form = next((trial for trial in made if trial.form_problem), None)
    if form is not None:
        problem = Criterion(FORM, False, _where(form) + _about_form(form))
        values = [
            Criterion(stage.name, None, "Not reached.") for stage in _stages(exercise, extras)
        ]
    else:
        problem = Criterion(FORM, True, _form_in_words(exercise, made[0]))
        values = [_value_criterion(trials, stage) for stage in _stages(exercise, extras)]
    return (runs, problem, *values, _untouched(trials), _same_again(again), nothing_else)


def _stages(exercise: Exercise, extras: frozenset[str]) -> list[Stage]:
    return [stage for stage in exercise.stages if extras.issuperset(stage.needs)]


def _not_reached(exercise: Exercise, extras: frozenset[str]) -> list[Criterion]:
    names = [FORM, *(stage.name for stage in _stages(exercise, extras))]
    return [Criterion(n, None, "Not reached.") for n in (*names, UNTOUCHED, AGAIN, NOTHING_ELSE)]


def _where(trial: Trial) -> str:
    return f"{trial.stage.name}, {trial.case.name}: "


def _about_form(trial: Trial) -> str:
    if trial.outcome.value is None:
        return "Your function returns None. Is there a return at its end?"
    return trial.form_problem


def _form_in_words(exercise: Exercise, trial: Trial) -> str:
    names = [f"{name} {exercise.shapes.get(name, '')}".strip() for name in trial.got]
    return ", ".join(names) + "."


def _value_criterion(trials: Trials, stage: Stage) -> Criterion:
    made = trials.of(stage)
    for trial in made:
        if trial.outcome.fault is not None:
            return Criterion(stage.name, False, f"{trial.case.name}: {trial.outcome.fault}")
        for difference in trial.comparisons():
            i = tuple(int(n) for n in np.argwhere(difference.wrong)[0])
            index = f"[{', '.join(map(str, i))}]" if i else ""
            return Criterion(
                stage.name,
                False,
                f"{trial.case.name}: {difference.what}{index} is "
                f"{difference.got[i]:.5g}, expected {difference.expected[i]:.5g} "
                f"({difference.count}).",
            )
    return Criterion(stage.name, True, "; ".join(trial.case.name for trial in made) + ".")


def _untouched(trials: Trials) -> Criterion:
    changed = tuple(dict.fromkeys(name for trial in trials.made for name in trial.outcome.changed))
    if changed:
        names = ", ".join(changed)
        message = f"Your function changed what the caller passed: {names}. Work on a copy."
        return Criterion(UNTOUCHED, False, message)
    fresh = trials.exercise.fresh
    if fresh:
        index = trials.exercise.parameters.index(fresh)
        for trial in trials.made:
            outcome = trial.outcome
            if outcome.fault is None and outcome.value is outcome.arguments[index]:
                message = (
                    f"{trial.case.name}: the dict you return is the very one that was passed as "
                    f"{fresh}, so whoever changes one changes the other. Return a new dict."
                )
                return Criterion(UNTOUCHED, False, message)
    return Criterion(UNTOUCHED, True, "The caller's arrays are as they were.")


def _same_again(again: list[_Again]) -> Criterion:
    different = next((pair for pair in again if not pair.same), None)
    if different is None:
        return Criterion(AGAIN, True, "The second call gives what the first gave.")
    message = (
        f"{different.before.case.name}: the second call with the same arguments gives another "
        "result. Something is kept from one call to the next (a global variable, a default "
        "argument, an attribute), or drawn at random."
    )
    return Criterion(AGAIN, False, message)


def _diagnosis(
    trials: Trials,
    function: Callable[..., Any],
    again: list[_Again],
    shown: Trial | None,
    nothing_else: Criterion,
) -> Diagnosis | None:
    fault = trials.made[0].outcome.fault
    if is_unwritten(function, trials.made[0].outcome):
        return Diagnosis(
            "not-written-yet",
            "Not written yet",
            f"{trials.exercise.name} is still the scaffold. Fill in its body, run the cell again, "
            "and this place tells you how far it is.",
        )
    if fault is None and trials.made[0].outcome.value is None:
        return Diagnosis(
            "returns-nothing",
            "The function returns nothing",
            "What your function computes is lost, because no return statement hands it back.",
        )
    if any(not pair.same for pair in again):
        return Diagnosis(
            "keeps-state-between-calls",
            "Something is kept from one call to the next",
            "Called twice with the same arguments, your function gives two results. Look for a "
            "global variable, a mutable default argument, or random numbers: all that a call "
            "needs must be created inside it.",
        )
    if fault is None and all(trial.right for trial in trials.made):
        return _side_effect(trials, nothing_else)
    with np.errstate(all="ignore"):
        return diagnose(trials.exercise, trials.made, shown)


def _side_effect(trials: Trials, nothing_else: Criterion) -> Diagnosis | None:
    """Name what is wrong when all values are right."""
    untouched = _untouched(trials)
    if untouched.passed is False:
        changed = any(trial.outcome.changed for trial in trials.made)
        slug = "changes-its-arguments" if changed else "returns-its-argument"
        title = (
            "What the caller passed is changed" if changed else "The argument itself is returned"
        )
        return Diagnosis(slug, title, f"All values are right. {untouched.message}")
    if nothing_else.passed is False:
        return Diagnosis(
            "changes-something-global",
            "Something outside the function is changed",
            f"All values are right. {nothing_else.message} It has been put back.",
        )
    return None


def _report(
    exercise: Exercise,
    criteria: tuple[Criterion, ...],
    diagnosis: Diagnosis | None,
    *,
    printed: str = "",
    shown: Trial | None = None,
    first: Trial | None = None,
    step: int | None = None,
    function: Callable[..., Any] | None = None,
) -> Report:
    hints = (diagnosis.hint, *exercise.hints) if diagnosis and diagnosis.hint else exercise.hints
    comparison = next(first.comparisons(), None) if first is not None and first.comparable else None
    case: Case | None = shown.case if shown is not None else None
    return Report(
        exercise=exercise.name,
        passed=all(criterion.passed for criterion in criteria),
        criteria=criteria,
        diagnosis=diagnosis,
        first_wrong_step=step,
        steps=shown.steps if shown is not None and shown.comparable else (),
        backward=exercise.backward,
        comparison=comparison,
        printed=printed,
        hints=hints,
        solution=source_of(exercise.reference),
        call=Call(function, case.arguments, case.keywords) if function and case else None,
    )
