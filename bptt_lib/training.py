"""Training: forward, loss, BPTT, clip, one step downhill, and again.

`training_steps` yields a record of each epoch and prints nothing; whoever wants a
plot, a table or a progress bar makes it from the records. `train_rnn_bptt` only
wants the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._guards import Floats, count, float_array, number
from .clipping import clip_gradients, global_norm
from .each_step import with_loss_at_each_step
from .params import PARAMETERS, Params, parameter_arrays
from .rnn import rnn_bptt, rnn_forward_cache

LossFn: TypeAlias = Callable[[Floats, NDArray[Any]], tuple[Any, Any]]


@dataclass(frozen=True)
class TrainingStep:
    """What one epoch of training did.

    Parameters
    ----------
    epoch : int
        Counted from 0.
    loss : float
        Loss of the whole sequence before this epoch's update.
    grad_norm, clipped_norm : float
        Global norm of all five gradients before and after clipping.
    params : dict
        The parameters after this epoch's update; a new dict in each record.
    outputs : ndarray, shape (T, V) or (T, B, V)
        The outputs that `loss` was measured on.
    """

    epoch: int
    loss: float
    grad_norm: float
    clipped_norm: float
    params: Params
    outputs: Floats


def training_steps(
    X_seq: ArrayLike,
    targets_seq: ArrayLike,
    params: Mapping[str, ArrayLike],
    loss_fn: LossFn,
    lr: float,
    epochs: int,
    max_norm: float,
    *,
    forward: Callable[..., Any] = rnn_forward_cache,
    backward: Callable[..., Any] = rnn_bptt,
    clip: Callable[..., Any] = clip_gradients,
) -> Iterator[TrainingStep]:
    """Train by gradient descent with BPTT and clipping, one record for each epoch.

    Parameters
    ----------
    X_seq : array_like, shape (T, D) or (T, B, D)
        The input sequence, or a batch of them.
    targets_seq : array_like, shape (T,) or as `loss_fn` wants it
        The targets, one entry along the first axis for each step.
    params : mapping
        ``"W_xh"``, ``"W_hh"``, ``"b_h"``, ``"W_hy"``, ``"b_y"``; never changed.
    loss_fn : callable
        ``loss_fn(outputs, targets) -> (loss, d_outputs)``, such as
        `softmax_cross_entropy`.
    lr : float
        Learning rate, at least 0.
    epochs : int
        How many updates to make, at least 0.
    max_norm : float
        Limit of the global norm of all five gradients, greater than 0.
    forward, backward, clip : callable, optional
        Stand-ins for `rnn_forward_cache`, `rnn_bptt` and `clip_gradients`, with the
        same positional parameters. A `backward` without ``dL_dh_seq`` is called once
        for each step's loss, which gives the same gradient at T times the price.

    Returns
    -------
    iterator of TrainingStep
        Nothing is computed before it is asked for. The arguments are checked at once.

    Raises
    ------
    ValueError
        If shapes, keys or numbers do not fit, or `loss_fn` returns something that
        cannot be a loss and its gradient.
    TypeError
        If an argument is not of the kind that is expected.

    Notes
    -----
    Each epoch starts from h_0 = 0 and runs over the whole sequence::

        y_t = W_hy h_t + b_y                   dL/dh_t = W_hy^T d_outputs_t
        dW_hy = sum_t d_outputs_t h_t^T        db_y = sum_t d_outputs_t
        parameter -= lr * clipped gradient

    References
    ----------
    .. [1] A. Karpathy, "min-char-rnn" (2015), the same loop for characters.
    .. [2] R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent
       neural networks", ICML 2013.

    Examples
    --------
    >>> from bptt_lib import init_params, squared_error
    >>> X_seq, targets = [[1.0], [0.0], [0.0]], [0.0, 1.0, 0.0]  # echo, one step late
    >>> steps = training_steps(X_seq, targets, init_params(1, 4, 1), squared_error, 0.1, 200, 1.0)
    >>> losses = [step.loss for step in steps]
    >>> losses[-1] < 0.01 * losses[0]
    True
    """
    X, targets, trained = _training_arrays(X_seq, targets_seq, params)
    if not callable(loss_fn):
        raise TypeError(
            f"loss_fn is of type {type(loss_fn).__name__}; expected a function "
            "loss_fn(outputs, targets) -> (loss, d_outputs). Pass softmax_cross_entropy, say, "
            "without calling it."
        )
    lr = number("lr", lr, least=0, finite=True)
    epochs = count("epochs", epochs)
    max_norm = number("max_norm", max_norm, least=0, least_allowed=False)
    backward = with_loss_at_each_step(backward)
    return _epochs(X, targets, trained, loss_fn, lr, epochs, max_norm, forward, backward, clip)


def train_rnn_bptt(
    X_seq: ArrayLike,
    targets_seq: ArrayLike,
    params: Mapping[str, ArrayLike],
    loss_fn: LossFn,
    lr: float,
    epochs: int,
    max_norm: float,
    *,
    forward: Callable[..., Any] = rnn_forward_cache,
    backward: Callable[..., Any] = rnn_bptt,
    clip: Callable[..., Any] = clip_gradients,
) -> Params:
    """Train by gradient descent with BPTT and clipping; return the trained parameters.

    Parameters
    ----------
    X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm
        As for `training_steps`, which does the work.
    forward, backward, clip : callable, optional
        As for `training_steps`.

    Returns
    -------
    dict
        New arrays under the names of `params`; for no epochs, copies of the given ones.

    Raises
    ------
    ValueError, TypeError
        As `training_steps`.

    Notes
    -----
    ``parameter -= lr * clipped gradient``, once in each epoch.

    References
    ----------
    .. [1] P. J. Werbos, "Backpropagation through time: what it does and how to do
       it", Proceedings of the IEEE 78 (1990).

    Examples
    --------
    >>> from bptt_lib import init_params, squared_error
    >>> params = init_params(1, 4, 1)
    >>> trained = train_rnn_bptt([[1.0], [0.0]], [0.0, 1.0], params, squared_error, 0.1, 5, 1.0)
    >>> sorted(trained) == sorted(params) and (trained["W_hh"] != params["W_hh"]).all().item()
    True
    """
    *_, trained = _training_arrays(X_seq, targets_seq, params)
    for step in training_steps(
        X_seq,
        targets_seq,
        params,
        loss_fn,
        lr,
        epochs,
        max_norm,
        forward=forward,
        backward=backward,
        clip=clip,
    ):
        trained = step.params
    return trained


def _epochs(
    X_seq: Floats,
    targets: NDArray[Any],
    params: Params,
    loss_fn: LossFn,
    lr: float,
    epochs: int,
    max_norm: float,
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    clip: Callable[..., Any],
) -> Iterator[TrainingStep]:
    for epoch in range(epochs):
        W_xh, W_hh, b_h, W_hy, b_y = (params[name] for name in PARAMETERS)
        h0 = np.zeros((*X_seq.shape[1:-1], len(b_h)), X_seq.dtype)  # (H,) or (B, H)

        cache = forward(X_seq, h0, W_xh, W_hh, b_h)
        h = np.asarray(cache["hidden_states"], X_seq.dtype)[1:]  # (T, H)
        outputs = h @ W_hy.T + b_y  # (T, V)
        loss, d_outputs = _loss_and_gradient(loss_fn, outputs, targets, epoch)

        grads_rnn = backward(cache, np.zeros_like(h0), W_xh, W_hh, dL_dh_seq=d_outputs @ W_hy)
        d_rows = d_outputs.reshape(-1, len(b_y))  # (T, V), or (T * B, V)
        grads = {
            "W_xh": grads_rnn["W_xh"],  # (H, D)
            "W_hh": grads_rnn["W_hh"],  # (H, H)
            "b_h": grads_rnn["b_h"],  # (H,)
            "W_hy": d_rows.T @ h.reshape(len(d_rows), -1),  # (V, H)
            "b_y": d_rows.sum(axis=0),  # (V,)
        }
        clipped = clip(grads, max_norm)
        params = {
            name: np.asarray(p - lr * np.asarray(clipped[name]), p.dtype)
            for name, p in params.items()
        }
        yield TrainingStep(epoch, loss, global_norm(grads), global_norm(clipped), params, outputs)


def _training_arrays(
    X_seq: ArrayLike, targets_seq: ArrayLike, params: Mapping[str, ArrayLike]
) -> tuple[Floats, NDArray[Any], Params]:
    """Return copies that fit each other, so that nobody's arrays are trained but ours."""
    arrays, sizes = parameter_arrays(params, X_seq=X_seq)
    X = arrays.pop("X_seq")
    sizes.expect("X_seq", X, "T, D", "T, B, D")
    targets = np.array(targets_seq)
    if targets.dtype.kind not in "iu":
        targets = float_array("targets_seq", targets)
    sizes.expect("targets_seq", targets, "T", "T, V", "T, B", "T, B, V")
    return X.copy(), targets, {name: array.copy() for name, array in arrays.items()}


def _loss_and_gradient(
    loss_fn: LossFn, outputs: Floats, targets: NDArray[Any], epoch: int
) -> tuple[float, Floats]:
    """Call `loss_fn` on copies, and hold what it returns to its promise."""
    returned = loss_fn(outputs.copy(), targets.copy())
    wanted = f"expected (loss, d_outputs), a number and an array of shape {outputs.shape} = (T, V)"
    if outputs.ndim == 3:
        wanted = wanted.replace("(T, V)", "(T, B, V)")
    if not isinstance(returned, (tuple, list)) or len(returned) != 2:
        raise TypeError(
            f"loss_fn returned a {type(returned).__name__} in epoch {epoch}; {wanted}. "
            "Return both: return loss, d_outputs."
        )
    loss, d_outputs = float_array("loss of loss_fn", returned[0]), returned[1]
    if loss.size != 1:
        raise ValueError(
            f"loss_fn returned a loss of shape {loss.shape} in epoch {epoch}; {wanted}. "
            "Take the mean (or the sum) over the steps."
        )
    d = float_array("d_outputs of loss_fn", d_outputs).astype(outputs.dtype, copy=False)
    if d.shape != outputs.shape:
        raise ValueError(
            f"loss_fn returned d_outputs of shape {d.shape} in epoch {epoch}; {wanted}. "
            "Return the gradient of the loss for each output."
        )
    return float(loss.reshape(())), d
