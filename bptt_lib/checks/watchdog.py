"""Stop running code from another thread, where Python cannot watch itself (before 3.12)."""

from __future__ import annotations

import ctypes
import threading
import time

_UNEVEN = 1.618


class Watchdog(threading.Thread):
    """Raises an error in the thread that made it, from ``until`` on, until called off."""

    def __init__(self, error: type[BaseException]) -> None:
        super().__init__(name="bptt_lib.checks.budget", daemon=True)
        self.until: float | None = None
        self._error = ctypes.py_object(error)
        self._whom = ctypes.c_ulong(threading.get_ident())
        # Re-entrant, for the error may be raised in the very method that calls the dog off.
        self._lock = threading.Condition(threading.RLock())
        self._retired = False

    def call_off(self) -> None:
        """Raise no more, and take back what has not arrived yet."""
        with self._lock:
            self.until = None
            ctypes.pythonapi.PyThreadState_SetAsyncExc(self._whom, None)

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
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(self._whom, self._error)
                    wait = _UNEVEN * wait % 0.004  # in no step with the loop that swallows them
                else:
                    wait = 0.05
                self._lock.wait(wait)
