"""The stepper: a recorded run, walked forward and backward through time in the page."""

from __future__ import annotations

from typing import Any

import traitlets
from anywidget import AnyWidget

from ..recording import Recording
from ._assets import script, style


class Stepper(AnyWidget):
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

    _esm = script("stepper.js")
    _css = style("stepper.css")

    run = traitlets.Dict().tag(sync=True)
    position = traitlets.Int(0).tag(sync=True)

    def __init__(self, recording: Recording, position: int = 0, **options: Any) -> None:
        if not isinstance(recording, Recording):
            raise TypeError(
                f"recording: expected a Recording, got {type(recording).__name__}; "
                "make one with bptt_lib.recording.record(X_seq, h0, W_xh, W_hh, b_h, dL_dh_last)"
            )
        self._length = len(recording.frames)
        super().__init__(run=recording.to_dict(), position=position, **options)

    @traitlets.validate("position")
    def _valid_position(self, proposal: traitlets.Bunch) -> int:
        position = int(proposal["value"])
        if not 0 <= position < self._length:
            raise ValueError(
                f"position: expected 0 to {self._length - 1} (the run has {self._length} "
                f"frames), got {position}"
            )
        return position


def step(recording: Recording, position: int = 0) -> Stepper:
    """Show a recorded run in a stepper.

    Parameters
    ----------
    recording : Recording
        What `bptt_lib.recording.record` returned.
    position : int, optional
        Where to stand at first; see `Stepper`.

    Returns
    -------
    Stepper
        A widget, which a notebook shows when it is the last line of a cell.
    """
    return Stepper(recording, position)
