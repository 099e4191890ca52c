"""Gradient checking: move a number, and see whether the loss moves as the gradient says.

Nothing here knows of RNNs. A loss is any function from a dict of arrays to one number;
its gradients are a dict with the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._guards import Floats, float_array, number

Loss: TypeAlias = Callable[[dict[str, NDArray[Any]]], Any]

CENTRAL_STEP = float(np.cbrt(np.finfo(np.float64).eps))  # balances truncation and rounding
COMPLEX_STEP = 1e-30  # nothing is subtracted, so smaller is simply better


def numerical_gradients(
    loss: Loss,
    arrays: Mapping[str, ArrayLike],
    *,
    method: Literal["central", "complex"] = "central",
) -> dict[str, Floats]:
    """Return the gradient of a loss for each entry of each array, by moving that entry.

    Parameters
    ----------
    loss : callable
        ``loss(arrays) -> number``, for a dict like `arrays`. It gets copies, in float64.
    arrays : mapping of str to array_like
        The point at which to differentiate.
    method : {"central", "complex"}, optional
        Central differences work for any smooth loss, to about 10 digits. The complex
        step is exact to rounding, but `loss` must compute with complex numbers all the
        way (no ``abs``, no ``max``, no casting).

    Returns
    -------
    dict
        Gradients under the same keys, in float64, with the shapes of the arrays.

    Raises
    ------
    ValueError
        If an array is empty or not finite, `loss` returns more than one number or no
        finite one, or `method` is unknown.
    TypeError
        If `arrays` is not a mapping of real arrays, or `loss` drops the imaginary part.

    Notes
    -----
    ::

        central:  (f(x + s) - f(x - s)) / (2 s),   s = eps**(1/3) * max(1, |x|)
        complex:  Im f(x + i s) / s,               s = 1e-30

    Both evaluate the loss for each entry, so keep the arrays small.

    References
    ----------
    .. [1] W. Squire and G. Trapp, "Using complex variables to estimate derivatives of
       real functions", SIAM Review 40 (1998).

    Examples
    --------
    >>> cube = lambda arrays: (arrays["x"] ** 3).sum()
    >>> print(numerical_gradients(cube, {"x": [1.0, 2.0]}, method="complex")["x"])
    [ 3. 12.]
    """
    if method not in ("central", "complex"):
        raise ValueError(f"method is {method!r}; expected 'central' or 'complex'.")
    if not callable(loss):
        raise TypeError(
            f"loss is of type {type(loss).__name__}; expected a function of a dict of arrays."
        )
    point = _point(arrays)
    gradients = {name: np.empty_like(x) for name, x in point.items()}
    for name, x in point.items():
        for index in np.ndindex(x.shape):
            value = float(x[index])
            if method == "complex":
                moved = _loss_at(loss, point, name, index, complex(value, COMPLEX_STEP))
                if not np.iscomplexobj(moved):
                    raise TypeError(
                        "loss returned a real number for a complex argument, so the complex step "
                        "cannot see through it. Use method='central'."
                    )
                gradients[name][index] = moved.imag / COMPLEX_STEP
            else:
                step = CENTRAL_STEP * max(1.0, abs(value))
                above, below = value + step, value - step  # rounded, so not quite a step away
                rise = _loss_at(loss, point, name, index, above)
                rise -= _loss_at(loss, point, name, index, below)
                gradients[name][index] = rise / (above - below)
    return gradients


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """Return the largest difference between two arrays, relative to their largest entry.

    Parameters
    ----------
    a, b : array_like
        Two arrays of one shape.

    Returns
    -------
    float
        0.0 when they are equal, at most 2.0.

    Raises
    ------
    ValueError
        If the shapes differ, or an entry is not finite.
    TypeError
        If an argument does not hold real numbers.

    Notes
    -----
    ``max |a - b| / max(|a|, |b|)``, each maximum over all entries. An entry by entry
    ratio would condemn the numerical noise in entries that are almost zero.

    References
    ----------
    .. [1] CS231n course notes, "Gradient checks" (which take the ratio entry by entry).

    Examples
    --------
    >>> round(relative_error([1.0, 10.0], [1.0, 10.1]), 4)
    0.0099
    """
    x, y = float_array("a", a), float_array("b", b)
    if x.shape != y.shape:
        raise ValueError(
            f"a has shape {x.shape} and b has shape {y.shape}; expected the same shape. "
            "Compare arrays entry by entry: reshape or transpose one of them."
        )
    scale = max(np.abs(x).max(initial=0.0), np.abs(y).max(initial=0.0))
    return float(np.abs(x / scale - y / scale).max()) if scale else 0.0


@dataclass(frozen=True)
class GradientCheck:
    """The verdict of `check_gradients`.

    Parameters
    ----------
    passed : bool
        Whether each relative error is at most `tolerance`.
    errors : dict of str to float
        The relative error of each gradient.
    tolerance : float
        The largest relative error that passes.
    worst : str
        Name of the gradient with the largest relative error.
    index : tuple of int
        Where in it the difference is largest.
    given, numerical : float
        The two numbers that stand there.
    """

    passed: bool
    errors: dict[str, float]
    tolerance: float
    worst: str
    index: tuple[int, ...]
    given: float
    numerical: float

    def __str__(self) -> str:
        """Say the verdict in one sentence, with both numbers."""
        place = f"{self.worst}{list(self.index) if self.index else ''}"
        return (
            f"gradients {'agree' if self.passed else 'differ'}: the largest relative error is "
            f"{self.errors[self.worst]:.1e} (tolerance {self.tolerance:.0e}), at {place}: "
            f"given {self.given:.10g}, numerical {self.numerical:.10g}"
        )


def check_gradients(
    loss: Loss,
    arrays: Mapping[str, ArrayLike],
    gradients: Mapping[str, ArrayLike],
    *,
    tolerance: float = 1e-6,
    method: Literal["central", "complex"] = "central",
) -> GradientCheck:
    """Compare gradients with numerical ones.

    Parameters
    ----------
    loss : callable
        ``loss(arrays) -> number``.
    arrays : mapping of str to array_like
        The point at which the gradients were taken.
    gradients : mapping of str to array_like
        The gradients to check: one for each array, or for some. Arrays without a
        gradient are held fixed.
    tolerance : float, optional
        The largest relative error that passes.
    method : {"central", "complex"}, optional
        As for `numerical_gradients`.

    Returns
    -------
    GradientCheck
        The verdict; ``str()`` of it is one sentence.

    Raises
    ------
    ValueError
        If a gradient has no array of its name, or not the shape of it, or there is none.
    TypeError
        If an argument is not of the kind that is expected.

    Notes
    -----
    A gradient passes when ``relative_error(given, numerical) <= tolerance``.

    References
    ----------
    .. [1] CS231n course notes, "Gradient checks".

    Examples
    --------
    >>> square = lambda arrays: (arrays["x"] ** 2).sum()
    >>> print(check_gradients(square, {"x": [3.0]}, {"x": [6.6]}, method="complex"))
    gradients differ: the largest relative error is 9.1e-02 (tolerance 1e-06), at x[0]: \
given 6.6, numerical 6
    """
    tolerance = number("tolerance", tolerance, least=0)
    point = _point(arrays)
    given = _point(gradients, name="gradients")
    for name, gradient in given.items():
        if name not in point:
            raise ValueError(
                f"gradients has the key {name!r}, which arrays has not; expected keys among "
                f"{', '.join(point)}. Leave it out, or add the array."
            )
        if gradient.shape != point[name].shape:
            raise ValueError(
                f"gradients[{name!r}] has shape {gradient.shape}; expected {point[name].shape}, "
                f"the shape of arrays[{name!r}]. A gradient has the shape of its array."
            )

    def loss_of_checked(moved: dict[str, NDArray[Any]]) -> Any:
        return loss({**{name: x.copy() for name, x in point.items()}, **moved})

    checked = {name: point[name] for name in given}
    numerical = numerical_gradients(loss_of_checked, checked, method=method)
    errors = {name: relative_error(given[name], numerical[name]) for name in given}
    worst = max(errors, key=errors.__getitem__)
    difference = np.abs(given[worst] - numerical[worst])
    index = tuple(int(i) for i in np.unravel_index(difference.argmax(), difference.shape))
    return GradientCheck(
        passed=errors[worst] <= tolerance,
        errors=errors,
        tolerance=tolerance,
        worst=worst,
        index=index,
        given=float(given[worst][index]),
        numerical=float(numerical[worst][index]),
    )


def _point(arrays: Mapping[str, ArrayLike], name: str = "arrays") -> dict[str, Floats]:
    """Return float64 copies, so that float32 does not limit what a difference can show."""
    if not isinstance(arrays, Mapping):
        raise TypeError(
            f"{name} is of type {type(arrays).__name__}; expected a dict from names to arrays. "
            f'Give the array a name: {{"x": {name}}}.'
        )
    if not arrays:
        raise ValueError(f"{name} is an empty dict; expected at least one array.")
    point = {key: float_array(f"{name}[{key!r}]", x).astype(float) for key, x in arrays.items()}
    for key, x in point.items():
        if x.size == 0:
            raise ValueError(
                f"{name}[{key!r}] has shape {x.shape}, which is empty; expected at least one "
                "entry. Leave the key out."
            )
    return point


def _loss_at(
    loss: Loss, point: dict[str, Floats], name: str, index: tuple[int, ...], value: complex
) -> Any:
    """Return the loss with one entry replaced, on copies of everything."""
    moved: dict[str, NDArray[Any]] = {key: x.copy() for key, x in point.items()}
    if isinstance(value, complex):
        moved[name] = moved[name].astype(complex)
    moved[name][index] = value
    result = np.asarray(loss(moved))
    if result.size != 1 or result.dtype.kind not in "iufc" or not np.isfinite(result).all():
        raise ValueError(
            f"loss returned {np.array2string(result, threshold=6)}; expected one finite number. "
            "Return a scalar, for instance the sum over the steps."
        )
    return result.reshape(())[()]
