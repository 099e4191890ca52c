"""Show a report in the notebook; the only place that meets IPython.

Below a report may stand what others have to add to it. They introduce themselves with
`accompany`; and since nobody in an exercise's cell would import them, `GUESTS` names those who
are asked in when a check fails. That is the one thread that leads upward from here: a name, no
import, and where the guest is not installed the report stands alone.
"""

from __future__ import annotations

import contextlib
import importlib
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from bptt_lib.checks.report import Report

Function = TypeVar("Function", bound=Callable[..., Any])
Companion = Callable[[Report], Any]

GUESTS = ("bptt_lib.widgets.companion",)

_companions: list[Companion] = []


def exercise(function: Function) -> Function:
    """Check the function as soon as its cell runs, show the report, and return it unchanged.

    Outside a notebook nothing is shown; ``print(check(function))`` does it there.

    Parameters
    ----------
    function : callable
        The function below the ``@exercise``.

    Returns
    -------
    callable
        The same function.
    """
    try:
        from bptt_lib.checks.judge import check

        show(check(function))
    except Exception as error:  # a fault of ours must not stand in the learner's way
        print(f"The check itself failed ({type(error).__name__}: {error}); your function is kept.")
    return function


def show(report: Report) -> None:
    """Display a report, and below it what accompanies it, if a notebook is there to show it."""
    if not in_notebook():
        return
    from IPython.display import display

    display(report._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]
    if report.passed or report.call is None or report.is_unwritten:
        return  # nothing to add, and nothing to load for it
    for guest in GUESTS:
        with contextlib.suppress(ImportError):
            importlib.import_module(guest)
    for companion in _companions:
        extra = companion(report)
        if extra is not None:
            display(extra)  # type: ignore[no-untyped-call]


def accompany(companion: Companion) -> Companion:
    """Let something stand below each failed report.

    ``companion(report)`` gives what to show, or None. The widgets put the button to the stepper
    there, without this package knowing of them.
    """
    if companion not in _companions:
        _companions.append(companion)
    return companion


def in_notebook() -> bool:
    """Whether an IPython kernel is running this."""
    module = sys.modules.get("IPython")
    return module is not None and module.get_ipython() is not None
