"""Run a function line by line and keep what its variables held after each line.

Python tells a trace function of each line *before* it runs, so what a line did is seen when
the next one is announced: the variables are compared then with what they were.
"""

from __future__ import annotations

import contextlib
import inspect
import io
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

import numpy as np

from .moments import Call, Moment, Watched
from .source import Source, source_of
from .values import Value, snapshot

MOST_LINES = 5_000  # that are kept
MOST_NUMBERS = 500_000  # in all values that are kept
MOST_SEEN = 200_000  # lines, before a run counts as endless

_GENERATOR = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR


class _TooLongError(BaseException):
    """Ends a run that does not end; no `Exception`, so that nobody catches it by the way."""


def watch(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Watched:
    """Call a function and write down what each of its lines did.

    Parameters
    ----------
    function : callable
        A function written in Python.
    *args, **kwargs
        Its arguments.

    Returns
    -------
    Watched
        Whatever the function does: an exception ends the run and is told in ``error``. Of a
        very long run the first 5,000 lines are kept; after 200,000 it is ended.

    Raises
    ------
    TypeError
        If `function` has no Python code to be watched.

    Notes
    -----
    Functions that it calls are followed if they live where it lives: in a notebook, those of
    any cell, lambdas and closures too. What libraries do inside is not seen.

    What never comes to another line, such as ``while True: pass``, is not ended here but by
    whoever sets a limit of time around the call. What the function prints is swallowed.

    Examples
    --------
    >>> def double(x):
    ...     y = 2 * x
    ...     return y
    >>> run = watch(double, 4)
    >>> [(moment.line, moment.values) for moment in run.moments]
    [(1, {'x': 4, 'y': 8}), (2, {'x': 4, 'y': 8})]
    """
    inner = inspect.unwrap(function)
    if not isinstance(getattr(inner, "__code__", None), CodeType):
        raise TypeError(
            f"function: expected a function written in Python, got {type(function).__name__}; "
            "what is built in cannot be watched"
        )
    notebook = _Notebook(inner.__code__, inner.__globals__)
    result, error = None, ""
    former = sys.gettrace()
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            sys.settrace(notebook.on_call)
            result = function(*args, **kwargs)
    except _TooLongError:
        error = f"it was stopped after {MOST_SEEN:,} lines without an end"
    except BaseException as raised:
        error = textwrap.shorten(f"{type(raised).__name__}: {raised}", 300).removesuffix(":")
    finally:
        sys.settrace(former)
    if error:
        notebook.end()
    return notebook.watched(result, error)


@dataclass(eq=False)
class _Open:
    """A call that has not returned: the line that is running, and what was known before it."""

    call: int
    known: dict[str, Value]
    running: int | None = None
    raising: BaseException | None = None


class _Notebook:
    """The trace function, and what it writes down."""

    def __init__(self, code: CodeType, names: dict[str, Any]) -> None:
        self._names = names  # the globals of whoever is followed
        self._sources: list[Source] = []
        self._source_of: dict[CodeType, int] = {}
        self._read(code)
        self._calls: list[Call] = []
        self._moments: list[Moment] = []
        self._open: dict[FrameType, _Open] = {}
        self._told: BaseException | None = None  # an exception whose line is written already
        self._seen = self._numbers = 0

    def watched(self, result: Any, error: str) -> Watched:
        """Return everything written down."""
        sources, calls, moments = self._sources, self._calls, self._moments
        return Watched(tuple(sources), tuple(calls), tuple(moments), result, error, self._is_full())

    def on_call(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Decide whether a call is followed."""
        if frame in self._open:  # a generator goes on
            return self.on_line
        code = frame.f_code
        if frame.f_globals is not self._names or self._is_full() or not _has_lines(code):
            return None
        if not self._calls and code not in self._source_of:
            return None  # a decorator's own lines
        caller = self._caller(frame)
        known = snapshot(frame.f_locals, {})
        number = None if caller is None else caller.call
        line = None if caller is None else caller.running
        self._open[frame] = _Open(len(self._calls), known)
        source = self._read(code)
        begins = code.co_firstlineno - self._sources[source].first
        self._calls.append(Call(source, begins, number, line, known))
        return self.on_line

    def on_line(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Write down what a line did, as soon as the next is announced."""
        one = self._open.get(frame)
        if one is None or event not in ("line", "return", "exception"):
            return self.on_line
        if event == "exception":
            one.raising = argument[1]
            return self.on_line
        self._seen += 1
        if self._seen > MOST_SEEN:
            raise _TooLongError
        if event == "line":
            line = self._sources[self._calls[one.call].source].statement_at(frame.f_lineno)
            if one.running not in (None, line):
                self._write(frame, one)
            one.running, one.raising = line, None
        else:
            self._on_return(frame, one, argument)
        return self.on_line

    def end(self) -> None:
        """Write down the line that a limit has ended: no event tells of it."""
        for frame, one in reversed(self._open.items()):
            if not frame.f_code.co_flags & _GENERATOR:
                self._write(frame, one, even_if_full=True)
                return

    def _on_return(self, frame: FrameType, one: _Open, argument: Any) -> None:
        if one.raising is None:
            returned = {"returned": argument} if one.call else {}
            self._write(frame, one, _apart(returned), even_if_full=not one.call)
        elif one.raising is not self._told:  # a line that a helper's exception ended did nothing
            self._told = one.raising
            self._write(frame, one, even_if_full=True)
        if not frame.f_code.co_flags & _GENERATOR:
            del self._open[frame]

    def _write(
        self,
        frame: FrameType,
        one: _Open,
        returned: Mapping[str, Any] | None = None,
        *,
        even_if_full: bool = False,
    ) -> None:
        if one.running is None or (self._is_full() and not even_if_full):
            return
        values = snapshot({**frame.f_locals, **(returned or {})}, one.known)
        changed = tuple(name for name, value in values.items() if value is not one.known.get(name))
        one.known = values
        self._moments.append(Moment(one.running, values, changed, one.call))
        self._numbers += sum(np.size(values[name]) for name in changed)

    def _is_full(self) -> bool:
        return len(self._moments) >= MOST_LINES or self._numbers >= MOST_NUMBERS

    def _caller(self, frame: FrameType) -> _Open | None:
        above = frame.f_back
        while above is not None:
            if above in self._open:
                return self._open[above]
            above = above.f_back
        return None

    def _read(self, code: CodeType) -> int:
        """Return which source holds a code, and read it if none does yet."""
        if code not in self._source_of:
            self._sources.append(source_of(code, self._names))
            for one in _family(code):
                self._source_of.setdefault(one, len(self._sources) - 1)
        return self._source_of[code]


def _has_lines(code: CodeType) -> bool:
    """Whether a code is a function's; what a comprehension does belongs to its line."""
    return not code.co_name.startswith("<") or code.co_name == "<lambda>"


def _family(code: CodeType) -> Iterator[CodeType]:
    """Yield the code and that of the functions defined in it: one source shows them all."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _family(constant)


def _apart(returned: Mapping[str, Any]) -> dict[str, Any]:
    """Take a tuple of several values apart: ``returned[0]``, ``returned[1]``."""
    return {
        (f"{name}[{i}]" if isinstance(value, tuple) else name): item
        for name, value in returned.items()
        for i, item in enumerate(value if isinstance(value, tuple) else (value,))
    }
