"""A limit on how long a function may run, kept without signals or page headers.

In a page nothing can interrupt running Python from outside, so the running code is made to look at
the clock itself: `sys.monitoring` (Python 3.12 and later) calls us on each jump back in a loop and
on each call of a function. Before it, where there are threads, a watchdog raises the error in the
running thread. Either way it is raised again and again until the function gives in, so that a loop
which swallows every exception ends as well.
One long call into C (``sum(range(10**12))``) has neither jumps nor calls and is not stopped.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable
from types import CodeType, TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from bptt_lib.checks.watchdog import Watchdog

_OUR_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep
# Ours and NumPy's loops end. The standard library's need not: it walks whatever it is given
# (`statistics.mean(itertools.count())`). `sysconfig` would name folders that a page does not have.
_LOOPS_END_IN = (
    os.path.dirname(os.path.dirname(_OUR_FOLDER)) + os.sep,
    os.path.dirname(os.path.abspath(np.__file__)) + os.sep,
)
_EVENTS_BETWEEN_LOOKS = 64


class OutOfTimeError(BaseException):
    """Raised inside code that has used up its time.

    Not an `Exception`, so that ``except Exception`` in a loop does not swallow it.
    """

    def __str__(self) -> str:
        """Say what happened; whoever raises it need not."""
        return "it ran too long and was stopped"


class Budget:
    """Seconds of running time, shared by all calls made inside ``with budget:``.

    The clock runs between ``start`` and ``stop`` only: what the check itself does in between is
    not on the learner's bill. ``each`` limits a single call.
    """

    def __init__(self, seconds: float, each: float | None = None) -> None:
        self.seconds = self.left = seconds
        self.each = seconds if each is None else each
        self._started = 0.0
        self._until: float | None = None
        self._events = 0
        self._tool: int | None = None
        self._watchdog: Watchdog | None = None

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0.0

    def start(self) -> None:
        """Let the clock run."""
        self._started = time.perf_counter()
        self._until = self._started + min(self.left, self.each)
        if self._watchdog is not None:
            self._watchdog.until = self._until

    def stop(self) -> None:
        """Stop the clock."""
        if self._until is not None:
            self.left -= time.perf_counter() - self._started
            self._until = None
        if self._watchdog is not None:
            self._watchdog.call_off()

    def call(self, function: Callable[[], Any]) -> tuple[Any, BaseException | None]:
        """Return what ``function`` gives while the clock runs, and what it raised."""
        value, error = None, None
        self.start()
        try:
            try:
                value = function()
            except BaseException as raised:
                error = raised
            self.stop()
        except OutOfTimeError as late:  # it fell behind the function, or behind its handler
            error = error or late
        while self._until is not None or (self._watchdog and self._watchdog.until is not None):
            with contextlib.suppress(OutOfTimeError):
                self.stop()
        return value, error

    def _look(self, code: CodeType) -> None:
        self._events += 1
        if self._events % _EVENTS_BETWEEN_LOOKS or self._until is None:
            return
        if time.perf_counter() > self._until:
            self._events -= 1  # look again at the very next event, should the error be swallowed
            # Inside our own code the error would fall between two stools: wait for the learner's.
            if not code.co_filename.startswith(_OUR_FOLDER):
                raise OutOfTimeError

    def __enter__(self) -> Budget:
        """Begin to listen, or set the watchdog up."""
        if sys.version_info >= (3, 12):
            monitoring = sys.monitoring
            free = [i for i in (4, 3, 5, 2, 1, 0) if monitoring.get_tool(i) is None]
            if free:
                self._tool = free[0]
                monitoring.use_tool_id(self._tool, "bptt_lib.checks")
                for event in (monitoring.events.PY_START, monitoring.events.JUMP):
                    monitoring.register_callback(self._tool, event, self._on_event)
                monitoring.set_events(
                    self._tool, monitoring.events.PY_START | monitoring.events.JUMP
                )
        else:
            from bptt_lib.checks.watchdog import Watchdog  # no page has threads, or this Python

            self._watchdog = Watchdog(OutOfTimeError)
            self._watchdog.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no longer."""
        if self._watchdog is not None:
            self._watchdog.retire()
            self._watchdog = None
        if sys.version_info >= (3, 12) and self._tool is not None:
            monitoring = sys.monitoring
            monitoring.set_events(self._tool, 0)
            for event in (monitoring.events.PY_START, monitoring.events.JUMP):
                monitoring.register_callback(self._tool, event, None)
            monitoring.free_tool_id(self._tool)
            self._tool = None

    def _on_event(self, code: CodeType, *where: int) -> Any:
        self._look(code)
        if sys.version_info >= (3, 12) and code.co_filename.startswith(_LOOPS_END_IN):
            return sys.monitoring.DISABLE  # these pay no toll
        return None
