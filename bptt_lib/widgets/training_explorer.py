"""Training, epoch by epoch, that one can pause, rewind and begin again from the same weights.

The page asks for a few epochs at a time; between its questions Python is free. So a pause
is nothing but not asking.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import traitlets

from ..training import TrainingStep
from ._course_widget import drawn_by
from .training_view import Predicted, TrainingView

Begin = Callable[[], Iterable[TrainingStep]]


class TrainingExplorer(TrainingView):
    """Loss, gradient norm, clip events and predictions of a training run, live.

    Parameters
    ----------
    begin : callable
        ``begin()`` starts the run from its first weights and returns what `training_steps` does;
        called again for each restart.
    epochs, max_norm, predicted, target
        As in `TrainingView`.

    Examples
    --------
    >>> from functools import partial
    >>> from bptt_lib import delayed_echo, init_params, softmax_cross_entropy, training_steps
    >>> echo = delayed_echo(steps=20, delay=1, symbols="ab")
    >>> begin = partial(training_steps, echo.X_seq, echo.targets, init_params(2, 4, 2),
    ...                 softmax_cross_entropy, lr=0.5, epochs=10, max_norm=1.0)
    >>> explorer = TrainingExplorer(begin, epochs=10, max_norm=1.0)
    >>> explorer.advance(4)
    >>> len(explorer.records)
    4
    """

    _script = drawn_by("training_explorer.js")

    problem = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        begin: Begin,
        epochs: int,
        max_norm: float,
        predicted: Predicted | None = None,
        target: str = "",
    ) -> None:
        super().__init__(epochs, max_norm, predicted, target)
        self._begin = begin
        self._run: Iterator[TrainingStep] = iter(begin())
        self.on_msg(self._asked)

    def advance(self, count: int) -> None:
        """Train for some more epochs, as far as the run goes."""
        added = [self.record(step) for step in itertools.islice(self._run, count)]
        self.records = [*self.records, *added]

    def restart(self) -> None:
        """Begin again from the same weights."""
        self._run = iter(self._begin())
        self.records = []

    def _asked(self, _: Any, content: Any, buffers: Any) -> None:
        try:
            if content == "restart":
                self.restart()
            elif content == "rest":  # paused, or at its end: the time to leave a picture
                self.redraw_still()
            elif isinstance(content, int) and len(self.records) < self.epochs:
                self.advance(min(content, self.epochs - len(self.records)))
        except Exception as error:  # said in the page: no cell is there to show a traceback
            self.problem = f"Training stopped ({type(error).__name__}: {error})."
