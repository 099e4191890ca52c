"""The stepper: a recorded run, walked forward and backward through time in the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from ..recording import Recording
from ._assets import style
from ._course_widget import CourseWidget, drawn_by
from ._still import BLUE, ORANGE, cells, drawing, words
from .your_code import Shown, shown


class Stepper(CourseWidget):
    """A picture of an unrolled RNN that one steps through, forward and then backward.

    Stepping happens in the browser alone: the whole run goes to the page once, and Python
    is asked for nothing more.

    Parameters
    ----------
    recording : Recording
        The run to show.
    position : int, optional
        Where to stand at first: 0 ... T - 1 go forward through the steps, T ... 2 T - 1
        backward from the last step to the first. Setting it later moves the stepper.

    Raises
    ------
    TypeError
        If `recording` is not a `Recording`.
    ValueError
        If the run has no such position.
    """

    _script = drawn_by("stepper.js")
    _css = style("stepper.css", "still.css")

    run = traitlets.Dict().tag(sync=True)
    position = traitlets.Int(0).tag(sync=True)
    code: traitlets.Dict[str, Any] = traitlets.Dict(allow_none=True, default_value=None).tag(
        sync=True
    )
    moment = traitlets.Int(allow_none=True, default_value=None).tag(sync=True)
    diagnosis: traitlets.Dict[str, Any] = traitlets.Dict(allow_none=True, default_value=None).tag(
        sync=True
    )

    def __init__(self, recording: Recording, position: int = 0, **options: Any) -> None:
        if not isinstance(recording, Recording):
            raise TypeError(
                f"recording: expected a Recording, got {type(recording).__name__}; "
                "make one with bptt_lib.recording.record(X_seq, h0, W_xh, W_hh, b_h, dL_dh_last)"
            )
        self._length = len(recording.frames)
        options.setdefault("run", recording.to_dict())
        super().__init__(position=position, **options)

    def still(self) -> tuple[str, str]:
        """Return the unrolled network with its states and their gradients, and a sentence."""
        frames = self.run["frames"]
        T = len(frames) // 2
        H, D = len(self.run["inputs"]["h0"]), len(self.run["inputs"]["X_seq"][0])
        parts = []
        for t, (ahead, back) in enumerate(zip(frames[:T], frames[T:][::-1], strict=True)):
            x = 20 + 80 * t
            parts += [
                words(x, 14, f"t = {t}"),
                cells(x, 24, ahead["computes"]["h"], BLUE),
                cells(x + 14, 24, back["computes"]["dh"], ORANGE),
                cells(x, 40 + 12 * H, ahead["reads"]["x"], BLUE),
                cells(x + 14, 40 + 12 * H, back["computes"]["dx"], ORANGE),
            ]
        whose = "your" if self.run["source"] == "yours" else "an"
        sentence = (
            f"A run of {whose} RNN over {T} steps: above the {H} hidden units, below the "
            f"{D} inputs, blue the values, orange the gradients."
        )
        return drawing(20 + 80 * T, 52 + 12 * (H + D), *parts), sentence

    @traitlets.validate("position")
    def _valid_position(self, proposal: traitlets.Bunch) -> int:
        position = int(proposal["value"])
        if not 0 <= position < self._length:
            raise ValueError(
                f"position: expected 0 to {self._length - 1} (the run has {self._length} "
                f"frames), got {position}"
            )
        return position


def step(run: Recording | Callable[..., Any], position: int | None = None) -> Stepper:
    """Show a recorded run in a stepper, or your own function's.

    Parameters
    ----------
    run : Recording or callable
        What `bptt_lib.recording.record` returned; or a function `rnn_forward_cache` or
        `rnn_bptt` of your own. That is run, watched line by line, on the case that its last
        check failed on, else on a small one, beside the reference.
    position : int, optional
        Where to stand at first; see `Stepper`. For a function, by default, where its first
        value departs from the reference.

    Returns
    -------
    Stepper
        A widget, which a notebook shows when it is the last line of a cell.
    """
    if isinstance(run, Recording) or not callable(run):
        return Stepper(run, position or 0)
    return stepper_of(shown(run), position)


def stepper_of(one: Shown, position: int | None = None) -> Stepper:
    """Show a function that has been followed."""
    at = {"moment": one.moment} if position is None else {}
    where = one.position if position is None else position
    return Stepper(one.recording, where, run=one.run, code=one.code, diagnosis=one.diagnosis, **at)
