"""The solution shown after the hints: the library's own source.

Docstrings of public functions are left out, for the lesson has said all that; helpers of the same
module follow below the function that uses them.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any


@cache
def source_of(function: Callable[..., Any]) -> str:
    """Return the source of a function and of its helpers; empty where it cannot be had."""
    told: dict[str, str] = {}
    waiting = [function]
    while waiting:
        current = waiting.pop(0)
        name = getattr(current, "__name__", "")
        if name in told:
            continue
        source, used = _read(current)
        told[name] = source
        waiting += _helpers(current, used)
    return "\n\n".join(source for source in told.values() if source)


def _read(function: Callable[..., Any]) -> tuple[str, set[str]]:
    """Return a function's source, and the names that it uses."""
    try:
        source = inspect.getsource(function)
        definition = ast.parse(source).body[0]
    except (OSError, TypeError, SyntaxError):
        return "", set()
    used = {node.id for node in ast.walk(definition) if isinstance(node, ast.Name)}
    if not isinstance(definition, ast.FunctionDef) or ast.get_docstring(definition) is None:
        return source, used
    lines, docstring = source.splitlines(), definition.body[0]
    if not definition.name.startswith("_"):
        del lines[docstring.lineno - 1 : docstring.end_lineno]
    return "\n".join(lines) + "\n", used


def _helpers(function: Callable[..., Any], used: set[str]) -> list[Callable[..., Any]]:
    module = getattr(function, "__module__", None)
    space = getattr(function, "__globals__", {})
    named = [space[name] for name in sorted(used) if isinstance(space.get(name), FunctionType)]
    return [helper for helper in named if helper.__module__ == module]
