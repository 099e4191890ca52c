"""Looks after code while it runs: ends what runs for too long, or was asked to stop.

Python calls `Watch.look` several times a second while anything runs (see ``lookout.mjs``), and
so, unlike anything outside, it is there when a loop never ends. The error that it raises comes
out of the learner's line. Code that swallows it meets it again, after a moment for putting things
in order, and then at every turn. One long call into C that asks for no signals does not look up
(``sum(range(10**12))``): it ends when it ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from .learners_code import Place, place_of, place_waiting_in
from .time_limit import EndedError, limit, said

__all__ = ["Run", "Watch"]

LOOK_EVERY = 0.25
# An interrupted loop may still print what it has; after so many seconds it is interrupted again.
GRACE = 1.0
# What lies between two looks counts for no more than this: the computer may have been asleep.
LONGEST_GAP = 10.0


class Run:
    """One cell, or one call of a widget's function, while it runs."""

    def __init__(self, cell: int | None, now: float, task: Any = None) -> None:
        self.cell = cell  # its number
        self.spent = 0.0
        self.task = task  # in which the cell awaits, if it can
        self.reason = ""  # for which it is to end
        self.sentence = ""  # with which it is ended
        self.interrupted = 0  # times
        self._last = now

    def count(self, now: float) -> None:
        """Add the time since the last look to what is spent."""
        self.spent += min(now - self._last, LONGEST_GAP)
        self._last = now

    def leave_out(self, now: float) -> None:
        """Let the time since the last look not count."""
        self._last = now


class Watch:
    """The handler that looks after whatever runs."""

    def __init__(
        self,
        lookout: Any,
        on_look: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lookout, self._on_look, self._clock = lookout, on_look, clock
        self._runs: list[Run] = []  # one may begin while another awaits something

    @property
    def current(self) -> Run | None:
        """What runs now."""
        return self._runs[-1] if self._runs else None

    def start(self) -> None:
        """Begin to look."""
        signal.signal(signal.SIGINT, self.look)
        self._lookout.lookIn(LOOK_EVERY)

    @contextlib.contextmanager
    def over(self, cell: int | None, task: Any = None) -> Iterator[Run]:
        """Look after what happens inside ``with``."""
        run = Run(cell, self._clock(), task)
        self._runs.append(run)
        self._lookout.stopped = False
        try:
            yield run
        finally:
            self._runs.remove(run)
            self._lookout.lookIn(LOOK_EVERY)

    @contextlib.contextmanager
    def not_counting(self) -> Iterator[None]:
        """Let the time inside ``with`` be on nobody's account: a person is thinking."""
        run = self.current
        if run is not None:
            run.count(self._clock())
        try:
            yield
        finally:
            if run is not None:
                run.leave_out(self._clock())

    def look(self, signum: int | None = None, frame: FrameType | None = None) -> None:
        """Look at the clock and at the Stop button; raise, out of ``frame``, if it is time.

        Raises
        ------
        EndedError
            If the learner's code is to end now.
        """
        self._on_look()
        run = self.current or self._stray()
        run.count(self._clock())
        if not self._is_to_end(run):
            self._lookout.lookIn(LOOK_EVERY)
            return
        place = place_of(frame)
        if place is None:  # between two steps of a learner's code: not here
            self._lookout.lookSoon()
            return
        if not run.interrupted:
            run.sentence = self.sentence(run, place)
        run.interrupted += 1
        error = EndedError(run.sentence)
        if run.interrupted == 1:
            self._lookout.lookIn(GRACE)
        else:
            self._lookout.lookSoon()  # the last thing done here, or it would be met here
        raise error

    def _is_to_end(self, run: Run) -> bool:
        if not run.reason:
            if limit.seconds is not None and run.spent > limit.seconds:
                run.reason = "time"
            elif self._lookout.stopAsked():
                run.reason = "stop"
        return bool(run.reason)

    def sentence(self, run: Run, place: Place | None) -> str:
        """Say why a run was ended, where, and what can be done."""
        where = "" if place is None else "\n" + place.sentence(run.cell)
        if run.reason == "stop":
            return f"Stopped.{where}"
        seconds = limit.seconds or 0.0
        return (
            f"Ended after {said(seconds)}, the time limit.{where}\n"
            f"If it needs longer, write %time_limit {2 * seconds:g} as the first line of the cell."
        )

    def _stray(self) -> Run:
        """Look after what runs by itself, such as a task that a cell has left behind."""
        run = Run(None, self._clock())
        self._runs.append(run)
        asyncio.get_event_loop().call_soon(self._runs.remove, run)
        return run

    async def look_while_waiting(self, run: Run) -> None:
        """Look after a cell that awaits something: then no code runs that could look up."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            run.count(self._clock())
            self._on_look()
            coroutine = run.task.get_coro()
            if coroutine.cr_running or not self._is_to_end(run):
                continue
            if not run.interrupted:
                run.sentence = self.sentence(run, place_waiting_in(coroutine))
            run.interrupted += 1
            run.task.cancel()
            await asyncio.sleep(GRACE)

    def sleep(self, seconds: float) -> None:
        """Do what `time.sleep` does, but look up meanwhile."""
        until = self._clock() + seconds
        while (left := until - self._clock()) > LOOK_EVERY:
            _sleep(LOOK_EVERY)
            self.look(None, sys._getframe(1))
        _sleep(min(seconds, max(left, 0.0)) if seconds >= 0 else seconds)


_sleep = time.sleep
