"""Leads through the outbox what the kernel sends: printed text, displays, widgets' states."""

from __future__ import annotations

import sys
from typing import Any

from .outbox import Outbox

__all__ = ["Stream", "send_through"]


class Stream:
    """``sys.stdout`` or ``sys.stderr``; JupyterLite's worker sets the callback before each cell."""

    encoding = "utf-8"
    errors = "strict"

    def __init__(self, name: str, outbox: Outbox) -> None:
        self.name, self._outbox = name, outbox
        self.publish_stream_callback: Any = None

    def write(self, text: str) -> int:
        """Take text to be shown."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        send = self.publish_stream_callback
        if send is not None:
            self._outbox.text(self.name, text, lambda whole: send(self.name, whole))
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Take several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Send no sooner than it is sent anyway, which is soon."""
        self._outbox.look()

    def isatty(self) -> bool:
        """Be no terminal."""
        return False

    def writable(self) -> bool:
        """Take text."""
        return True


def send_through(outbox: Outbox, shell: Any) -> None:
    """Put the outbox between the kernel and the functions that send."""
    import pyodide_kernel
    from pyodide_kernel.comm import Comm

    for name in ("stdout", "stderr"):
        stream = Stream(name, outbox)
        setattr(pyodide_kernel, f"{name}_stream", stream)
        setattr(sys, name, stream)
    _lead_displays(outbox, shell.display_pub, shell.displayhook)
    _lead_comms(outbox, Comm)


def _lead_displays(outbox: Outbox, publisher: Any, hook: Any) -> None:
    def publish(
        data: Any,
        metadata: Any = None,
        source: Any = None,
        *,
        transient: Any = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        if update:
            send = publisher.update_display_data_callback
            outbox.update(
                (transient or {}).get("display_id"),
                data,
                lambda shown: send(shown, metadata, transient),
            )
        else:
            send = publisher.display_data_callback
            outbox.display(data, lambda shown: send(shown, metadata, transient))

    def clear_output(wait: bool = False) -> None:
        clear = publisher.clear_output_callback
        outbox.clear(lambda: clear(wait))

    def finish_displayhook() -> None:
        send, count = hook.publish_execution_result, hook.prompt_count
        data, metadata, hook.data, hook.metadata = hook.data, hook.metadata, {}, {}
        outbox.display(data, lambda shown: send(count, shown, metadata))

    publisher.publish, publisher.clear_output = publish, clear_output
    hook.finish_displayhook = finish_displayhook


def _lead_comms(outbox: Outbox, comm_class: Any) -> None:
    publish_now = comm_class.publish_msg

    def publish_msg(
        self: Any,
        msg_type: str,
        data: Any = None,
        metadata: Any = None,
        buffers: Any = None,
        **keys: Any,
    ) -> None:
        def send(content: Any) -> None:
            publish_now(self, msg_type, content, metadata, buffers, **keys)

        state = (data or {}).get("state") if (data or {}).get("method") == "update" else None
        if msg_type == "comm_msg" and state is not None and not buffers and "msg_id" not in state:
            outbox.state(self.comm_id, state, lambda merged: send({**data, "state": merged}))
        else:
            outbox.other(lambda: send(data))

    comm_class.publish_msg = publish_msg
