"""The five parameters of the model: their names, their shapes, and how they begin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from ._guards import Floats, Sizes, count, float_arrays, named_keys, number
from .flow import spectral_radius as spectral_radius_of

Params: TypeAlias = dict[str, Floats]

PARAMETERS = ("W_xh", "W_hh", "b_h", "W_hy", "b_y")


def init_params(
    input_dim: int,
    hidden_dim: int,
    output_dim: int,
    *,
    seed: int = 0,
    spectral_radius: float = 1.0,
) -> Params:
    """Return small random weights, the same for the same seed.

    Parameters
    ----------
    input_dim, hidden_dim, output_dim : int
        D, H and V, each at least 1.
    seed : int, optional
        Seed of the random generator.
    spectral_radius : float, optional
        The largest magnitude of an eigenvalue of ``W_hh``. Below 1 gradients fade as
        they travel back, well above 1 they can explode; 0 cuts the recurrence.

    Returns
    -------
    dict
        ``"W_xh"`` (H, D), ``"W_hh"`` (H, H), ``"b_h"`` (H,), ``"W_hy"`` (V, H) and
        ``"b_y"`` (V,). The biases are zero.

    Raises
    ------
    ValueError
        If a size is below 1, or `seed` or `spectral_radius` is negative or infinite.
    TypeError
        If an argument is not a number of its kind.

    Notes
    -----
    ``W_xh`` and ``W_hy`` are drawn from N(0, 1 / fan_in). ``W_hh`` is drawn in the same
    way and then multiplied by the one number that gives it the spectral radius asked for.

    References
    ----------
    .. [1] R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent
       neural networks", ICML 2013, section 2.1.

    Examples
    --------
    >>> params = init_params(3, 4, 2, seed=1, spectral_radius=0.9)
    >>> {name: p.shape for name, p in params.items()}
    {'W_xh': (4, 3), 'W_hh': (4, 4), 'b_h': (4,), 'W_hy': (2, 4), 'b_y': (2,)}
    >>> print(round(max(abs(np.linalg.eigvals(params["W_hh"]))), 6))
    0.9
    """
    D = count("input_dim", input_dim, least=1)
    H = count("hidden_dim", hidden_dim, least=1)
    V = count("output_dim", output_dim, least=1)
    radius = number("spectral_radius", spectral_radius, least=0, finite=True)
    rng = np.random.default_rng(count("seed", seed))

    W_xh = rng.standard_normal((H, D)) / np.sqrt(D)
    W_hh = rng.standard_normal((H, H)) / np.sqrt(H)
    W_hy = rng.standard_normal((V, H)) / np.sqrt(H)
    return {
        "W_xh": W_xh,
        "W_hh": W_hh * (radius / spectral_radius_of(W_hh)),
        "b_h": np.zeros(H),
        "W_hy": W_hy,
        "b_y": np.zeros(V),
    }


def parameter_arrays(
    params: Mapping[str, ArrayLike], **inputs: ArrayLike
) -> tuple[dict[str, Floats], Sizes]:
    """Return the parameters (and inputs) as arrays of one dtype, and the sizes D, H and V."""
    if not isinstance(params, Mapping):
        raise TypeError(
            f"params is of type {type(params).__name__}; expected a dict with the keys "
            f"{', '.join(PARAMETERS)}. Pass what init_params or train_rnn_bptt returns."
        )
    named_keys("params", params, PARAMETERS)
    names = {name: f"params[{name!r}]" for name in PARAMETERS}
    values = float_arrays(**inputs, **{names[name]: params[name] for name in PARAMETERS})
    arrays = dict(zip((*inputs, *PARAMETERS), values, strict=True))

    sizes = Sizes()
    sizes.expect(names["W_hh"], arrays["W_hh"], "H, H")
    sizes.expect(names["W_xh"], arrays["W_xh"], "H, D")
    sizes.expect(names["b_h"], arrays["b_h"], "H")
    sizes.expect(names["W_hy"], arrays["W_hy"], "V, H")
    sizes.expect(names["b_y"], arrays["b_y"], "V")
    return arrays, sizes
