"""A training run while it happens: progress, the loss, and the norm of its gradients.

It computes nothing of its own: it shows the records that `training_steps` yields.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import traitlets
from IPython.display import display

from ..training import TrainingStep
from ._course_widget import drawn_by
from .training_view import TrainingView

_REDRAWS = 40  # over a whole run; more would cost the training more than the eye gains


class TrainingMonitor(TrainingView):
    """Progress, loss and gradient norm of a training run, redrawn while it runs.

    Parameters are those of `TrainingView`.

    Examples
    --------
    >>> TrainingMonitor(epochs=100, max_norm=1.0).sentence()
    'No epoch of 100 has run yet.'
    """

    _script = drawn_by("training_monitor.js")

    status = traitlets.Unicode().tag(sync=True)

    def __init__(self, epochs: int, max_norm: float, **options: Any) -> None:
        super().__init__(epochs, max_norm, **options)
        self._seen: list[dict[str, Any]] = []
        self._quarters_told = 0
        self.status = self.sentence()

    @property
    def losses(self) -> list[float]:
        """The loss of each epoch taken in so far."""
        return [one["loss"] for one in self._seen]

    @property
    def grad_norms(self) -> list[float]:
        """The norm of each epoch's gradient before clipping."""
        return [one["norm"] for one in self._seen]

    def add(self, step: TrainingStep) -> None:
        """Take in the record of one more epoch; redraw now and then, and at the end.

        Parameters
        ----------
        step : TrainingStep
            The next record of the run.
        """
        self._seen.append(self.record(step))
        seen = len(self._seen)
        every = max(1, self.epochs // _REDRAWS)
        if seen % every == 0 or seen == self.epochs:
            self.redraw()

    def redraw(self) -> None:
        """Show everything taken in so far."""
        # One message to the page instead of two.
        with self.hold_sync():
            self.records = list(self._seen)
            # A live region that speaks forty times is noise; four times are enough.
            quarters = 4 * len(self._seen) // self.epochs
            if quarters > self._quarters_told:
                self._quarters_told = quarters
                self.status = self.sentence()
                self.redraw_still()


def watch_training(
    steps: Iterable[TrainingStep], *, epochs: int, max_norm: float, **options: Any
) -> TrainingMonitor:
    """Run a training to its end while a `TrainingMonitor` shows it.

    Parameters
    ----------
    steps : iterable of TrainingStep
        What `training_steps` returned.
    epochs : int
        How many there will be.
    max_norm : float
        The limit of the clipping.
    **options
        ``predicted`` and ``target`` of a `TrainingView`.

    Returns
    -------
    TrainingMonitor
        The monitor, which keeps all losses and norms, and the last record in ``last``.
    """
    monitor = TrainingMonitor(epochs, max_norm, **options)
    display(monitor)  # type: ignore[no-untyped-call]
    for step in steps:
        monitor.add(step)
    return monitor
