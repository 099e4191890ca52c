"""What lies around a function in its process: folder, environment, modules, the interpreter."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading


class Surroundings:
    """How things are now; ``put_back`` makes them so again, and says what it had to do."""

    def __init__(self) -> None:
        self._folder = _folder()
        self._environment = dict(os.environ)
        self._modules = dict(sys.modules)
        self._collecting = gc.isenabled()
        self._switching = sys.getswitchinterval()
        self._interrupt = signal.getsignal(signal.SIGINT)

    def put_back(self) -> list[str]:
        """Restore what was changed; return a sentence for each change."""
        told = []
        if _folder() != self._folder and self._folder is not None:
            os.chdir(self._folder)
            told.append("The working folder was changed (os.chdir).")
        if dict(os.environ) != self._environment:
            os.environ.clear()
            os.environ.update(self._environment)
            told.append("Environment variables were changed (os.environ).")
        replaced = [n for n, module in self._modules.items() if sys.modules.get(n) is not module]
        if replaced:
            sys.modules.update({name: self._modules[name] for name in replaced})
            told.append(f"The module {replaced[0]} was replaced or removed (sys.modules).")
        if gc.isenabled() != self._collecting:
            (gc.enable if self._collecting else gc.disable)()
            told.append("Python's garbage collection was switched on or off (gc).")
        if sys.getswitchinterval() != self._switching:
            sys.setswitchinterval(self._switching)
            told.append("The interpreter's switch interval was changed.")
        if signal.getsignal(signal.SIGINT) is not self._interrupt:
            if threading.current_thread() is threading.main_thread():
                with contextlib.suppress(TypeError, ValueError):
                    signal.signal(signal.SIGINT, self._interrupt)
            told.append("The handler of interrupts was changed (signal).")
        return told


def _folder() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None
