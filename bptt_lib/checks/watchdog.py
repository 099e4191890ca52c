"""Stop running code from another thread, where Python cannot watch itself (before 3.12)."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from types import FrameType
from typing import Any

_OUR_FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep


class _Arrived(BaseException):
    """Raised and caught by the watchdog itself."""


def insistent(error: type[BaseException]) -> type[BaseException]:
    """Return an error that is raised once more in the very handler that swallows it.

    It is made in the running thread, when a handler catches it; from there the next instruction
    can be watched, which is the handler's own, and outside its ``try``.
    """

    class Insistent(error):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__()

            def once_more(frame: FrameType, event: str, argument: Any) -> Any:
                if frame.f_code.co_filename.startswith(_OUR_FOLDER):
                    return None
                raise error

            frame: FrameType | None = sys._getframe(1)
            while frame is not None and not frame.f_code.co_filename.startswith(_OUR_FOLDER):
                frame.f_trace, frame.f_trace_opcodes = once_more, True
                frame = frame.f_back
            sys.settrace(once_more)

    return Insistent


class Watchdog(threading.Thread):
    """Raises an error in the thread that made it, from ``until`` on, until called off."""

    def __init__(self, error: type[BaseException]) -> None:
        super().__init__(name="bptt_lib.checks.budget", daemon=True)
        self.until: float | None = None
        self._error, self._again = ctypes.py_object(error), ctypes.py_object(insistent(error))
        self._former_trace = sys.gettrace()
        self._whom = ctypes.c_ulong(threading.get_ident())
        # Re-entrant, for the error may be raised in the very method that calls the dog off.
        self._lock = threading.Condition(threading.RLock())
        self._retired = self._barked = False

    def call_off(self) -> None:
        """Raise no more, and take back what has not arrived yet."""
        with self._lock:
            self.until = None
            if sys.gettrace() is not self._former_trace:
                sys.settrace(self._former_trace)
            if self._barked:
                self._take_back()
                self._barked = False

    def _take_back(self) -> None:
        """Put an error of our own in the place of one that has not arrived, and catch it.

        Python could also be told to raise nothing. But then 3.11 goes on believing that something
        is about to be raised, and no function can be traced any more.
        """
        try:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(self._whom, ctypes.py_object(_Arrived))
            for _ in range(1000):  # it arrives at a jump back
                pass
        except _Arrived:
            pass

    def retire(self) -> None:
        """End the thread."""
        with self._lock:
            self._retired, self.until = True, None
            self._lock.notify()
        self.join(timeout=1.0)

    def run(self) -> None:
        """Watch the clock."""
        wait = 0.05
        while not self._retired:
            with self._lock:
                if self.until is not None and time.perf_counter() > self.until:
                    self._barked = True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        self._whom, self._error if wait > 0.04 else self._again
                    )
                    wait = 0.002
                else:
                    wait = 0.05
                self._lock.wait(wait)
