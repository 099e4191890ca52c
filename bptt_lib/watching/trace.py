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

from .._guards import Floats
from .source import Source, source_of

MOST_LINES = 5_000
MOST_ENTRIES = 600  # of one array; a larger one is named, not kept

Value = Floats | int | float | str


class _TooLongError(BaseException):
    """Ends a run that does not end; no `Exception`, so that nobody catches it by the way."""


@dataclass(frozen=True, eq=False)
class Moment:
    """What one executed statement left behind.

    Parameters
    ----------
    line : int
        First line of the statement, counted from 0 in the function's source.
    values : mapping of str to array, int, float or str
        What the variables hold after it. Entries of a dict appear as ``grads["W_hh"]``, a list
        of arrays as one array; what is no number, or too large, is described in words.
    changed : tuple of str
        The names whose values this statement changed.
    """

    line: int
    values: Mapping[str, Value]
    changed: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Watched:
    """A watched run: the source, the moments in order, and how it ended.

    Parameters
    ----------
    source : Source
        The function's source.
    moments : tuple of Moment
        One for each statement executed.
    result : object
        What the function returned; ``None`` if it did not.
    error : str
        Kind and message of the exception that ended it; empty if there was none.
    """

    source: Source
    moments: tuple[Moment, ...]
    result: Any
    error: str


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
        Whatever the function does: an exception ends the run and is told in ``error``. After
        5,000 statements the run is ended.

    Raises
    ------
    TypeError
        If `function` has no Python code to be watched.

    Notes
    -----
    What never comes to another line, such as ``while True: pass``, is not ended here but by
    whoever sets a limit of time around the call. What the function prints is swallowed.
    Functions that it calls are not followed, except those defined inside it.

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
    code = getattr(inner, "__code__", None)
    if not isinstance(code, CodeType):
        raise TypeError(
            f"function: expected a function written in Python, got {type(function).__name__}; "
            "what is built in cannot be watched"
        )
    source = source_of(inner)
    notebook = _Notebook(source, frozenset(_family(code)))
    result, error = None, ""
    former = sys.gettrace()
    try:
        with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
            sys.settrace(notebook.on_call)
            result = function(*args, **kwargs)
    except _TooLongError:
        error = f"it was stopped after {len(notebook.moments):,} lines without an end"
    except BaseException as raised:
        error = textwrap.shorten(f"{type(raised).__name__}: {raised}", 300)
    finally:
        sys.settrace(former)
    return Watched(source, tuple(notebook.moments), result, error)


class _Notebook:
    """The trace function, and what it writes down."""

    def __init__(self, source: Source, codes: frozenset[CodeType]) -> None:
        self.source, self.codes = source, codes
        self.moments: list[Moment] = []
        self._pending: dict[FrameType, int] = {}
        self._known: dict[FrameType, dict[str, Value]] = {}
        self._seen = 0

    def on_call(self, frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code not in self.codes:
            return None
        self._known[frame] = _snapshot(frame.f_locals, {})
        return self.on_line

    def on_line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event not in ("line", "return"):
            return self.on_line
        self._seen += 1
        if self._seen > MOST_LINES:
            raise _TooLongError
        line = self.source.statement_at(frame.f_lineno)
        before = self._pending.get(frame)
        if before is not None and (event == "return" or line != before):
            self._write(frame, before)
        if event == "line":
            self._pending[frame] = line
        else:
            self._pending.pop(frame, None)
            self._known.pop(frame, None)
        return self.on_line

    def _write(self, frame: FrameType, line: int) -> None:
        known = self._known[frame]
        values = _snapshot(frame.f_locals, known)
        changed = tuple(name for name, value in values.items() if value is not known.get(name))
        self._known[frame] = values
        self.moments.append(Moment(line, values, changed))


def _family(code: CodeType) -> Iterator[CodeType]:
    """Yield the code and that of the functions defined in it; a comprehension is one line."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType) and not constant.co_name.startswith("<"):
            yield from _family(constant)


def _snapshot(variables: Mapping[str, Any], known: Mapping[str, Value]) -> dict[str, Value]:
    """Copy what can be shown; what has not changed stays the very object it was."""
    values: dict[str, Value] = {}
    for name, value in _named(variables):
        shown = _shown(value)
        if shown is None:
            continue
        former = known.get(name)
        values[name] = former if former is not None and _same(former, shown) else shown
    return values


def _named(variables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in variables.items():
        if name.startswith(("_", ".")):
            continue
        if isinstance(value, Mapping):
            for key, item in value.items():
                yield f'{name}["{key}"]', item
        else:
            yield name, value


def _shown(value: Any) -> Value | None:
    if isinstance(value, bool | int | float | np.integer | np.floating):
        return value.item() if isinstance(value, np.generic) else value
    if callable(value) or inspect.ismodule(value):
        return None
    if isinstance(value, np.ndarray | list | tuple):
        array = as_array(value)
        if array is not None and array.size <= MOST_ENTRIES:
            return array
        kind = type(value).__name__
        shape = getattr(value, "shape", None)
        return f"{kind} of shape {shape}" if shape is not None else f"{kind} of {len(value)} items"
    return type(value).__name__


def as_array(value: Any) -> Floats | None:
    """Return a copy of `value` as an array of floats, or None if it is none."""
    try:
        with np.errstate(all="ignore"):
            return np.array(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        return None


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=True))
    return type(a) is type(b) and not isinstance(a, np.ndarray) and bool(a == b)
