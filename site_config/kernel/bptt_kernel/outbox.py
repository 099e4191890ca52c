"""What running code sends to the page, held back for a moment so that much becomes little.

Each message costs the page some milliseconds, and no page keeps up with a loop that prints. So
what is printed within a tenth of a second goes as one message; what would be cleared before
anybody has seen it does not go at all; and of a widget's states only the last one does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from .allowance import Allowance, shortened

__all__ = ["Outbox"]

EVERY = 0.1  # seconds


class _Message:
    """Something to be sent; ``content`` may grow until it is."""

    def __init__(self, kind: str, key: Any, content: Any, send: Callable[[Any], None]) -> None:
        self.kind, self.key, self.content, self.send = kind, key, content, send


class Outbox:
    """Messages in their order, sent ten times a second at most.

    ``later`` is called with `flush` when something is left that nothing else may flush.
    """

    def __init__(
        self,
        later: Callable[[Callable[[], None]], None] = lambda flush: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._later, self._clock = later, clock
        self._messages: list[_Message] = []
        self._states: dict[str, _Message] = {}
        self._sent_at = -EVERY
        self._at_work = self._has_asked = self._is_cleared = False
        self.allowance = Allowance()

    def text(self, name: str, text: str, send: Callable[[Any], None]) -> None:
        """Send what is written to the stream of that name."""
        self._at_work = True
        text = self.allowance.of_text(text)
        if text:
            self._drop_what_is_cleared()
        last = self._messages[-1] if self._messages else None
        if not text:
            pass
        elif last is not None and last.kind == "text" and last.key == name:
            last.content.append(text)
        else:
            self._messages.append(
                _Message("text", name, [text], lambda parts: send("".join(parts)))
            )
        self._done()

    def display(self, data: Any, send: Callable[[Any], None]) -> None:
        """Send a display."""
        if self.allowance.of_displays():
            self._drop_what_is_cleared()
            self._add(_Message("display", None, shortened(data), send))

    def update(self, display_id: Any, data: Any, send: Callable[[Any], None]) -> None:
        """Send what is to stand in the place of an earlier display."""
        self._messages = [
            m for m in self._messages if m.kind != "update" or m.key != display_id or not display_id
        ]
        self._add(_Message("update", display_id, shortened(data), send))

    def clear(self, send: Callable[[], None]) -> None:
        """Clear the cell's output, at once or when something new comes."""
        self.allowance = Allowance()
        self._is_cleared = True
        self._add(_Message("clear", None, None, lambda _: send()))

    def state(self, comm: str, state: dict[str, Any], send: Callable[[Any], None]) -> None:
        """Send the new state of a widget."""
        earlier = self._states.get(comm)
        if earlier is not None:
            earlier.content.update(state)
            self._done()
            return
        self._states[comm] = message = _Message("state", comm, dict(state), send)
        self._add(message)

    def other(self, send: Callable[[], None]) -> None:
        """Send any other message, in its turn."""
        self._states.clear()  # a state that follows it stays behind it
        self._add(_Message("other", None, None, lambda _: send()))

    def _drop_what_is_cleared(self) -> None:
        """Now that something new comes after a clear, what was to come before it need not."""
        if not self._is_cleared:
            return
        self._is_cleared = False
        kinds = [message.kind for message in self._messages]
        if "clear" not in kinds:
            return
        last = len(kinds) - 1 - kinds[::-1].index("clear")
        # Beyond another message, such as where an Output widget begins, it may not be cleared.
        first = max((i for i, kind in enumerate(kinds[:last]) if kind == "other"), default=0)
        self._messages[first:last] = [
            m for m in self._messages[first:last] if m.kind not in ("text", "display", "clear")
        ]

    def _add(self, message: _Message) -> None:
        self._at_work = True
        self._messages.append(message)
        self._done()

    def _done(self) -> None:
        self._at_work = False
        if self._clock() - self._sent_at >= EVERY:
            self.flush()
        elif self._messages and not self._has_asked:
            self._has_asked = True
            self._later(self.flush)

    def look(self) -> None:
        """Send what has waited long enough, unless a message is just being put in."""
        if not self._at_work and self._clock() - self._sent_at >= EVERY:
            self.flush()

    def flush(self) -> None:
        """Send everything."""
        messages, self._messages = self._messages, []
        self._states = {}
        self._has_asked = False
        for message in messages:
            message.send(message.content)
        self._sent_at = self._clock()

    def finish(self, write: Callable[[str], object]) -> None:
        """Send everything at the end of a cell; ``write`` what is to be said of the rest."""
        rest, self.allowance = self.allowance.rest(), Allowance()
        if rest:
            write(rest)
        self.flush()
        self.allowance = Allowance()
