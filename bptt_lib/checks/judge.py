"""Judge a function: try it on every case, then say what holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bptt_lib.checks import mistake, session
from bptt_lib.checks.again import try_again
from bptt_lib.checks.budget import Budget
from bptt_lib.checks.criteria import RUNS, criteria_of, not_reached
from bptt_lib.checks.exercise import Case, Exercise
from bptt_lib.checks.exercises import find, known_names
from bptt_lib.checks.fences import Fences
from bptt_lib.checks.report import Call, Criterion, Diagnosis, Report
from bptt_lib.checks.signature import offered_extras, signature_problem
from bptt_lib.checks.solution import source_of
from bptt_lib.checks.steps import first_wrong_step, trial_to_show
from bptt_lib.checks.trials import Trial, Trials

SECONDS = 4.0  # for all calls together
SECONDS_EACH = 2.0


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
    try:
        report = _judge(found, function)
    except Exception as error:  # ours, on account of something nobody has thought of
        if mistake.RAISE:
            raise
        report = _stumbled(found, error)
    return session.remember(function, report)


def _stumbled(exercise: Exercise, error: Exception) -> Report:
    message = (
        f"The check itself stumbled ({type(error).__name__}) over something that your function "
        "does or returns. It is not judged."
    )
    unreached = not_reached(exercise, frozenset())
    return _report(exercise, (Criterion(RUNS, False, message), *unreached), None)


def _judge(exercise: Exercise, function: Callable[..., Any]) -> Report:
    problem = signature_problem(exercise, function)
    if problem:
        unreached = not_reached(exercise, frozenset())
        return _report(exercise, (Criterion(RUNS, False, problem), *unreached), None)

    extras = offered_extras(exercise, function)
    fences = Fences()
    with fences, Budget(SECONDS, each=SECONDS_EACH) as budget:
        trials = Trials(exercise, function, budget, fences)
        trials.try_stages(extras)
        again = try_again(trials)
        shown = trial_to_show([t for t in trials.made if t.stage.counts])
        step = None
        if shown is not None and not trials.ended:
            step = first_wrong_step(shown, lambda trial: _probe(trials, trial))

    criteria = criteria_of(trials, extras, again, fences)
    if all(criterion.passed is not False for criterion in criteria):
        return _report(exercise, criteria, None, printed=fences.paper.text)
    return _report(
        exercise,
        criteria,
        mistake.name_mistake(trials, function, again, shown, criteria[-1]),
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
        passed=all(criterion.passed is not False for criterion in criteria),
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
