"""Gradient clipping by global norm: a cap on the length of a step, never on its direction.

All gradients together are one long vector. When it is longer than `max_norm`, each of
its parts is shrunk by the same factor; clipping each array by itself would bend it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from ._guards import Floats, float_array, number


def global_norm(grads: Mapping[str, ArrayLike]) -> float:
    """Return the L2 norm of all gradients taken together as one vector.

    Parameters
    ----------
    grads : mapping of str to array_like
        Gradients of any shapes.

    Returns
    -------
    float
        The norm, 0.0 for no gradients at all.

    Raises
    ------
    ValueError
        If an array is empty or holds NaN or infinity.
    TypeError
        If `grads` is not a mapping, or a value does not hold real numbers.

    Notes
    -----
    ::

        norm = sqrt(sum over all entries g of g**2)

    The entries are divided by the largest of them before they are squared, so that
    exploded gradients (1e200, whose square is no longer a number) and vanished ones
    (1e-200, whose square is zero) are measured rightly.

    References
    ----------
    .. [1] R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent
       neural networks", ICML 2013, section 3.2.

    Examples
    --------
    >>> global_norm({"W": [[3.0]], "b": [4.0]})
    5.0
    """
    largest, relative = _scaled_norm(_gradient_arrays(grads))
    return largest * relative


def clip_gradients(grads: Mapping[str, ArrayLike], max_norm: float) -> dict[str, Floats]:
    """Scale all gradients by one factor so that their global norm is at most `max_norm`.

    Parameters
    ----------
    grads : mapping of str to array_like
        Gradients of any shapes.
    max_norm : float
        The limit, greater than 0. ``float("inf")`` never clips.

    Returns
    -------
    dict
        A new dict with the same keys. Its arrays are copies also when nothing had to
        be clipped, so that changing the result never changes `grads`.

    Raises
    ------
    ValueError
        If `max_norm` is not greater than 0, or a gradient is empty, NaN or infinite: a
        gradient that is no number has no direction to keep.
    TypeError
        If `grads` is not a mapping, or an argument does not hold real numbers.

    Notes
    -----
    ::

        norm = global_norm(grads)
        g  ->  g * min(1, max_norm / norm)      for each gradient g

    References
    ----------
    .. [1] R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent
       neural networks", ICML 2013, Algorithm 1.

    Examples
    --------
    >>> clipped = clip_gradients({"W": [[3.0]], "b": [4.0]}, max_norm=1.0)
    >>> print(clipped["W"], clipped["b"])
    [[0.6]] [0.8]
    """
    max_norm = number("max_norm", max_norm, least=0, least_allowed=False)
    arrays = _gradient_arrays(grads)

    largest, relative = _scaled_norm(arrays)  # norm = largest * relative
    if largest * relative <= max_norm:
        return {name: g.copy() for name, g in arrays.items()}
    # g * max_norm / norm, in an order that can neither overflow nor lose small gradients
    factor = max_norm / relative
    return {name: np.asarray(g / largest * factor) for name, g in arrays.items()}


def _gradient_arrays(grads: Mapping[str, ArrayLike]) -> dict[str, Floats]:
    if not isinstance(grads, Mapping):
        raise TypeError(
            f"grads is of type {type(grads).__name__}; expected a dict from parameter names to "
            "gradients, such as rnn_bptt returns. Pass that dict."
        )
    arrays = {name: float_array(f"grads[{name!r}]", g) for name, g in grads.items()}
    for name, g in arrays.items():
        if g.size == 0:
            raise ValueError(
                f"grads[{name!r}] has shape {g.shape}, which is empty; expected the shape of "
                f"the parameter. Leave the key out if there is no gradient."
            )
    return arrays


def _scaled_norm(arrays: Mapping[str, Floats]) -> tuple[float, float]:
    """Return the largest magnitude, and the norm in units of it."""
    largest = max((float(np.max(np.abs(g))) for g in arrays.values()), default=0.0)
    if largest == 0.0:
        return 0.0, 0.0
    relative = (np.asarray(g, dtype=np.float64) / largest for g in arrays.values())
    return largest, sum(float(np.sum(g * g)) for g in relative) ** 0.5
