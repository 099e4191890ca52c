"""Read what a function returned as arrays, and say where they differ from what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

import numpy as np

from bptt_lib.checks.exercise import Arrays
from bptt_lib.checks.report import Array

THE_RESULT = "the result"


class CannotReadError(Exception):
    """The value returned has not the form asked for; its message is for the learner."""


def read(value: Any, expected: Any, optional: frozenset[str] = frozenset()) -> dict[str, Array]:
    """Read ``value`` into named arrays, in the form that ``expected`` has.

    Lists stand for arrays, and extra keys are ignored; what cannot be read raises
    `CannotReadError` with a sentence for the learner.
    """
    if isinstance(expected, Mapping):
        return _read_dict(value, expected, optional)
    if isinstance(expected, tuple):
        names = [f"{THE_RESULT}, item {i}" for i in range(len(expected))]
        if not isinstance(value, tuple | list) or len(value) != len(expected):
            raise CannotReadError(f"Expected {len(expected)} values, got {describe(value)}.")
        return {name: as_array(item, name) for name, item in zip(names, value, strict=True)}
    return {THE_RESULT: as_array(value, THE_RESULT)}


def _read_dict(
    value: Any, expected: Mapping[str, Any], optional: frozenset[str]
) -> dict[str, Array]:
    wanted = [key for key in expected if key not in optional]
    if not isinstance(value, Mapping):
        keys = ", ".join(f'"{key}"' for key in wanted)
        raise CannotReadError(f"Expected a dict with the keys {keys}; got {describe(value)}.")
    missing = [key for key in wanted if key not in value]
    if missing:
        given = [key for key in value if key not in wanted]
        raise CannotReadError(_about_missing(missing, given, list(value)))
    return {key: as_array(value[key], f'"{key}"') for key in expected if key in value}


def _about_missing(missing: list[str], spare: list[Any], given: list[Any]) -> str:
    sentences = []
    names = [str(key) for key in spare]
    for key in missing:
        near = difflib.get_close_matches(key, names, n=1, cutoff=0.5)
        near = near or [name for name in names if name.lower().lstrip("d") == key.lower()]
        sentences.append(
            f'The key "{key}" is missing' + (f' (is "{near[0]}" it?).' if near else ".")
        )
    found = ", ".join(f'"{name}"' for name in given) or "nothing"
    return " ".join(sentences) + f" Your dict has {found}."


def as_array(value: Any, name: str) -> Array:
    """Return ``value`` as an array of floats."""
    if value is None:
        raise CannotReadError(f"{name} is None; expected an array.")
    if isinstance(value, Mapping):
        raise CannotReadError(f"{name} is a dict; expected one array, with time along its rows.")
    try:
        if _has_masked(value):
            raise CannotReadError(f"{name} is a masked array; expected one with all its numbers.")
        array = np.asarray(value)
        if array.dtype.kind in "USO" and any(isinstance(x, str | bytes) for x in array.flat):
            raise CannotReadError(f"{name} holds text (str); expected numbers.")
        if array.dtype == object or np.iscomplexobj(array):
            array = array.astype(object).astype(float)
        return array.astype(float, copy=True)
    except (TypeError, ValueError, OverflowError):
        raise CannotReadError(
            f"{name} cannot be read as an array of numbers: it is {describe(value)}."
        ) from None


def _has_masked(value: Any) -> bool:
    return isinstance(value, np.ma.MaskedArray) and bool(np.ma.getmaskarray(value).any())


def describe(value: Any) -> str:
    """Say in a few words what a value is: ``"an array of shape (3, 2)"``."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        kind = "" if value.dtype.kind in "fiu" else f" of {value.dtype} values"
        return f"an array of shape {value.shape}{kind}"
    if isinstance(value, tuple | list):
        shapes = {np.shape(item) for item in value if isinstance(item, np.ndarray)}
        ragged = " whose items have unlike shapes" if len(shapes) > 1 else ""
        return f"a {type(value).__name__} of {len(value)} items{ragged}"
    if isinstance(value, Mapping):
        return f"a dict with {len(value)} keys"
    if hasattr(value, "__next__"):
        return "a generator (did you write yield instead of return?)"
    if callable(value):
        return "a function (is a pair of brackets missing?)"
    if isinstance(value, bool | int | float | np.number):
        return f"the number {value}"
    return f"a value of type {type(value).__name__}"


def about_shapes(got: Arrays, expected: Arrays, letters: Mapping[str, str]) -> list[str]:
    """Return a sentence for each array whose shape is not the expected one."""
    sentences = []
    for name, right in expected.items():
        if name not in got or got[name].shape == right.shape:
            continue
        shape = got[name].shape
        label = name if name.startswith(THE_RESULT) else f'"{name}"'
        symbols = f"{letters[name]} = " if name in letters else ""
        sentence = f"{label} should have shape {symbols}{right.shape}; yours has {shape}."
        if len(shape) == 2 and shape == right.shape[::-1]:
            sentence += " It looks transposed."
        elif tuple(n for n in shape if n != 1) == right.shape:
            sentence += " Only axes of length 1 are too many."
        elif (
            shape
            and right.shape
            and shape[0] == right.shape[0] - 1
            and shape[1:] == right.shape[1:]
        ):
            sentence += " One row is missing."
        elif (
            shape
            and right.shape
            and shape[0] == right.shape[0] + 1
            and shape[1:] == right.shape[1:]
        ):
            sentence += " There is one row too many."
        sentences.append(sentence)
    return sentences


def wrong_entries(got: Array, expected: Array, tolerance: float, floor: float = 0.0) -> Array:
    """Return a boolean array: where ``got`` is not ``expected``.

    An entry may be off by ``tolerance`` of itself, and by a fifth of that of the largest entry:
    float32 work passes, an error of 0.1 % in any entry that matters does not. ``floor`` is
    an absolute error that passes, so that rounding in an array of zeros is not a mistake.
    """
    scale = float(np.max(np.abs(expected), initial=0.0))
    allowed = tolerance * np.abs(expected) + 0.2 * tolerance * scale + floor + 1e-12
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(~(np.abs(got - expected) <= allowed))


def size_of(arrays: Arrays) -> float:
    """Return the largest absolute value in any of the arrays."""
    return max((float(np.max(np.abs(a), initial=0.0)) for a in arrays.values()), default=0.0)
