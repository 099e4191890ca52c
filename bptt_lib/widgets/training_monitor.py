"""A training run while it happens: progress, the loss, and the norm of its gradients.

Built from ready parts, an ipywidgets progress bar and two line charts. It computes nothing
of its own: it shows the records that `training_steps` yields.
"""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets  # type: ignore[import-untyped]
from IPython.display import display

from ..training import TrainingStep
from .line_chart import LineChart

_REDRAWS = 40  # over a whole run; more would cost the training more than the eye gains


class TrainingMonitor(ipywidgets.VBox):  # type: ignore[misc]
    """Progress, loss and gradient norm of a training run, redrawn while it runs.

    Parameters
    ----------
    epochs : int
        How many epochs the run will have.
    max_norm : float
        The limit of the clipping, drawn as a dashed line.

    Examples
    --------
    >>> TrainingMonitor(epochs=100, max_norm=1.0).sentence()
    'No epoch of 100 has run yet.'
    """

    def __init__(self, epochs: int, max_norm: float) -> None:
        self.epochs, self.max_norm = epochs, max_norm
        self.losses: list[float] = []
        self.grad_norms: list[float] = []
        self.last: TrainingStep | None = None
        self._quarters_told = 0
        self.progress = ipywidgets.IntProgress(
            min=0, max=max(epochs, 1), description="Epoch 0", layout={"width": "100%"}
        )
        self.status = ipywidgets.HTML()
        whole_run = (0.0, max(epochs - 1.0, 1.0))
        self.loss_chart = LineChart(
            {}, title="Loss", x_label="epoch", y_label="loss", x_range=whole_run
        )
        self.norm_chart = LineChart(
            {},
            title="Gradient norm before clipping",
            x_label="epoch",
            y_label="global norm",
            log_y=True,
            rule=(max_norm, f"max_norm = {max_norm:g}"),
            x_range=whole_run,
        )
        super().__init__([self.progress, self.status, self.loss_chart, self.norm_chart])

    def add(self, step: TrainingStep) -> None:
        """Take in the record of one more epoch; redraw now and then, and at the end.

        Parameters
        ----------
        step : TrainingStep
            The next record of the run.
        """
        self.last = step
        self.losses.append(float(step.loss))
        self.grad_norms.append(float(step.grad_norm))
        seen = len(self.losses)
        every = max(1, self.epochs // _REDRAWS)
        if seen % every == 0 or seen == self.epochs:
            self.redraw()

    def redraw(self) -> None:
        """Show everything taken in so far."""
        seen = len(self.losses)
        self.progress.value = seen
        self.progress.description = f"Epoch {seen}"
        self.loss_chart.draw({"loss": self.losses})
        self.norm_chart.draw({"gradient norm": self.grad_norms})
        # A live region that speaks forty times is noise; four times are enough.
        quarters = 4 * seen // self.epochs
        if quarters > self._quarters_told:
            self._quarters_told = quarters
            self.status.value = f'<div role="status">{self.sentence()}</div>'

    def sentence(self) -> str:
        """Return the state of the run in one sentence."""
        if not self.losses:
            return f"No epoch of {self.epochs} has run yet."
        clipped = sum(norm > self.max_norm for norm in self.grad_norms)
        return (
            f"{len(self.losses)} of {self.epochs} epochs: the loss went from "
            f"{self.losses[0]:.4g} to {self.losses[-1]:.4g}; the gradient was above "
            f"max_norm in {clipped} of them."
        )


def watch_training(
    steps: Iterable[TrainingStep], *, epochs: int, max_norm: float
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

    Returns
    -------
    TrainingMonitor
        The monitor, which keeps all losses and norms, and the last record in ``last``.
    """
    monitor = TrainingMonitor(epochs, max_norm)
    display(monitor)  # type: ignore[no-untyped-call]
    for step in steps:
        monitor.add(step)
    return monitor
