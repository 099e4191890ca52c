"""When there is no memory left, not even for an error.

IPython shows the ``MemoryError`` of a cell that asks for more than there is. But where every byte
is taken, and kept, a cell cannot even end: the page would wait for it for ever. So it is looked
for at each end whether there is some, and what is held in reserve is enough to say that not.
"""

from __future__ import annotations

from typing import Any

__all__ = ["tell_when_memory_is_out"]

ENOUGH = 2**20  # bytes, for a cell's end
RESERVE = 4 * ENOUGH


def tell_when_memory_is_out(shell: Any, lookout: Any) -> None:
    """Say on the page that Python is dead when a cell has left no memory."""
    kernel, run_cell, reserve = shell.kernel, shell.kernel.run, bytearray(RESERVE)

    async def run(code: str) -> Any:
        try:
            return await run_cell(code)
        finally:
            if not _is_some_left():
                reserve.clear()
                lookout.tell("dead", "no memory is left.")

    kernel.run = run


def _is_some_left() -> bool:
    try:
        bytearray(ENOUGH)
    except MemoryError:
        return False
    return True
