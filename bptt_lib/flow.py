"""How gradients flow: what one step back does to them, and many; attention beside it.

Going back d steps multiplies a gradient by d step Jacobians. Their product shrinks or
grows about as the d-th power of one number, which is why RNNs forget or explode.
Attention reaches every position in one step.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from ._guards import Floats, Sizes, cache_arrays, float_array, float_arrays


def spectral_radius(W: ArrayLike) -> float:
    """Return the largest magnitude of an eigenvalue of a square matrix.

    Parameters
    ----------
    W : array_like, shape (H, H)
        The matrix, such as ``W_hh``.

    Returns
    -------
    float
        The spectral radius.

    Raises
    ------
    ValueError
        If `W` is not square, is empty, or holds NaN or infinity.
    TypeError
        If `W` does not hold real numbers.

    Notes
    -----
    ``rho(W) = max |eigenvalue of W|``. For a large distance d, the norm of ``W**d``
    behaves as ``rho(W)**d`` (Gelfand's formula); with tanh it can only be less.

    References
    ----------
    .. [1] R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent
       neural networks", ICML 2013, section 2.1.

    Examples
    --------
    >>> spectral_radius([[0.5, 0.0], [9.0, -0.8]])
    0.8
    """
    array = float_array("W", W)
    Sizes().expect("W", array, "H, H")
    return float(np.abs(np.linalg.eigvals(array)).max())


def step_jacobians(cache: Mapping[str, ArrayLike], W_hh: ArrayLike) -> Floats:
    """Return dh_t / dh_{t-1} for each step of a forward pass.

    Parameters
    ----------
    cache : mapping
        What `rnn_forward_cache` returned.
    W_hh : array_like, shape (H, H)
        Hidden-to-hidden weights of that forward pass.

    Returns
    -------
    ndarray, shape (T, H, H) or (T, B, H, H)
        Entry [t, i, j] says how unit i after step t moves with unit j before it.

    Raises
    ------
    ValueError
        If a key is missing, a shape does not fit, or a number is not finite.
    TypeError
        If an argument is not of the kind that is expected.

    Notes
    -----
    ``dh_t / dh_{t-1} = diag(1 - h_t**2) W_hh``. BPTT multiplies by its transpose.

    References
    ----------
    .. [1] R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent
       neural networks", ICML 2013, eq. 5.

    Examples
    --------
    >>> from bptt_lib import rnn_forward_cache
    >>> cache = rnn_forward_cache([[0.0], [0.0]], [0.0], [[1.0]], [[0.9]], [0.0])
    >>> print(step_jacobians(cache, [[0.9]]).ravel())
    [0.9 0.9]
    """
    h, W_hh = _states_and_weights(cache, W_hh)
    return (1 - h[1:] ** 2)[..., np.newaxis] * W_hh  # (T, H, 1) * (H, H)


def gradient_norms_through_time(
    cache: Mapping[str, ArrayLike], W_hh: ArrayLike, dL_dh_last: ArrayLike
) -> Floats:
    """Return how long the gradient of a loss at the last step still is, d steps back.

    Parameters
    ----------
    cache : mapping
        What `rnn_forward_cache` returned for one sequence.
    W_hh : array_like, shape (H, H)
        Hidden-to-hidden weights of that forward pass.
    dL_dh_last : array_like, shape (H,)
        Gradient of the loss with respect to the last hidden state.

    Returns
    -------
    ndarray, shape (T + 1,)
        Entry d is the L2 norm of dL/dh_{T-d}: entry 0 belongs to the last state,
        entry T to ``h0``.

    Raises
    ------
    ValueError
        If a key is missing, a shape does not fit, or a number is not finite.
    TypeError
        If an argument is not of the kind that is expected.

    Notes
    -----
    ``dL/dh_{t-1} = (dh_t / dh_{t-1})^T dL/dh_t``, T times.

    References
    ----------
    .. [1] Y. Bengio, P. Simard, P. Frasconi, "Learning long-term dependencies with
       gradient descent is difficult", IEEE Transactions on Neural Networks 5 (1994).

    Examples
    --------
    >>> from bptt_lib import rnn_forward_cache
    >>> cache = rnn_forward_cache(np.zeros((3, 1)), [0.0], [[1.0]], [[0.5]], [0.0])
    >>> print(gradient_norms_through_time(cache, [[0.5]], [1.0]))
    [1.    0.5   0.25  0.125]
    """
    h, W_hh, dL_dh = _states_and_weights(cache, W_hh, dL_dh_last)
    norms = [np.linalg.norm(dL_dh)]
    for tanh_slope in 1 - h[:0:-1] ** 2:  # (H,), from the last step to the first
        dL_dh = (dL_dh * tanh_slope) @ W_hh  # (H,)
        norms.append(np.linalg.norm(dL_dh))
    return np.array(norms)


def attention_input_gradients(
    X_seq: ArrayLike, W_q: ArrayLike, W_k: ArrayLike, W_v: ArrayLike, dL_dout_last: ArrayLike
) -> Floats:
    """Return the gradient of every input for a loss on the last output of attention.

    Parameters
    ----------
    X_seq : array_like, shape (T, D)
        The inputs, one row for each position.
    W_q, W_k, W_v : array_like, shape (H, D)
        Query, key and value weights of the single head.
    dL_dout_last : array_like, shape (H,)
        Gradient of the loss with respect to the output at the last position.

    Returns
    -------
    ndarray, shape (T, D)
        Row t is dL/dx_t.

    Raises
    ------
    ValueError
        If a shape does not fit, or a number is not finite.
    TypeError
        If an argument does not hold real numbers.

    Notes
    -----
    ::

        p = softmax(K q_T / sqrt(H))        out_T = sum_t p_t v_t

    The path from out_T to x_t is one attention step, however far away t is: no product
    over the steps between. Its weight is p_t, which the softmax shares among all T
    positions, so attention does not fade with distance, but it does dilute.
    Causal attention masks what comes after a position; after the last there is nothing,
    so no mask appears here.

    References
    ----------
    .. [1] A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, eq. 1.

    Examples
    --------
    >>> same = np.ones((4, 1))
    >>> print(attention_input_gradients(same, [[0.0]], [[0.0]], [[1.0]], [1.0]).ravel())
    [0.25 0.25 0.25 0.25]
    """
    X, W_q, W_k, W_v, d_out = _attention_arrays(X_seq, W_q, W_k, W_v, dL_dout_last)
    scale = 1 / float(np.sqrt(len(W_q)))

    q, K, V = W_q @ X[-1], X @ W_k.T, X @ W_v.T  # (H,), (T, H), (T, H)
    scores = K @ q * scale  # (T,)
    p = np.exp(scores - scores.max())
    p /= p.sum()  # (T,)

    d_V = np.outer(p, d_out)  # (T, H)  through the values
    d_p = V @ d_out  # (T,)
    d_scores = p * (d_p - p @ d_p) * scale  # (T,)  through the softmax
    d_X = d_V @ W_v + np.outer(d_scores, q) @ W_k  # (T, D)
    d_X[-1] += (d_scores @ K) @ W_q  # the last input also asked the question
    return d_X


def _states_and_weights(
    cache: Mapping[str, ArrayLike], W_hh: ArrayLike, dL_dh_last: ArrayLike | None = None
) -> list[Floats]:
    named = {"cache['hidden_states']": cache_arrays(cache)["hidden_states"], "W_hh": W_hh}
    if dL_dh_last is not None:
        named["dL_dh_last"] = dL_dh_last
    h, W, *rest = float_arrays(**named)
    sizes = Sizes()
    sizes.expect("W_hh", W, "H, H")
    if rest:
        sizes.expect("cache['hidden_states']", h, "T + 1, H")
        sizes.expect("dL_dh_last", rest[0], "H")
    else:
        sizes.expect("cache['hidden_states']", h, "T + 1, H", "T + 1, B, H")
    return [h, W, *rest]


def _attention_arrays(
    X_seq: ArrayLike, W_q: ArrayLike, W_k: ArrayLike, W_v: ArrayLike, dL_dout_last: ArrayLike
) -> list[Floats]:
    named = {"X_seq": X_seq, "W_q": W_q, "W_k": W_k, "W_v": W_v, "dL_dout_last": dL_dout_last}
    arrays = float_arrays(**named)
    sizes = Sizes()
    for (name, array), shape in zip(
        zip(named, arrays, strict=True), ("T, D", "H, D", "H, D", "H, D", "H"), strict=True
    ):
        sizes.expect(name, array, shape)
    return arrays
