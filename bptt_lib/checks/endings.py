"""Name what kept a function from coming to its end: then there are few numbers to compare."""

from __future__ import annotations

from bptt_lib.checks.report import Diagnosis
from bptt_lib.checks.trials import Trial

_CLOSING = "Nothing more can be said until it comes to an end."
_NAMES: dict[str, tuple[str, str, str]] = {
    "OutOfTimeError": (
        "endless-loop",
        "It does not come to an end",
        "Look at the loops around that line: does each round bring them nearer to their end, as "
        "by a counter that moves?",
    ),
    "TooSlowError": (
        "too-slow-to-be-judged",
        "It is too slow to be judged",
        "The sequences are short. How often is the same thing worked out again?",
    ),
    "TooMuchPrintedError": (
        "prints-without-end",
        "It prints too much",
        "Take the print out of the innermost loop.",
    ),
    "RecursionError": (
        "recursion-without-end",
        "It calls itself without end",
        "A function that calls itself needs a case in which it does not, and each call must come "
        "nearer to that case.",
    ),
    "MemoryError": (
        "too-much-memory",
        "It asks for too much memory",
        "All arrays of these cases are small. Which one grows, or has a shape far too large?",
    ),
    "SystemExit": (
        "ends-the-program",
        "It ends the program",
        "A function hands its result back with return, and the program goes on.",
    ),
    "AskedForInputError": (
        "asks-for-input",
        "It asks for input",
        "All that a call needs is in its arguments.",
    ),
    "KeyboardInterrupt": (
        "interrupted",
        "The run was interrupted",
        "Run the cell again to have it judged.",
    ),
    "NameError": (
        "name-not-defined",
        "A name is not defined",
        "Names that only the caller knows must come in as arguments.",
    ),
    "UnboundLocalError": (
        "used-before-it-has-a-value",
        "A variable is used before it has a value",
        "Does a line that runs earlier give it one, on each path?",
    ),
}


def name_ending(trials: list[Trial]) -> Diagnosis | None:
    """Name the first fault of those that leave nothing to compare, if there is one."""
    for trial in trials:
        fault = trial.outcome.fault
        if fault is not None and fault.kind in _NAMES:
            slug, title, explanation = _NAMES[fault.kind]
            closing = f" {_CLOSING}" if fault.ends_the_check else ""
            where = f"In the case “{trial.case.name}”: "
            return Diagnosis(slug, title, f"{where}{fault} {explanation}{closing}")
    return None


def name_exception(trials: list[Trial]) -> Diagnosis | None:
    """Say that it raises, where nothing else can be said."""
    raised = [(trial, trial.outcome.fault) for trial in trials]
    found = next(((trial, fault) for trial, fault in raised if fault is not None), None)
    if found is None:
        return None
    trial, fault = found
    return Diagnosis(
        "raises-an-exception",
        "It stops with an exception",
        f"{_where(trials, trial)}: {fault}",
    )


def _where(trials: list[Trial], first: Trial) -> str:
    others = [trial for trial in trials if trial.outcome.fault is None]
    return f"In the case “{first.case.name}”" + (", though not in every one" if others else "")
