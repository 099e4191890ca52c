"""A watched run as plain data: which calls it made, and what each executed line left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .source import Source
from .values import Value

Turns = list[list[int]]  # the moments of each turn of a loop
Times = list[int | None]  # a time step for each turn, or for each moment


@dataclass(frozen=True, eq=False)
class Call:
    """One call of the watched function, or of another of the learner's that it calls.

    Parameters
    ----------
    source : int
        Which of the run's sources holds its lines.
    begins : int
        The line of that source at which its function begins; not 0 for one defined inside.
    caller : int or None
        The call that it was made from; None for the watched function itself.
    line : int or None
        The line of that call at which it was made.
    values : mapping of str to array, int, float or str
        Its variables as it began: its arguments.
    """

    source: int
    begins: int
    caller: int | None
    line: int | None
    values: Mapping[str, Value]


@dataclass(frozen=True, eq=False)
class Moment:
    """What one executed statement left behind.

    Parameters
    ----------
    line : int
        First line of the statement, counted from 0 in the source of its call.
    values : mapping of str to array, int, float or str
        What the variables hold after it. Entries of a dict appear as ``grads["W_hh"]``, a list
        of arrays as one array; what is no number, or too large, is described in words. What a
        helper returns appears as ``returned``.
    changed : tuple of str
        The names whose values this statement changed.
    call : int
        In which call it was executed; 0 is the watched function itself.
    """

    line: int
    values: Mapping[str, Value]
    changed: tuple[str, ...]
    call: int = 0


@dataclass(frozen=True, eq=False)
class Watched:
    """A watched run: the sources, the calls and moments in order, and how it ended.

    Parameters
    ----------
    sources : tuple of Source
        The watched function's source, then those of the helpers that it called.
    calls : tuple of Call
        The run itself, then the calls of helpers in the order in which they were made.
    moments : tuple of Moment
        One for each statement executed.
    result : object
        What the function returned; ``None`` if it did not.
    error : str
        Kind and message of the exception that ended it; empty if there was none.
    ran_on : bool
        Whether the run went on after the last line that was kept.
    """

    sources: tuple[Source, ...]
    calls: tuple[Call, ...]
    moments: tuple[Moment, ...]
    result: Any
    error: str
    ran_on: bool = False

    def source_at(self, moment: int) -> Source:
        """Return the source that holds a moment's line."""
        return self.sources[self.calls[self.moments[moment].call].source]

    def led_from(self, call: int) -> dict[int, int | None]:
        """Return, for a call and all those made from it, at which of its lines they were made."""
        lines: dict[int, int | None] = {call: None}
        for i, one in enumerate(self.calls[call + 1 :], start=call + 1):
            if one.caller in lines:  # callers stand before those whom they call
                lines[i] = one.line if one.caller == call else lines[one.caller]
        return lines
