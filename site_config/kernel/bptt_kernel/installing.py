"""Puts the watch, the outbox and their companions where the kernel looks for them."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from .callbacks import Callbacks
from .cells import ask_off_the_clock, look_after_cells
from .memory import tell_when_memory_is_out
from .outbox import EVERY, Outbox
from .recursion import keep_recursion_shallow
from .sending import send_through
from .time_limit import time_limit
from .watch import Watch

__all__ = ["install"]


def install(shell: Any, lookout: Any) -> None:
    """Do what `bptt_kernel.install` promises."""
    outbox = Outbox(later=lambda flush: asyncio.get_event_loop().call_later(EVERY, flush))
    watch = Watch(lookout, on_look=outbox.look)
    send_through(outbox, shell)
    look_after_cells(shell, watch, outbox)
    tell_when_memory_is_out(shell, lookout)
    Callbacks(shell, watch, outbox, lookout).look_after(shell.kernel.comm_manager)
    ask_off_the_clock(shell, watch, outbox)
    keep_recursion_shallow()
    time.sleep = watch.sleep
    shell.register_magic_function(time_limit, "line", "time_limit")
    watch.start()
