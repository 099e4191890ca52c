"""An exception in the learner's code, told as their own line and a plain sentence."""

from __future__ import annotations

import difflib
import linecache
import os
import re
import sysconfig
import traceback
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any

import numpy as np

from bptt_lib.checks.budget import OutOfTimeError
from bptt_lib.checks.fences import AskedForInputError

_NOT_THEIRS = (
    os.path.dirname(os.path.abspath(np.__file__)) + os.sep,
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep,
    sysconfig.get_paths()["stdlib"] + os.sep,
    "<frozen",
    "<__array_function__",
)


@dataclass(frozen=True)
class Fault:
    """Where the function stopped and why."""

    kind: str
    sentence: str
    line: str = ""
    number: int | None = None
    values: str = ""

    def __str__(self) -> str:
        """Return it all as one paragraph."""
        where = f" On line {self.number}: {self.line}" if self.line else ""
        known = f" ({self.values})" if self.values else ""
        return f"{self.sentence}{where}{known}"

    @property
    def ends_the_check(self) -> bool:
        """Whether more calls would tell nothing, or take too long."""
        return self.kind in _ENDINGS


_ENDINGS = {
    "OutOfTimeError",
    "TooMuchPrintedError",
    "TooSlowError",
    "NotImplementedError",
    "AskedForInputError",
    "SystemExit",
    "RecursionError",
    "MemoryError",
    "KeyboardInterrupt",
}


def explain(error: BaseException) -> Fault:
    """Find the learner's line in the traceback and say what the exception means there."""
    frames = _their_frames(error.__traceback__)
    found = frames[-1] if frames else None
    sentence = _sentence(error, [frame for frame, _ in frames])
    kind = type(error).__name__
    if isinstance(error, MemoryError) or _too_big(error):
        kind = "MemoryError"
    if found is None:
        return Fault(kind, sentence)
    frame, number = found
    line = _line(frame, number)
    return Fault(kind, sentence, line, number, _values(frame, line))


def _their_frames(trace: TracebackType | None) -> list[tuple[FrameType, int]]:
    """Return the frames that are neither ours nor a library's, the innermost last."""
    return [
        (frame, number or frame.f_code.co_firstlineno)  # some instructions are on no line
        for frame, number in traceback.walk_tb(trace)
        if not frame.f_code.co_filename.startswith(_NOT_THEIRS)
    ]


def _line(frame: FrameType, number: int) -> str:
    name = frame.f_code.co_filename
    return linecache.getline(name, number, frame.f_globals).strip()


def _values(frame: FrameType, line: str) -> str:
    """Return the shapes of the arrays that the line names."""
    told = []
    for name in dict.fromkeys(re.findall(r"[A-Za-z_]\w*", line)):
        value = frame.f_locals.get(name)
        if isinstance(value, np.ndarray):
            told.append(f"{name} has shape {value.shape}")
        elif name in frame.f_locals and (value is None or isinstance(value, int)):
            told.append(f"{name} is {value}")
    return ", ".join(told[:6])


def _too_big(error: BaseException) -> bool:
    """Whether NumPy refused an array without trying (as it does where addresses have 32 bits)."""
    text = _text(error)
    return isinstance(error, ValueError) and ("too big" in text or "Maximum allowed" in text)


def _text(error: BaseException) -> str:
    """Return an exception's message; one of the learner's own may fail even at that."""
    try:
        return str(error)
    except Exception:
        return ""


def _sentence(error: BaseException, frames: list[FrameType]) -> str:
    if _too_big(error):
        return _memory(error, "", frames)
    text = " ".join(_text(error).split())
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return str(words(error, text, frames))
    told = f": {_short(text)}" if text else ""
    return f"Your function stopped with {type(error).__name__}{told}."


def _short(text: str) -> str:
    text = text.rstrip(".")
    return text if len(text) <= 240 else text[:240] + "…"


def _out_of_time(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return (
        "Your function ran for too long and was stopped: a loop that never ends, "
        "or far more work than these small cases need."
    )


def _recursion(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return "Your function calls itself again and again without coming to an end."


def _memory(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return "Your function asked for more memory than there is."


def _not_written(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return f"Not written yet: {_short(text)}." if text else "Not written yet."


def _exit(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return "Your function tried to leave Python (exit, quit or sys.exit); use return instead."


def _input(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return "Your function asks for input(); everything it needs is in its arguments."


def _interrupt(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return "The run was interrupted."


def _name(error: BaseException, text: str, frames: list[FrameType]) -> str:
    missing = getattr(error, "name", None)
    known = [name for frame in frames for name in (*frame.f_locals, *frame.f_globals)]
    near = difflib.get_close_matches(missing or "", known, n=1)
    if isinstance(error, UnboundLocalError):
        return f"{missing or 'A variable'} is used before it has been given a value."
    hint = f"; did you mean {near[0]}?" if near else ", neither here nor in the notebook."
    return f"There is nothing called {missing or text}{hint}"


def _key(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return f"A dict has no key {text}."


def _index(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return f"An index lies outside its array: {_short(text)}."


def _value(error: BaseException, text: str, frames: list[FrameType]) -> str:
    if any(word in text for word in ("matmul", "broadcast", "aligned", "mismatch", "subscripts")):
        return f"Shapes do not fit together: {_short(text)}."
    return f"A value cannot be used here: {_short(text)}."


def _type(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return f"An operation got the wrong kind of value: {_short(text)}."


def _assertion(error: BaseException, text: str, frames: list[FrameType]) -> str:
    return (
        f"Your own assertion does not hold: {_short(text)}."
        if text
        else ("Your own assertion does not hold.")
    )


_WORDS: tuple[tuple[type[BaseException], Any], ...] = (
    (OutOfTimeError, _out_of_time),
    (NotImplementedError, _not_written),
    (RecursionError, _recursion),
    (MemoryError, _memory),
    (SystemExit, _exit),
    (AskedForInputError, _input),
    (KeyboardInterrupt, _interrupt),
    (NameError, _name),
    (KeyError, _key),
    (IndexError, _index),
    (AssertionError, _assertion),
    (TypeError, _type),
    (ValueError, _value),
)
