"""A function's source: its lines, its statements, its loops, and who is assigned from what."""

from __future__ import annotations

import ast
import linecache
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType
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
    _right_sides: dict[tuple[int, str], str] = field(default_factory=dict)
    _statements: dict[int, int] = field(default_factory=dict)

    def statement_at(self, number: int) -> int:
        """Return the line at which the statement begins that holds line `number` of the file."""
        line = number - self.first
        return self._statements.get(line, line)

    def right_side(self, line: int, name: str) -> str:
        """Return what a line sets a name to, or what it returns; empty where that says nothing."""
        sides = self._right_sides
        return sides.get((line, name)) or sides.get((line, "")) or ""


def source_of(code: CodeType, names: dict[str, Any]) -> Source:
    """Read a function's source; where there is none, its lines are known by number only.

    Parameters
    ----------
    code : code
        That of a function, or of a lambda, whose source is the statement that holds it.
    names : dict
        The function's globals, which may know how to read its file.
    """
    lines = linecache.getlines(code.co_filename, names)
    try:
        first, end = _extent(ast.parse("".join(lines)), code)
        text = textwrap.dedent("".join(lines[first - 1 : end]))
        tree = ast.parse(text).body[0]
    except (SyntaxError, ValueError, IndexError):
        return Source(code.co_name, (), code.co_firstlineno)
    statements = {line: start for start, end in _spans(tree) for line in range(start, end + 1)}
    return Source(
        _name(tree, code),
        tuple(text.rstrip().splitlines()),
        first,
        tuple(_loops(tree)),
        dict(_right_sides(tree)),
        statements,
    )


def _extent(tree: ast.Module, code: CodeType) -> tuple[int, int]:
    """Return the first and last line of the innermost statement that begins where `code` does."""
    found = None
    for node in ast.walk(tree):
        if not isinstance(node, ast.stmt):
            continue
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
        end = node.end_lineno or node.lineno
        is_it = first == code.co_firstlineno and getattr(node, "name", "") == code.co_name
        if is_it or (code.co_name == "<lambda>" and first <= code.co_firstlineno <= end):
            found = first, end  # `walk` goes from the outside in
    if found is None:
        raise ValueError(f"{code.co_name} is not in its file")
    return found


def _name(tree: ast.AST, code: CodeType) -> str:
    if isinstance(tree, ast.Assign) and isinstance(tree.targets[0], ast.Name):
        return tree.targets[0].id  # the name that a lambda is given
    return code.co_name.strip("<>")


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


def _right_sides(tree: ast.AST) -> Iterator[tuple[tuple[int, str], str]]:
    """Yield what stands right of an equals sign or a `return`, of several values each by itself."""
    kinds = ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Return
    for node in ast.walk(tree):
        if not isinstance(node, kinds) or node.value is None:
            continue
        names = [""]
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            names = [ast.unparse(one) for one in node.targets[0].elts]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            names = [f"returned[{i}]" for i in range(len(node.value.elts))]
        parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        if len(names) == len(parts):
            for name, part in zip(names, parts, strict=True):
                if not _is_made_by_a_helper(part):
                    yield (node.lineno - 1, name), ast.unparse(part)


def _is_made_by_a_helper(value: ast.expr) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Name) and called.id != "tanh"
