"""A loss at each step, for a backward pass that knows a loss at the last step only.

Gradients add up: the gradient of a sum of losses is the sum of their gradients. And the
loss of step t knows nothing of the steps after it, so it is the last loss of its own,
shorter sequence.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ._guards import Floats

Backward = Callable[..., Any]


def with_loss_at_each_step(backward: Backward) -> Backward:
    """Return `backward` if it takes ``dL_dh_seq``, else one that does and gives the same.

    Parameters
    ----------
    backward : callable
        ``backward(cache, dL_dh_last, W_xh, W_hh)``, such as `rnn_bptt`.

    Returns
    -------
    callable
        The same with the keyword ``dL_dh_seq`` (T, H); it calls `backward` once for each
        step, on the sequence up to there: T times the price.

    Examples
    --------
    >>> from bptt_lib import rnn_bptt, rnn_forward_cache
    >>> cache = rnn_forward_cache([[1.0], [0.0]], [0.0], [[0.5]], [[2.0]], [0.0])
    >>> last_only = lambda cache, dL_dh_last, W_xh, W_hh: rnn_bptt(cache, dL_dh_last, W_xh, W_hh)
    >>> losses = {"dL_dh_seq": np.array([[1.0], [1.0]])}
    >>> one = rnn_bptt(cache, [0.0], [[0.5]], [[2.0]], **losses)
    >>> other = with_loss_at_each_step(last_only)(cache, [0.0], [[0.5]], [[2.0]], **losses)
    >>> all(np.allclose(one[name], other[name]) for name in one)
    True
    """
    if _takes_losses_of_all_steps(backward):
        return backward

    @functools.wraps(backward)
    def backward_of_each(
        cache: Mapping[str, Floats],
        dL_dh_last: Floats,
        W_xh: Floats,
        W_hh: Floats,
        *,
        dL_dh_seq: Floats | None = None,
    ) -> Any:
        if dL_dh_seq is None:
            return backward(cache, dL_dh_last, W_xh, W_hh)
        arriving = np.array(dL_dh_seq)  # (T, H)
        arriving[-1] += dL_dh_last
        total: dict[str, Floats] = {}
        for t, dL_dh in enumerate(arriving):
            until_t = {
                "inputs": cache["inputs"][: t + 1],
                "hidden_states": cache["hidden_states"][: t + 2],
                "pre_activations": cache["pre_activations"][: t + 1],
            }
            for name, gradient in backward(until_t, dL_dh, W_xh, W_hh).items():
                if name == "X_seq":  # nothing flows to the steps after t
                    whole = np.zeros_like(cache["inputs"], dtype=arriving.dtype)  # (T, D)
                    whole[: t + 1] = gradient
                    gradient = whole
                total[name] = total.get(name, 0.0) + np.asarray(gradient)
        return total

    return backward_of_each


def _takes_losses_of_all_steps(backward: Backward) -> bool:
    try:
        parameters = inspect.signature(backward).parameters.values()
    except (TypeError, ValueError):  # a callable that does not tell is trusted
        return True
    return any(p.name == "dL_dh_seq" or p.kind is p.VAR_KEYWORD for p in parameters)
