"""Where in the learner's own code Python is: which cell, which line, in which loop."""

from __future__ import annotations

import ast
import linecache
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any

__all__ = ["Place", "place_in", "place_of", "place_waiting_in"]

_A_CELL = re.compile(r"<ipython-input-(\d+)-")
_LOOPS = (ast.While, ast.For, ast.AsyncFor)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_LONGEST_LINE = 70

Spot = tuple[str, int]  # a file's name, a line


@dataclass(frozen=True)
class Line:
    """A line of a cell."""

    cell: int
    number: int
    text: str

    def said(self, this_cell: int | None) -> str:
        """Name it; ``this_cell`` is the number of the cell that is running."""
        cell = "this cell" if self.cell == this_cell else f"cell [{self.cell}]"
        return f"line {self.number} of {cell}: {self.text}"


@dataclass(frozen=True)
class Place:
    """The line in which Python is, and the one in which the loop around it begins, if any."""

    line: Line
    loop: Line | None = None

    def sentence(self, this_cell: int | None = None) -> str:
        """Say where Python was; ``this_cell`` is the number of the cell that is running."""
        said = f"Python was in {self.line.said(this_cell)}"
        if self.loop in (None, self.line):
            return said
        return f"{said}\nThat is in the loop of {self.loop.said(this_cell)}"


def place_of(frame: FrameType | None) -> Place | None:
    """Return the innermost line of a learner's cell that is running, or None if none is."""

    def spots() -> Iterator[Spot]:
        at = frame
        while at is not None:
            yield at.f_code.co_filename, at.f_lineno or at.f_code.co_firstlineno
            at = at.f_back

    return _innermost(spots())


def place_in(trace: TracebackType | None) -> Place | None:
    """Return the innermost line of a learner's cell that an error came through."""
    spots: list[Spot] = []
    while trace is not None:
        spots.insert(0, (trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return _innermost(spots)


def place_waiting_in(coroutine: Any) -> Place | None:
    """Return the innermost line of a learner's cell that awaits something in ``coroutine``."""
    spots: list[Spot] = []
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None)
        if frame is not None:
            spots.insert(0, (frame.f_code.co_filename, frame.f_lineno or 0))
        coroutine = getattr(coroutine, "cr_await", None)
    return _innermost(spots)


def _innermost(spots: Iterable[Spot]) -> Place | None:
    """Make a place of the first spot in a cell; of the loops that led there, name the nearest."""
    in_cells = [(*spot, int(found[1])) for spot in spots if (found := _A_CELL.match(spot[0]))]
    if not in_cells:
        return None
    loops = (
        Line(cell, loop, _text(name, loop))
        for name, line, cell in in_cells
        if (loop := _loop_around(name, line)) is not None
    )
    name, line, cell = in_cells[0]
    return Place(Line(cell, line, _text(name, line)), next(loops, None))


def _text(filename: str, line: int) -> str:
    text = linecache.getline(filename, line).strip()
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 1] + "…"


def _loop_around(filename: str, line: int) -> int | None:
    """Return the first line of the loop that the line is in: a ``while`` before a ``for``."""
    try:
        tree = ast.parse("".join(linecache.getlines(filename)))
    except SyntaxError:
        return None
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, (*_LOOPS, *_FUNCTIONS))
        and node.lineno <= line <= (node.end_lineno or 0)
    ]
    function = max((node.lineno for node in around if isinstance(node, _FUNCTIONS)), default=0)
    loops = [node for node in around if isinstance(node, _LOOPS) and node.lineno >= function]
    whiles = [node.lineno for node in loops if isinstance(node, ast.While)]
    return max(whiles or [node.lineno for node in loops], default=None)
