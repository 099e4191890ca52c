"""What a variable holds, copied so that it can be shown later; bounded, whatever it is."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .._guards import Floats

MOST_ENTRIES = 600  # of one array; a larger one is named, not kept
MOST_KEYS = 40  # of one dict

Value = Floats | int | float | str


def snapshot(variables: Mapping[str, Any], known: Mapping[str, Value]) -> dict[str, Value]:
    """Copy what can be shown; what has not changed stays the very object it was."""
    values: dict[str, Value] = {}
    for name, value in _named(variables):
        shown = _shown(value)
        if shown is None:
            continue
        former = known.get(name)
        values[name] = former if former is not None and _same(former, shown) else shown
    return values


def as_array(value: Any) -> Floats | None:
    """Return a copy of `value` as an array of floats, or None if it is none."""
    try:
        with np.errstate(all="ignore"):
            return np.array(value, dtype=float)
    except Exception:  # an item may be anything, and may raise anything
        return None


def is_too_large(value: Value) -> bool:
    """Whether a value was named in words for its size."""
    return isinstance(value, str) and value.startswith("large ")


def _named(variables: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in variables.items():
        if name.startswith(("_", ".")):
            continue
        if isinstance(value, dict) and len(value) <= MOST_KEYS:
            for key, item in dict.items(value):
                if isinstance(key, str | int):
                    yield f'{name}["{key}"]' if isinstance(key, str) else f"{name}[{key}]", item
        else:
            yield name, value


def _shown(value: Any) -> Value | None:
    if isinstance(value, np.integer | np.floating):
        value = value.item()
    if isinstance(value, int) and value.bit_length() > 64:
        return f"large int of {value.bit_length()} bits"
    if isinstance(value, bool | int | float):
        return value
    if callable(value) or inspect.ismodule(value):
        return None
    kind = type(value).__name__
    if isinstance(value, dict):
        return f"large dict of {len(value)} items"
    if not isinstance(value, np.ndarray | list | tuple):
        return kind
    shape = getattr(value, "shape", None)
    words = f"{kind} of shape {shape}" if shape is not None else f"{kind} of {len(value)} items"
    if _entries(value) > MOST_ENTRIES:  # asked before anything is copied
        return f"large {words}"
    array = as_array(value)
    return words if array is None else array


def _entries(value: Any, deep: int = 0) -> int:
    """Count the entries that an array made of `value` would have, without making it."""
    if isinstance(value, np.ndarray):
        return value.size
    if not isinstance(value, list | tuple) or not value or deep > 4:
        return 1
    return len(value) * _entries(value[0], deep + 1)


def _same(a: Value, b: Value) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and bool(np.array_equal(a, b, equal_nan=True))
    return type(a) is type(b) and not isinstance(a, np.ndarray) and bool(a == b)
