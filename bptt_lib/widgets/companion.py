"""The button below a failed check: one click opens the stepper on the learner's own function.

`bptt_lib.checks` names this module as its guest and loads it when a check fails; whoever
loads it finds `offer` among the companions of each report.
"""

from __future__ import annotations

from typing import Any

import traitlets

from ..checks import Report, accompany
from ._assets import style
from ._course_widget import CourseWidget, drawn_by
from .your_code import can_be_watched, shown

LABEL = "Step through your code"


class Companion(CourseWidget):
    """A button that stands in the report, and the stepper that it opens below it.

    Parameters
    ----------
    report : Report
        A failed report whose function can be watched. The function is run again, watched,
        only when the button is pressed.
    """

    _script = drawn_by("companion.js")
    _css = style("stepper.css")

    exercise = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode(LABEL).tag(sync=True)
    shown: traitlets.Dict[str, Any] = traitlets.Dict(allow_none=True, default_value=None).tag(
        sync=True
    )
    problem = traitlets.Unicode().tag(sync=True)

    def __init__(self, report: Report) -> None:
        super().__init__(exercise=report.exercise)
        self._report = report
        self.on_msg(self._asked)

    def _asked(self, _: Any, content: Any, buffers: Any) -> None:
        if content == "open":
            self.show_stepper()

    def show_stepper(self) -> None:
        """Run the function, watched, and hand the page what the stepper shows."""
        call = self._report.call
        assert call is not None
        try:
            one = shown(call.function, self._report)
        except Exception as error:  # said in the page: no cell is there to show a traceback
            self.problem = f"This function cannot be watched ({type(error).__name__}: {error})."
            return
        self.shown = {
            "run": one.run,
            "code": one.code,
            "position": one.position,
            "moment": one.moment,
            "diagnosis": one.diagnosis,
        }


@accompany
def offer(report: Report) -> Companion | None:
    """Return the button for a report that deserves one, else None."""
    return Companion(report) if can_be_watched(report) else None
