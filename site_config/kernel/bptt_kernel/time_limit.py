"""How long a cell may run, and what is said when it has run for longer, or was stopped."""

from __future__ import annotations

__all__ = ["DEFAULT", "EndedError", "limit", "said", "set_time_limit", "time_limit"]

# The longest cell of the lessons takes about half a minute in the page on a slow machine. Whoever
# waits for less than this has the Stop button.
DEFAULT = 300.0
_SWITCHED_OFF = ("off", "none", "never")


class EndedError(KeyboardInterrupt):
    """Ends a learner's code that has run for too long, or that was asked to stop.

    It is shown as its sentence, without a traceback: the sentence names the line.
    """

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class _Limit:
    seconds: float | None = DEFAULT


limit = _Limit()


def set_time_limit(seconds: float | None) -> None:
    """Let a cell, or a function of a widget, run for so many seconds; None for any time.

    It holds from now on, for the cell that sets it, too, until Python is restarted. Waiting for
    ``input()`` does not count; ``time.sleep`` does.
    """
    if seconds is not None and not seconds > 0:
        raise ValueError(f"seconds: expected a number above 0, or None for no limit; got {seconds}")
    limit.seconds = seconds


def time_limit(line: str) -> None:
    """``%time_limit 600``: let cells run for ten minutes; ``%time_limit off``: for any time."""
    word = line.strip().lower()
    if word in _SWITCHED_OFF:
        set_time_limit(None)
    elif word:
        try:
            set_time_limit(float(word))
        except ValueError:
            print(f"%time_limit: expected seconds, such as 600, or off; got {line.strip()!r}.")
            return
    if limit.seconds is None:
        print("A cell may run for any time.")
    else:
        print(f"A cell may run for {said(limit.seconds)}.")


def said(seconds: float) -> str:
    """Say a length of time: 3 seconds, 5 minutes."""
    if seconds < 120 or seconds % 60:
        return "1 second" if seconds == 1 else f"{seconds:g} seconds"
    return f"{seconds / 60:g} minutes"
