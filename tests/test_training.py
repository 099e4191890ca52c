"""Training: the gradient that is applied, what each record says, and whose arrays change."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bptt_lib import (
    clip_gradients,
    global_norm,
    init_params,
    rnn_bptt,
    rnn_forward_cache,
    softmax_cross_entropy,
    squared_error,
    train_rnn_bptt,
    training_steps,
)

from .oracles import assert_gradients_match, hidden_states

NAMES = ("W_xh", "W_hh", "b_h", "W_hy", "b_y")


def problem(T=5, D=3, H=4, V=2, B=None, dtype="float64", seed=0):
    rng = np.random.default_rng(seed)
    batch = () if B is None else (B,)
    X_seq = rng.standard_normal((T, *batch, D)).astype(dtype)
    targets = rng.integers(0, V, (T, *batch))
    params = {name: p.astype(dtype) for name, p in init_params(D, H, V, seed=seed).items()}
    params["b_h"] += 0.1
    return X_seq, targets, params


def whole_loss(X_seq, targets):
    """Return the loss of the whole model, as a plain formula of its five parameters."""

    def loss(xp, arrays):
        h0 = np.zeros((*X_seq.shape[1:-1], len(arrays["b_h"])))
        states = hidden_states(xp, {**arrays, "X_seq": X_seq, "h0": h0})[1:]
        total = 0.0
        for h, right in zip(states, targets, strict=True):
            y = xp.dot(h, arrays["W_hy"].T) + arrays["b_y"]
            log_p = y - xp.log(xp.sum(xp.exp(y), axis=-1, keepdims=True))
            total = total - xp.sum(np.eye(y.shape[-1])[right] * log_p)
        return total / targets.size

    return loss


def gradients_in_training(X_seq, targets, params, **hooks):
    """Return the five gradients that the first epoch hands to `clip`."""
    seen = {}

    def clip(grads, max_norm):
        seen.update(grads)
        return clip_gradients(grads, max_norm)

    (step,) = training_steps(
        X_seq, targets, params, softmax_cross_entropy, 0.1, 1, 1.0, clip=clip, **hooks
    )
    return seen, step


@given(
    T=st.integers(1, 4),
    D=st.integers(1, 3),
    H=st.integers(1, 3),
    V=st.integers(1, 3),
    B=st.none() | st.integers(1, 3),
    dtype=st.sampled_from(["float64", "float32"]),
    seed=st.integers(0, 999),
)
@example(T=1, D=1, H=1, V=2, B=None, dtype="float64", seed=0)
@example(T=3, D=3, H=3, V=3, B=None, dtype="float64", seed=1)
@example(T=3, D=3, H=3, V=3, B=3, dtype="float32", seed=2)
def test_all_five_gradients_match_both_oracles(T, D, H, V, B, dtype, seed):
    X_seq, targets, params = problem(T, D, H, V, B, dtype, seed)
    grads, step = gradients_in_training(X_seq, targets, params)
    assert set(grads) == set(NAMES)
    loss = whole_loss(X_seq.astype(float), targets)
    exact = {name: p.astype(float) for name, p in params.items()}
    np.testing.assert_allclose(step.loss, loss(np, exact), atol=1e-5)
    assert_gradients_match(grads, loss, params, dtype=dtype)


@pytest.mark.parametrize("name", NAMES)
def test_an_error_of_one_in_a_thousand_is_caught(name):
    X_seq, targets, params = problem()
    grads, _ = gradients_in_training(X_seq, targets, params)
    where = np.unravel_index(np.abs(grads[name]).argmax(), grads[name].shape)
    grads[name][where] *= 1.001
    with pytest.raises(AssertionError, match=f"d{name}.*complex step"):
        assert_gradients_match(grads, whole_loss(X_seq, targets), params)


@pytest.mark.parametrize("B", [None, 2])
def test_a_backward_of_four_arguments_trains_as_well(B):
    def mine(cache, dL_dh_last, W_xh, W_hh):
        return rnn_bptt(cache, dL_dh_last, W_xh, W_hh)

    X_seq, targets, params = problem(B=B)
    theirs, _ = gradients_in_training(X_seq, targets, params, backward=mine)
    ours, _ = gradients_in_training(X_seq, targets, params)
    for name in NAMES:
        np.testing.assert_allclose(theirs[name], ours[name], rtol=1e-12, atol=1e-15)


def test_each_hook_is_called_in_each_epoch():
    calls = []

    def noting(function):
        def noted(*args, **kwargs):
            calls.append(function.__name__)
            return function(*args, **kwargs)

        return noted

    hooks = {
        "forward": noting(rnn_forward_cache),
        "backward": noting(rnn_bptt),
        "clip": noting(clip_gradients),
    }
    train_rnn_bptt(*problem(), softmax_cross_entropy, 0.1, 2, 1.0, **hooks)
    assert calls == ["rnn_forward_cache", "rnn_bptt", "clip_gradients"] * 2


def test_the_records_tell_what_happened():
    X_seq, targets, params = problem()
    lr, max_norm = 0.3, 0.05
    before = params
    steps = list(training_steps(X_seq, targets, params, softmax_cross_entropy, lr, 4, max_norm))
    assert [step.epoch for step in steps] == [0, 1, 2, 3]
    for step in steps:
        grads, again = gradients_in_training(X_seq, targets, before)
        assert step.loss == again.loss == softmax_cross_entropy(step.outputs, targets)[0]
        np.testing.assert_allclose(step.grad_norm, global_norm(grads))
        assert step.grad_norm > max_norm  # so that clipping is seen at work
        np.testing.assert_allclose(step.clipped_norm, max_norm)
        clipped = clip_gradients(grads, max_norm)
        for name in NAMES:
            np.testing.assert_allclose(step.params[name], before[name] - lr * clipped[name])
        before = step.params
    with pytest.raises(AttributeError):
        steps[0].loss = 0.0


def test_records_are_made_one_at_a_time_and_stay_as_they_were():
    steps = training_steps(*problem(), softmax_cross_entropy, 0.5, 10**9, 1.0)
    kept = list(itertools.islice(steps, 3))
    copies = [step.params["W_hh"].copy() for step in kept]
    next(steps)
    for step, copy in zip(kept, copies, strict=True):
        np.testing.assert_array_equal(step.params["W_hh"], copy)


def test_training_returns_the_last_record_and_learns():
    X_seq, targets, params = problem()
    steps = list(training_steps(X_seq, targets, params, softmax_cross_entropy, 0.5, 60, 5.0))
    trained = train_rnn_bptt(X_seq, targets, params, softmax_cross_entropy, 0.5, 60, 5.0)
    assert list(trained) == list(NAMES)
    for name in NAMES:
        np.testing.assert_array_equal(trained[name], steps[-1].params[name])
    assert steps[-1].loss < 0.2 * steps[0].loss


def test_no_epochs_give_copies():
    X_seq, targets, params = problem()
    trained = train_rnn_bptt(X_seq, targets, params, softmax_cross_entropy, 0.5, 0, 5.0)
    for name in NAMES:
        np.testing.assert_array_equal(trained[name], params[name])
        assert not np.shares_memory(trained[name], params[name])


def test_a_learning_rate_of_zero_changes_nothing():
    X_seq, targets, params = problem()
    trained = train_rnn_bptt(X_seq, targets, params, softmax_cross_entropy, 0, 3, 5.0)
    for name in NAMES:
        np.testing.assert_array_equal(trained[name], params[name])


@pytest.mark.parametrize("B", [None, 2])
def test_nothing_that_was_passed_is_changed(B):
    X_seq, targets, params = problem(B=B)
    passed = {"X_seq": X_seq, "targets": targets, **params}
    before = {name: array.copy() for name, array in passed.items()}
    for array in passed.values():
        array.flags.writeable = False

    def scribbling_loss(outputs, targets):
        loss, d_outputs = softmax_cross_entropy(outputs, targets)
        outputs[:] = np.nan
        targets[:] = 0
        return loss, d_outputs

    steps = list(training_steps(X_seq, targets, params, scribbling_loss, 0.5, 3, 1.0))
    clean = list(training_steps(X_seq, targets, params, softmax_cross_entropy, 0.5, 3, 1.0))
    assert [step.loss for step in steps] == [step.loss for step in clean]
    assert np.isfinite(steps[-1].outputs).all()
    for name, array in passed.items():
        np.testing.assert_array_equal(array, before[name])


def test_what_the_caller_changes_between_two_epochs_has_no_effect():
    X_seq, targets, params = problem()
    undisturbed = train_rnn_bptt(X_seq, targets, params, softmax_cross_entropy, 0.5, 3, 1.0)
    for step in training_steps(X_seq, targets, params, softmax_cross_entropy, 0.5, 3, 1.0):
        for array in (X_seq, targets, *params.values()):
            array[:] = 0
        trained = step.params
    for name in NAMES:
        np.testing.assert_array_equal(trained[name], undisturbed[name])


def test_it_prints_nothing(capsys):
    train_rnn_bptt(*problem(), softmax_cross_entropy, 0.1, 3, 1.0)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("targets_shape", [(5,), (5, 1)])
def test_real_targets_train_too(targets_shape):
    X_seq, _, params = problem(V=1)
    targets = np.linspace(-1, 1, 5).reshape(targets_shape)
    losses = [
        step.loss for step in training_steps(X_seq, targets, params, squared_error, 0.1, 50, 5.0)
    ]
    assert losses[-1] < 0.1 * losses[0]


def test_float32_stays_float32():
    X_seq, targets, params = problem(dtype="float32")
    trained = train_rnn_bptt(X_seq, targets, params, softmax_cross_entropy, np.float64(0.1), 2, 1)
    assert {p.dtype.name for p in trained.values()} == {"float32"}
