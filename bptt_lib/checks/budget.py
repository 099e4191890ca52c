"""A limit on how long a function may run, kept without threads, signals or page headers.

In a page nothing can interrupt running Python from outside, so the running code is made to look at
the clock itself: on each jump back in a loop and on each call of a function. Python 3.12 has
`sys.monitoring` for that; before it there is `sys.settrace`, slower, which looks at each
instruction.
One long call into C (``sum(range(10**12))``) has neither jumps nor calls and is not stopped.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import time
from types import CodeType, FrameType, TracebackType
from typing import Any

_OUR_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep
_LIBRARIES = (
    os.path.dirname(os.path.dirname(_OUR_FOLDER)) + os.sep,
    *(sysconfig.get_paths()[place] + os.sep for place in ("stdlib", "purelib")),
)
_EVENTS_BETWEEN_LOOKS = 64


class OutOfTimeError(BaseException):
    """Raised inside code that has used up its time.

    Not an `Exception`, so that ``except Exception`` in a loop does not swallow it.
    """


class Budget:
    """Seconds of running time, shared by all calls made inside ``with budget:``.

    The clock runs between ``start`` and ``stop`` only: what the check itself does in between is
    not on the learner's bill.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self._until: float | None = None
        self._events = 0
        self._tool: int | None = None
        self._former_trace: Any = None

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0.0

    def start(self) -> None:
        """Let the clock run."""
        self._until = time.perf_counter() + self.left
        if self._tool is None:
            self._former_trace = sys.gettrace()
            sys.settrace(self._on_trace)

    def stop(self) -> None:
        """Stop the clock."""
        if self._until is not None:
            self.left = self._until - time.perf_counter()
            self._until = None
        if self._tool is None:
            sys.settrace(self._former_trace)

    def _look(self, code: CodeType) -> None:
        self._events += 1
        if self._events % _EVENTS_BETWEEN_LOOKS or self._until is None:
            return
        if time.perf_counter() > self._until:
            self._events -= 1  # look again at the very next event, should the error be swallowed
            # Inside our own code the error would fall between two stools: wait for the learner's.
            if not code.co_filename.startswith(_OUR_FOLDER):
                raise OutOfTimeError

    # -- Python 3.12 and later --

    def __enter__(self) -> Budget:
        """Begin to listen, where `sys.monitoring` is there."""
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
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no longer."""
        if sys.version_info >= (3, 12) and self._tool is not None:
            monitoring = sys.monitoring
            monitoring.set_events(self._tool, 0)
            for event in (monitoring.events.PY_START, monitoring.events.JUMP):
                monitoring.register_callback(self._tool, event, None)
            monitoring.free_tool_id(self._tool)
            self._tool = None

    def _on_event(self, code: CodeType, *where: int) -> Any:
        self._look(code)
        if sys.version_info >= (3, 12) and code.co_filename.startswith(_LIBRARIES):
            return sys.monitoring.DISABLE  # their loops end, and pay no toll
        return None

    # -- before --

    def _on_trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        self._look(frame.f_code)
        if frame.f_code.co_filename.startswith(_LIBRARIES):
            return None  # their loops end
        # Each instruction, because `while True: pass` never comes to another line.
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self._on_trace
