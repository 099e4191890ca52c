"""A function's source: its lines, its statements, its loops, and who is assigned from what."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Loop:
    """A `for` or `while`: its header, the lines of its body, the names that it sets."""

    header: int
    body: range
    targets: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """The lines of a function, and what of its grammar is needed to follow it.

    Lines are counted from 0, the decorator's included; ``first`` is the number of line 0 in
    the file or cell.
    """

    name: str
    lines: tuple[str, ...]
    first: int
    loops: tuple[Loop, ...] = ()
    right_sides: dict[int, str] = field(default_factory=dict)
    _statements: dict[int, int] = field(default_factory=dict)

    def statement_at(self, number: int) -> int:
        """Return the line at which the statement begins that holds line `number` of the file."""
        line = number - self.first
        return self._statements.get(line, line)


def source_of(function: Callable[..., Any]) -> Source:
    """Read a function's source; where there is none, its lines are known by number only."""
    name = function.__name__
    try:
        lines, first = inspect.getsourcelines(function)
        tree = ast.parse(textwrap.dedent("".join(lines))).body[0]
    except (OSError, TypeError, SyntaxError, IndexError):
        return Source(name, (), function.__code__.co_firstlineno)
    text = textwrap.dedent("".join(lines))
    statements = {line: start for start, end in _spans(tree) for line in range(start, end + 1)}
    return Source(
        name,
        tuple(text.rstrip().splitlines()),
        max(first, 1),
        tuple(_loops(tree)),
        dict(_right_sides(tree)),
        statements,
    )


def _spans(tree: ast.AST) -> Iterator[tuple[int, int]]:
    """Yield first and last line of each statement, of a compound one those of its header."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else (node.end_lineno or node.lineno)
        yield node.lineno - 1, max(last - 1, node.lineno - 1)


def _loops(tree: ast.AST) -> Iterator[Loop]:
    """Yield loops that stand in no other loop."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.For | ast.While):
            last = node.body[-1].end_lineno or node.body[-1].lineno
            target = node.target if isinstance(node, ast.For) else None
            names = [n.id for n in ast.walk(target) if isinstance(n, ast.Name)] if target else []
            body = range(node.body[0].lineno - 1, last)
            yield Loop(node.lineno - 1, body, tuple(names))
        else:
            yield from _loops(node)


def _right_sides(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
            yield node.lineno - 1, ast.unparse(node.value)
