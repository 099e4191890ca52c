"""Guards: an argument that cannot be meant is named before it is computed with.

Each public function of the ground floor calls one guard on its first line and
then forgets about bad input. Whatever is wrong, the error says which argument,
what was expected (in the letters of the course), what came, and what to do next.

Letters, everywhere: T steps, B sequences in a batch, D inputs, H hidden units,
V outputs.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]

CACHE_KEYS = ("inputs", "hidden_states", "pre_activations")


# -- numbers --------------------------------------------------------------------------


def float_array(name: str, value: ArrayLike) -> Floats:
    """Return `value` as a finite floating-point array; whole numbers become float64."""
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(
            f"{name} cannot be made into an array: its rows differ in length. "
            f"Make every row of {name} equally long."
        ) from error
    if array.dtype.kind in "iub":
        array = array.astype(np.float64)
    if array.dtype.kind != "f":
        raise TypeError(
            f"{name} has dtype {array.dtype}; expected real numbers (float32 or float64). "
            f"Convert it first: np.asarray({name}, dtype=float)."
        )
    if not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        place = f" at index {where}" if where else ""
        raise ValueError(
            f"{name} holds {array[where]}{place}; expected finite numbers only. "
            "Find the step that made it: a learning rate too large, a division by zero, "
            "or a gradient that was not clipped."
        )
    return array


def float_arrays(**values: ArrayLike) -> list[Floats]:
    """Return all values as arrays of one dtype.

    Arrays of floats decide it, so float32 stays float32; lists and whole numbers follow.
    """
    arrays = [float_array(name, value) for name, value in values.items()]
    given = [value.dtype for value in values.values() if isinstance(value, np.ndarray)]
    common = np.result_type(*([d for d in given if d.kind == "f"] or [np.float64]))
    return [array.astype(common, copy=False) for array in arrays]


def number(
    name: str, value: Any, *, least: float, least_allowed: bool = True, finite: bool = False
) -> float:
    """Return `value` as a Python float that is at least (or above) `least`."""
    bound = f"{'at least' if least_allowed else 'greater than'} {least:g}"
    try:
        if isinstance(value, (str, bytes, bool, np.bool_)) or np.ndim(value):
            raise TypeError(f"{name} is no number")
        result = float(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise TypeError(f"{name} is {value!r}; expected one number, {bound}.") from error
    if not (result >= least if least_allowed else result > least):
        raise ValueError(f"{name} is {result:g}; expected a number {bound}.")
    if finite and result == float("inf"):
        raise ValueError(f"{name} is {result:g}; expected a finite number {bound}.")
    return result


def count(name: str, value: Any, *, least: int = 0) -> int:
    """Return `value` as a Python int that is at least `least`."""
    if isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {value!r}; expected a whole number, at least {least}.")
    try:
        result = operator.index(value)
    except TypeError as error:
        raise TypeError(
            f"{name} is {value!r}, of type {type(value).__name__}; expected a whole number, "
            f"at least {least}: pass int({name}) if that is what you mean."
        ) from error
    if result < least:
        raise ValueError(f"{name} is {result}; expected a whole number, at least {least}.")
    return result


# -- shapes ---------------------------------------------------------------------------


class Sizes:
    """What the letters stand for in one call, and which argument said so."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, str]] = {}

    def __getitem__(self, letter: str) -> int:
        return self._known[letter][0]

    def expect(self, name: str, array: NDArray[Any], *shapes: str) -> None:
        """Hold `array` to one of `shapes`, such as "T, D"; new letters learn their sizes."""
        if 0 in array.shape:
            raise ValueError(
                f"{name} has shape {array.shape}, which is empty; expected {_either(shapes)} "
                f"with at least one entry along each axis. Pass a {name} that holds something."
            )
        for shape in shapes:
            bound = self._bind(name, array.shape, shape)
            if bound is not None:
                self._known = bound
                return
        raise ValueError(self._complaint(name, array.shape, shapes))

    def _bind(
        self, name: str, actual: tuple[int, ...], shape: str
    ) -> dict[str, tuple[int, str]] | None:
        """Return the letters' sizes if `actual` fits `shape`, else None."""
        axes = shape.split(", ")
        if len(axes) != len(actual):
            return None
        known = dict(self._known)
        for axis, size in zip(axes, actual, strict=True):
            size -= axis.endswith("+ 1")
            if known.setdefault(axis[0], (size, name))[0] != size:
                return None
        return known

    def _complaint(self, name: str, actual: tuple[int, ...], shapes: tuple[str, ...]) -> str:
        letters = dict.fromkeys(axis[0] for shape in shapes for axis in shape.split(", "))
        known = [
            f"{letter} = {self._known[letter][0]} (from {self._known[letter][1]})"
            for letter in letters
            if letter in self._known
        ]
        sizes = f" with {', '.join(known)}" if known else ""
        return (
            f"{name} has shape {actual}; expected {_either(shapes)}{sizes}. "
            f"{self._next_step(name, actual, shapes)}"
        )

    def _next_step(self, name: str, actual: tuple[int, ...], shapes: tuple[str, ...]) -> str:
        def fits(shape: tuple[int, ...]) -> bool:
            return any(self._bind(name, shape, expected) is not None for expected in shapes)

        if len(actual) == 2 and fits(actual[::-1]):
            return f"{name} looks transposed: pass {name}.T."
        if len(actual) == 3 and fits((actual[1], actual[0], actual[2])):
            return f"{name} looks batch-first: pass {name}.swapaxes(0, 1)."
        squeezed = tuple(size for size in actual if size != 1)
        if squeezed != actual and fits(squeezed):
            return f"{name} has an axis of size 1 too many: pass {name}.reshape{squeezed}."
        if fits((1, *actual)):
            return f"For a single row pass {name}[np.newaxis]."
        if len(actual) < min(shape.count(",") + 1 for shape in shapes) and name == "X_seq":
            return "For token numbers pass one row for each step: np.eye(D)[X_seq]."
        others = sorted({self._known[s][1] for s in "".join(shapes) if s in self._known} - {name})
        if others:
            return f"Make {name} and {' and '.join(others)} agree."
        return f"Pass {name} as {_either(shapes)}."


def _either(shapes: tuple[str, ...]) -> str:
    return " or ".join(f"({shape},)" if "," not in shape else f"({shape})" for shape in shapes)


# -- whole argument lists -------------------------------------------------------------


def forward_arguments(
    X_seq: ArrayLike, h0: ArrayLike, W_xh: ArrayLike, W_hh: ArrayLike, b_h: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return the arguments of `rnn_forward_cache` as arrays that fit each other."""
    X, h, W_x, W_h, b = float_arrays(X_seq=X_seq, h0=h0, W_xh=W_xh, W_hh=W_hh, b_h=b_h)
    sizes = Sizes()
    sizes.expect("W_hh", W_h, "H, H")
    sizes.expect("W_xh", W_x, "H, D")
    sizes.expect("X_seq", X, "T, D", "T, B, D")
    sizes.expect("b_h", b, "H")
    sizes.expect("h0", h, "B, H" if X.ndim == 3 else "H")
    return X, h, W_x, W_h, b


def cache_arrays(cache: Mapping[str, ArrayLike]) -> dict[str, ArrayLike]:
    """Return the three entries of a cache, whatever else it holds."""
    if not isinstance(cache, Mapping):
        raise TypeError(
            f"cache is of type {type(cache).__name__}; expected the dict that "
            "rnn_forward_cache returns. Pass that dict."
        )
    named_keys("cache", cache, CACHE_KEYS, others_allowed=True)
    return {key: cache[key] for key in CACHE_KEYS}


def backward_arguments(
    cache: Mapping[str, ArrayLike],
    dL_dh_last: ArrayLike,
    W_xh: ArrayLike,
    W_hh: ArrayLike,
    dL_dh_seq: ArrayLike | None,
    truncation: int | None,
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats | None]:
    """Return the arguments of `rnn_bptt` as arrays that fit each other, cache first."""
    named: dict[str, ArrayLike] = {f"cache[{k!r}]": v for k, v in cache_arrays(cache).items()}
    named |= {"dL_dh_last": dL_dh_last, "W_xh": W_xh, "W_hh": W_hh}
    if dL_dh_seq is not None:
        named["dL_dh_seq"] = dL_dh_seq
    X, h, a, d_last, W_x, W_h, *d_seq = float_arrays(**named)
    batch = "B, " if X.ndim == 3 else ""
    sizes = Sizes()
    sizes.expect("W_hh", W_h, "H, H")
    sizes.expect("W_xh", W_x, "H, D")
    sizes.expect("cache['inputs']", X, "T, D", "T, B, D")
    sizes.expect("cache['hidden_states']", h, f"T + 1, {batch}H")
    sizes.expect("cache['pre_activations']", a, f"T, {batch}H")
    sizes.expect("dL_dh_last", d_last, f"{batch}H")
    if d_seq:
        sizes.expect("dL_dh_seq", d_seq[0], f"T, {batch}H")
    if truncation is not None:
        count("truncation", truncation)
    return X, h, d_last, W_x, W_h, d_seq[0] if d_seq else None


def named_keys(
    name: str,
    mapping: Mapping[str, Any],
    expected: tuple[str, ...],
    *,
    others_allowed: bool = False,
) -> None:
    """Hold a mapping to the keys that it must have."""
    wanted = ", ".join(expected)
    for key in expected:
        if key not in mapping:
            came = ", ".join(map(str, mapping)) or "none"
            raise ValueError(
                f"{name} has no key {key!r}; expected the keys {wanted}; it has: {came}. "
                f"Add {name}[{key!r}]."
            )
    unknown = [key for key in mapping if key not in expected]
    if unknown and not others_allowed:
        raise ValueError(
            f"{name} has the unknown key {unknown[0]!r}; expected the keys {wanted}. "
            f"Remove {name}[{unknown[0]!r}], or correct its spelling."
        )
