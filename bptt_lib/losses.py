"""Losses of a sequence: each returns the loss and its gradient for the outputs.

The shared form, `loss_fn(outputs, targets) -> (loss, d_outputs)`, is what training
takes. A loss is the mean over the time steps (and the batch), as in the frameworks.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ._guards import Floats, Sizes, float_array, float_arrays


def softmax_cross_entropy(outputs: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Return the mean cross-entropy of logits against class numbers, and its gradient.

    Parameters
    ----------
    outputs : array_like, shape (T, V) or (T, B, V)
        Logits: one score for each of V classes, at each step.
    targets : array_like of int, shape (T,) or (T, B)
        The right class at each step, from 0 to V - 1.

    Returns
    -------
    loss : float
        Mean over the steps (and the batch), in nats.
    d_outputs : ndarray, shape of `outputs`
        Gradient of the loss with respect to the logits.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a target is not one of the V classes.
    TypeError
        If `outputs` does not hold real numbers, or `targets` no integers.

    Notes
    -----
    ::

        p_t = softmax(y_t)
        loss = mean_t -log p_t[target_t]        d_outputs_t = (p_t - onehot(target_t)) / T

    The largest logit of each step is subtracted first. The softmax does not change by
    that, and `exp` cannot overflow.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning" (2016), 6.2.2.3.

    Examples
    --------
    >>> loss, d_outputs = softmax_cross_entropy([[0.0, 0.0]], [1])
    >>> print(round(loss, 4), d_outputs)
    0.6931 [[ 0.5 -0.5]]
    """
    y, classes = _logits_and_classes(outputs, targets)  # (T, V), (T,)

    y = y - y.max(axis=-1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=-1, keepdims=True))  # (T, V)
    right = np.expand_dims(classes, -1)  # (T, 1)
    n = classes.size  # T, or T * B

    loss = -float(np.take_along_axis(log_p, right, axis=-1).sum()) / n
    onehot = right == np.arange(y.shape[-1])  # (T, V)
    d_outputs = (np.exp(log_p) - onehot) / n
    return loss, d_outputs.astype(y.dtype, copy=False)


def squared_error(outputs: ArrayLike, targets: ArrayLike) -> tuple[float, Floats]:
    """Return the mean over time of the squared distance, and its gradient.

    Parameters
    ----------
    outputs : array_like, shape (T, V) or (T, B, V)
        The outputs of each step.
    targets : array_like, shape of `outputs`, or without the last axis when V is 1
        What they should have been.

    Returns
    -------
    loss : float
        Mean over the steps (and the batch) of the squared L2 distance.
    d_outputs : ndarray, shape of `outputs`
        Gradient of the loss with respect to the outputs.

    Raises
    ------
    ValueError
        If the shapes do not fit, or a number is not finite.
    TypeError
        If an argument does not hold real numbers.

    Notes
    -----
    ::

        loss = mean_t ||y_t - target_t||**2        d_outputs_t = 2 (y_t - target_t) / T

    For V = 1 this is the mean squared error of the frameworks; for larger V they
    divide by V as well.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning" (2016), 5.1.4.

    Examples
    --------
    >>> loss, d_outputs = squared_error([[1.0], [2.0]], [0.0, 2.0])
    >>> print(loss, d_outputs.ravel())
    0.5 [1. 0.]
    """
    y, wanted = float_arrays(outputs=outputs, targets=targets)
    sizes = Sizes()
    sizes.expect("outputs", y, "T, V", "T, B, V")
    batch = "B, " if y.ndim == 3 else ""
    if y.shape[-1] == 1 and wanted.ndim == y.ndim - 1:
        wanted = wanted[..., np.newaxis]
    sizes.expect("targets", wanted, f"T, {batch}V")

    n = y[..., 0].size  # T, or T * B
    difference = y - wanted  # (T, V)
    return float(np.sum(difference**2)) / n, 2 * difference / n


def _logits_and_classes(outputs: ArrayLike, targets: ArrayLike) -> tuple[Floats, np.ndarray]:
    y = float_array("outputs", outputs)
    classes = np.asarray(targets)
    if classes.dtype.kind not in "iu":
        raise TypeError(
            f"targets has dtype {classes.dtype}; expected integers, the number of the right "
            "class at each step. Pass targets.astype(int), or targets.argmax(-1) for one-hot "
            "rows; squared_error takes real targets."
        )
    sizes = Sizes()
    sizes.expect("outputs", y, "T, V", "T, B, V")
    sizes.expect("targets", classes, "T, B" if y.ndim == 3 else "T")
    V = y.shape[-1]
    if classes.min() < 0 or classes.max() >= V:
        outside = classes[(classes < 0) | (classes >= V)][0]
        raise ValueError(
            f"targets holds the class {outside}; expected 0 to V - 1 = {V - 1}, for outputs "
            f"of shape {y.shape}. Count classes from 0, or give the output layer more rows."
        )
    return y, classes
