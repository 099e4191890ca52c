"""The criteria of a report, in teaching order: it runs, its form, its values, its manners."""

from __future__ import annotations

import numpy as np

from bptt_lib.checks.again import Repeated
from bptt_lib.checks.exercise import Case, Exercise, Stage
from bptt_lib.checks.fences import Fences
from bptt_lib.checks.report import Criterion
from bptt_lib.checks.trials import Trial, Trials

RUNS, FORM = "It runs", "Keys and shapes"
UNTOUCHED, AGAIN, NOTHING_ELSE = (
    "Your arguments are left alone",
    "Called again, it says the same",
    "Nothing else is changed",
)


def criteria_of(
    trials: Trials, extras: frozenset[str], again: list[Repeated], fences: Fences
) -> tuple[Criterion, ...]:
    """Say of each criterion, in teaching order, whether it holds."""
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
        rest = not_reached(exercise, extras)[:-1]
        return (criterion, *rest, nothing_else)

    runs = Criterion(RUNS, True, "No exception.")
    form = next((t for t in made if t.form_problem and t.stage.counts), None)
    if form is not None:
        problem = Criterion(FORM, False, _where(form) + _about_form(form))
        values = [
            Criterion(stage.name, None, "Not reached.") for stage in _stages(exercise, extras)
        ]
    else:
        problem = Criterion(FORM, True, _form_in_words(exercise, made[0]))
        values = [_value_criterion(trials, stage) for stage in _stages(exercise, extras)]
    return (runs, problem, *values, untouched(trials), _same_again(again), nothing_else)


def _stages(exercise: Exercise, extras: frozenset[str]) -> list[Stage]:
    return [stage for stage in exercise.stages if extras.issuperset(stage.needs)]


def not_reached(exercise: Exercise, extras: frozenset[str]) -> list[Criterion]:
    """Return the criteria behind one that ended everything."""
    names = [FORM, *(stage.name for stage in _stages(exercise, extras))]
    return [Criterion(n, None, "Not reached.") for n in (*names, UNTOUCHED, AGAIN, NOTHING_ELSE)]


def _where(trial: Trial) -> str:
    return f"{trial.stage.name}, {trial.case.name}: "


def _about_form(trial: Trial) -> str:
    if trial.outcome.value is None:
        return "Your function returns None. Is there a return at the end of this path?"
    return trial.form_problem


def _form_in_words(exercise: Exercise, trial: Trial) -> str:
    names = [f"{name} {exercise.shapes.get(name, '')}".strip() for name in trial.got]
    return ", ".join(names) + "."


def _value_criterion(trials: Trials, stage: Stage) -> Criterion:
    made = trials.of(stage)
    problem = next((_difference(trial) for trial in made if not trial.right), "")
    if not problem:
        return Criterion(stage.name, True, "; ".join(trial.case.name for trial in made) + ".")
    ignored = next((trial for trial in made if ignores_its_extra(trial)), None)
    if ignored is not None:
        extra = stage.needs[0]
        message = f"{ignored.case.name}: you offer {extra}, but it changes nothing."
        if stage.counts:
            return Criterion(stage.name, False, message)
        return Criterion(stage.name, None, f"{message} It is an extra, and does not count.")
    if not stage.counts:
        return Criterion(stage.name, None, f"Not as in the library, and it need not be: {problem}")
    return Criterion(stage.name, False, problem)


def ignores_its_extra(trial: Trial) -> bool:
    """Whether the result is wrong, and what is right without the extra that was asked for."""
    if trial.right or not trial.comparable or len(trial.stage.needs) != 1:
        return False
    plain = Trial(trial.exercise, trial.stage, Case("", trial.case.arguments), trial.outcome)
    return plain.right


def _difference(trial: Trial) -> str:
    if trial.outcome.fault is not None:
        return f"{trial.case.name}: {trial.outcome.fault}"
    if trial.form_problem:
        return f"{trial.case.name}: {trial.form_problem}"
    difference = next(trial.comparisons())
    i = tuple(int(n) for n in np.argwhere(difference.wrong)[0])
    index = f"[{', '.join(map(str, i))}]" if i else ""
    index = f", at {index}," if difference.note and index else index
    return (
        f"{trial.case.name}: {difference.what}{index} is "
        f"{difference.got[i]:.5g}, expected {difference.expected[i]:.5g} ({difference.count}). "
        f"{difference.note}"
    ).strip()


def untouched(trials: Trials) -> Criterion:
    """Say whether the caller's data is as it was, and the result a thing of its own."""
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


def _same_again(again: list[Repeated]) -> Criterion:
    different = next((pair for pair in again if not pair.same), None)
    if different is None:
        over = next((pair for pair in again if pair.overwritten), None)
        if over is not None:
            message = (
                f"{over.before.case.name}: what the first call returned was changed by a later "
                "call. Every call must return arrays of its own."
            )
            return Criterion(AGAIN, False, message)
        return Criterion(AGAIN, True, "The second call gives what the first gave.")
    message = (
        f"{different.before.case.name}: the second call with the same arguments gives another "
        "result. Something is kept from one call to the next (a global variable, a default "
        "argument, an attribute), or drawn at random."
    )
    return Criterion(AGAIN, False, message)
