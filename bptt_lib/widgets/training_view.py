"""A training run as far as it has come: a record of each epoch, and the page's picture of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import traitlets

from .._guards import Floats
from ..training import TrainingStep
from ._assets import style
from ._course_widget import CourseWidget
from ._still import drawing, lines

Predicted = Callable[[Floats], str]


class TrainingView(CourseWidget):
    """Loss, gradient norm, clip events and predictions of each epoch; any epoch can be looked at.

    Parameters
    ----------
    epochs : int
        How many epochs the run will have.
    max_norm : float
        The limit of the clipping, drawn as a dashed line.
    predicted : callable, optional
        ``predicted(outputs)`` says in a few words what the outputs (T, V) of an epoch predict.
    target : str, optional
        What it should predict, to be compared with it letter by letter.
    """

    _css = style("line_chart.css", "explorer.css", "training.css", "still.css")

    epochs = traitlets.Int().tag(sync=True)
    max_norm = traitlets.Float().tag(sync=True)
    target = traitlets.Unicode().tag(sync=True)
    records: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self, epochs: int, max_norm: float, predicted: Predicted | None = None, target: str = ""
    ) -> None:
        super().__init__(epochs=epochs, max_norm=max_norm, target=target)
        self._predicted = predicted
        self.last: TrainingStep | None = None

    def record(self, step: TrainingStep) -> dict[str, Any]:
        """Return what the page shows of one epoch."""
        self.last = step
        return {
            "loss": float(step.loss),
            "norm": float(step.grad_norm),
            "clipped": bool(step.clipped_norm < step.grad_norm * (1 - 1e-9)),
            "predicted": "" if self._predicted is None else self._predicted(step.outputs),
        }

    def sentence(self) -> str:
        """Return the state of the run in one sentence."""
        if not self.records:
            return f"No epoch of {self.epochs} has run yet."
        clipped = sum(one["clipped"] for one in self.records)
        return (
            f"{len(self.records)} of {self.epochs} epochs: the loss went from "
            f"{self.records[0]['loss']:.4g} to {self.records[-1]['loss']:.4g}; the gradient was "
            f"above max_norm in {clipped} of them."
        )

    def still(self) -> tuple[str, str]:
        """Return the curves of loss and gradient norm so far, and the state in a sentence."""
        charts = [
            {"title": title, "lines": [{"y": [one[name] for one in self.records]}], "log_y": True}
            for title, name in (("Loss", "loss"), ("Gradient norm before clipping", "norm"))
        ]
        parts = [lines(one, 10 + 360 * i, 350, 160) for i, one in enumerate(charts)]
        return drawing(730, 180, *parts), f"Training. {self.sentence()}"
