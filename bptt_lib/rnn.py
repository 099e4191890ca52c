"""A vanilla RNN unrolled through time: the forward pass beside its backward pass.

    a_t = W_xh x_t + W_hh h_{t-1} + b_h        h_t = tanh(a_t)

Only the recurrence needs a loop: h_t waits for h_{t-1} on the way forward, and the
gradient at h_{t-1} waits for the one at h_t on the way back. Everything else (the
projection of the inputs, the gradients of the weights) is one matrix product over
all steps at once.

Row vectors: x_t is the row `X_seq[t]`, so that W x_t is written `X_seq[t] @ W.T`.
A batch is then nothing but more rows, and the same lines serve both.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from ._guards import Floats, backward_arguments, forward_arguments


def rnn_forward_cache(
    X_seq: ArrayLike, h0: ArrayLike, W_xh: ArrayLike, W_hh: ArrayLike, b_h: ArrayLike
) -> dict[str, Floats]:
    """Unroll the RNN over a sequence and keep what the backward pass will need.

    Parameters
    ----------
    X_seq : array_like, shape (T, D) or (T, B, D)
        The inputs, one row for each time step; with the axis B, a batch of
        sequences through the same code.
    h0 : array_like, shape (H,) or (B, H)
        The hidden state before the first step.
    W_xh : array_like, shape (H, D)
        Input-to-hidden weights.
    W_hh : array_like, shape (H, H)
        Hidden-to-hidden weights, the same at each step.
    b_h : array_like, shape (H,)
        Hidden bias.

    Returns
    -------
    dict
        ``"inputs"`` (T, D), a copy of `X_seq`; ``"hidden_states"`` (T + 1, H), whose
        row 0 is `h0`, so that row t + 1 is the state after step t;
        ``"pre_activations"`` (T, H). For a batch, each has the axis B after the first.

    Raises
    ------
    ValueError
        If a shape does not fit, an array is empty, or a number is not finite.
    TypeError
        If an argument does not hold real numbers.

    Notes
    -----
    ::

        a_t = W_xh x_t + W_hh h_{t-1} + b_h        h_t = tanh(a_t)

    The backward pass needs x_t and h_{t-1} (they multiply the gradient in the weight
    gradients) and h_t (since tanh'(a_t) = 1 - h_t**2). Nothing is computed twice, at
    the price of memory that grows with T.

    References
    ----------
    .. [1] J. L. Elman, "Finding Structure in Time", Cognitive Science 14 (1990).
    .. [2] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning" (2016), eq. 10.8-10.9.

    Examples
    --------
    >>> import numpy as np
    >>> cache = rnn_forward_cache([[1.0], [0.0]], [0.0], [[0.5]], [[2.0]], [0.0])
    >>> print(np.round(cache["hidden_states"], 4).ravel())
    [0.     0.4621 0.7279]
    """
    X_seq, h0, W_xh, W_hh, b_h = forward_arguments(X_seq, h0, W_xh, W_hh, b_h)
    T = len(X_seq)

    a = X_seq @ W_xh.T + b_h  # (T, H)  all inputs at once
    h = np.empty((T + 1, *h0.shape), dtype=a.dtype)  # (T + 1, H)
    h[0] = h0
    for t in range(T):
        a[t] += h[t] @ W_hh.T  # (H,)
        np.tanh(a[t], out=h[t + 1])  # (H,)

    return {"inputs": X_seq.copy(), "hidden_states": h, "pre_activations": a}


def rnn_bptt(
    cache: Mapping[str, ArrayLike],
    dL_dh_last: ArrayLike,
    W_xh: ArrayLike,
    W_hh: ArrayLike,
    *,
    dL_dh_seq: ArrayLike | None = None,
    truncation: int | None = None,
) -> dict[str, Floats]:
    """Backpropagate through time: the gradient of the loss for every input of the RNN.

    Parameters
    ----------
    cache : mapping
        What `rnn_forward_cache` returned, for one sequence or a batch.
    dL_dh_last : array_like, shape (H,) or (B, H)
        Gradient of the loss with respect to the last hidden state.
    W_xh : array_like, shape (H, D)
        Input-to-hidden weights of the forward pass.
    W_hh : array_like, shape (H, H)
        Hidden-to-hidden weights of the forward pass.
    dL_dh_seq : array_like, shape (T, H) or (T, B, H), optional
        Gradients that arrive at each hidden state from its own output; row t belongs
        to the state after step t. Added to `dL_dh_last` at the last step.
    truncation : int, optional
        Truncated BPTT: a gradient crosses at most this many edges h_t -> h_{t-1},
        counted from the step where it arrives. 0 keeps each gradient in its own
        step; None, and anything from T upwards, is full BPTT.

    Returns
    -------
    dict
        ``"W_xh"`` (H, D), ``"W_hh"`` (H, H), ``"b_h"`` (H,), summed over steps and
        batch; ``"X_seq"`` (T, D) and ``"h0"`` (H,), with the axis B for a batch.

    Raises
    ------
    ValueError
        If a shape does not fit, a key is missing from `cache`, a number is not
        finite, or `truncation` is negative.
    TypeError
        If an argument is not of the kind that is expected.

    Notes
    -----
    Two gradients meet at h_t: the one of its own output, and the one that comes back
    from step t + 1, because h_t was used there as well::

        dh_t = dh_from_loss_t + dh_from_future_t
        da_t = dh_t * (1 - h_t**2)
        dh_from_future_{t-1} = W_hh^T da_t

    Each weight was used at each step, so its gradient is a sum over all of them::

        dW_xh = sum_t da_t x_t^T        dW_hh = sum_t da_t h_{t-1}^T        db_h = sum_t da_t

    Full BPTT walks the T edges once. Exact truncation to k edges must tell apart
    gradients of different age, so it moves all of them k times: about k times the
    arithmetic of the loop, in k matrix products.

    References
    ----------
    .. [1] P. J. Werbos, "Backpropagation through time: what it does and how to do
       it", Proceedings of the IEEE 78 (1990).
    .. [2] R. J. Williams and J. Peng, "An efficient gradient-based algorithm for
       on-line training of recurrent network trajectories", Neural Computation 2
       (1990): truncated BPTT.

    Examples
    --------
    >>> W_xh, W_hh, b_h = [[0.5]], [[2.0]], [0.0]
    >>> cache = rnn_forward_cache([[1.0], [0.0]], [0.0], W_xh, W_hh, b_h)
    >>> grads = rnn_bptt(cache, [1.0], W_xh, W_hh)
    >>> print({name: round(grad.sum().item(), 4) for name, grad in grads.items()})
    {'W_xh': 0.7395, 'W_hh': 0.2173, 'b_h': 1.2097, 'X_seq': 0.6048, 'h0': 1.4791}
    """
    X_seq, h, dL_dh_last, W_xh, W_hh, dL_dh_seq = backward_arguments(
        cache, dL_dh_last, W_xh, W_hh, dL_dh_seq, truncation
    )  # (T, D), (T + 1, H), ...
    T = len(X_seq)

    W_hh = np.asfortranarray(W_hh)  # the same numbers, column by column: as W_hh^T da reads them
    dh_from_loss = np.zeros_like(h[1:]) if dL_dh_seq is None else dL_dh_seq.copy()  # (T, H)
    dh_from_loss[-1] += dL_dh_last
    tanh_slope = 1 - h[1:] ** 2  # (T, H)

    if truncation is None or truncation >= T:
        da, dh0 = _walk_back(dh_from_loss, tanh_slope, W_hh)  # (T, H), (H,)
    else:
        da, dh0 = _walk_back_at_most(truncation, dh_from_loss, tanh_slope, W_hh)

    return {
        "W_xh": _sum_of_outer_products(da, X_seq),  # (H, D)
        "W_hh": _sum_of_outer_products(da, h[:-1]),  # (H, H)
        "b_h": da.reshape(-1, da.shape[-1]).sum(axis=0),  # (H,)
        "X_seq": da @ W_xh,  # (T, D)
        "h0": dh0,  # (H,)
    }


def _walk_back(dh_from_loss: Floats, tanh_slope: Floats, W_hh: Floats) -> tuple[Floats, Floats]:
    """Return da (T, H) of every step, and the gradient that leaves the first one for h0."""
    da = np.empty_like(dh_from_loss)  # (T, H)
    dh_from_future = np.zeros_like(dh_from_loss[0])  # (H,)  none after the last step
    for t in reversed(range(len(da))):
        dh = dh_from_loss[t] + dh_from_future  # (H,)
        np.multiply(dh, tanh_slope[t], out=da[t])  # (H,)
        dh_from_future = da[t] @ W_hh  # (H,)
    return da, dh_from_future


def _walk_back_at_most(
    edges: int, dh_from_loss: Floats, tanh_slope: Floats, W_hh: Floats
) -> tuple[Floats, Floats]:
    """Do the same, but stop each gradient after so many edges.

    The gradients of all steps set out together and cross one edge at a time, so those
    that travel side by side are equally old. The one that reaches h0 has arrived.
    """
    da = dh_from_loss * tanh_slope  # (T, H)  each in its own step
    dh0 = np.zeros_like(da[0])  # (H,)
    moving = da.copy()
    for _ in range(edges):
        crossed = moving @ W_hh  # row t is now a gradient at h_{t-1}, row 0 one at h0
        dh0 += crossed[0]
        moving = crossed[1:] * tanh_slope[: len(crossed) - 1]  # one row fewer each time
        da[: len(moving)] += moving
    return da, dh0


def _sum_of_outer_products(left: Floats, right: Floats) -> Floats:
    """Return the sum over all steps (and the batch) of left_t right_t^T, as one product.

    The steps of one unit are laid side by side in memory, since the product runs over them:
    where NumPy has no BLAS, as in the browser, long strides cost more than the copies.
    """
    left = np.asfortranarray(left.reshape(-1, left.shape[-1]))  # (T, H), or (T * B, H)
    right = np.asfortranarray(right.reshape(-1, right.shape[-1]))  # (T, D)
    return left.T @ right
