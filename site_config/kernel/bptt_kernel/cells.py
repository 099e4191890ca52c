"""Looks after each cell: the watch is over it, and what it sends is sent when it ends."""

from __future__ import annotations

import asyncio
import builtins
import sys
from typing import Any

from .outbox import Outbox
from .time_limit import EndedError
from .watch import Watch

__all__ = ["ask_off_the_clock", "look_after_cells"]


def look_after_cells(shell: Any, watch: Watch, outbox: Outbox) -> None:
    """Have every cell run under the watch."""
    import pyodide_kernel

    kernel, show = shell.kernel, shell.showtraceback
    run_cell = kernel.run

    async def run(code: str) -> Any:
        task = asyncio.current_task()
        assert task is not None
        with watch.over(shell.execution_count, task) as current:
            waiting = asyncio.ensure_future(watch.look_while_waiting(current))
            try:
                return await run_cell(code)
            except asyncio.CancelledError:
                if not current.sentence:
                    raise
                return _error(EndedError(current.sentence))
            finally:
                waiting.cancel()
                while task.cancelling():
                    task.uncancel()  # it has ended otherwise meanwhile
                outbox.finish(pyodide_kernel.stdout_stream.write)

    def showtraceback(exc_tuple: Any = None, *args: Any, **kwargs: Any) -> None:
        current = watch.current
        error = exc_tuple[1] if exc_tuple else sys.exc_info()[1]
        if isinstance(error, asyncio.CancelledError) and current and current.sentence:
            ended = EndedError(current.sentence)
            exc_tuple = (EndedError, ended, error.__traceback__)
        show(exc_tuple, *args, **kwargs)

    kernel.run, shell.showtraceback = run, showtraceback


def _error(ended: EndedError) -> dict[str, Any]:
    """Return what the kernel's ``run`` returns for a cell that an error has ended."""
    return {
        "status": "error",
        "ename": type(ended).__name__,
        "evalue": str(ended),
        "traceback": str(ended).splitlines(),
    }


def ask_off_the_clock(shell: Any, watch: Watch, outbox: Outbox) -> None:
    """Let the time in which ``input()`` waits for an answer not count.

    JupyterLite's worker sets ``shell.input`` anew before each cell.
    """

    def set_input(self: Any, ask: Any) -> None:
        def answer(prompt: object = "") -> Any:
            outbox.flush()
            with watch.not_counting():
                answered = ask(str(prompt))
            watch.look(None, sys._getframe(1))
            if answered is None:
                raise RuntimeError(
                    "input() cannot ask anything here yet: reload the page, and run this cell "
                    "again. In a private window, write the answer into the cell instead."
                )
            return answered

        self._input, builtins.input = ask, answer

    shell_class = type(shell)
    shell_class.input = property(lambda self: self._input, set_input)
