"""Looks after functions that widgets call: under the watch, and their errors are told.

The kernel answers a widget's message outside any cell. An error there would go nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .learners_code import place_in
from .outbox import Outbox
from .time_limit import EndedError
from .watch import Watch

__all__ = ["Callbacks"]


class Callbacks:
    """Runs what messages from widgets call for."""

    def __init__(self, shell: Any, watch: Watch, outbox: Outbox, lookout: Any) -> None:
        self._shell, self._watch, self._outbox, self._lookout = shell, watch, outbox, lookout
        self._running = 0

    def look_after(self, comm_manager: Any) -> None:
        """Have the messages that reach ``comm_manager`` handled under the watch."""
        for name in ("comm_open", "comm_msg", "comm_close"):
            setattr(comm_manager, name, self._guarded(getattr(comm_manager, name)))
        show = self._shell._showtraceback

        def show_or_tell(kind: Any, error: Any, lines: list[str]) -> None:
            if self._running:
                self._tell(error, lines)
            else:
                show(kind, error, lines)

        self._shell._showtraceback = show_or_tell

    def _guarded(self, handle: Callable[..., Any]) -> Callable[..., Any]:
        import pyodide_kernel

        def guarded(stream: Any, ident: Any, message: Any) -> None:
            self._running += 1
            try:
                with self._watch.over(None):
                    handle(stream, ident, message)
            except BaseException:  # what is not an Exception comes this far
                self._shell.showtraceback()
            finally:
                self._running -= 1
                self._outbox.finish(pyodide_kernel.stdout_stream.write)

        return guarded

    def _tell(self, error: Any, lines: list[str]) -> None:
        """Show an error in the Output widget that is listening, and on the page."""
        self._outbox.flush()
        self._lookout.showError(
            type(error).__name__, str(error), lines, self._shell.kernel._parent_header
        )
        if isinstance(error, EndedError):
            self._lookout.tell("ended", str(error))
        else:
            place = place_in(error.__traceback__)
            where = f"\n{place.sentence()}" if place else ""
            self._lookout.tell("failed", f"{type(error).__name__}: {error}{where}")
