"""Each loss against its formula, each of its gradients against two oracles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bptt_lib import softmax_cross_entropy, squared_error

from .oracles import assert_gradients_match

SHAPES = st.tuples(st.integers(1, 4), st.integers(1, 4)) | st.tuples(
    st.integers(1, 3), st.integers(1, 3), st.integers(1, 4)
)
DTYPES = st.sampled_from(["float64", "float32"])


def draw(shape, dtype, seed):
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)


def cross_entropy_formula(classes):
    def loss(xp, arrays):
        y = arrays["outputs"]
        onehot = np.eye(y.shape[-1])[classes]
        log_p = y - xp.log(xp.sum(xp.exp(y), axis=-1, keepdims=True))
        return -xp.sum(onehot * log_p) / classes.size

    return loss


def squared_formula(targets):
    def loss(xp, arrays):
        return xp.sum((arrays["outputs"] - targets) ** 2) / targets[..., 0].size

    return loss


@given(shape=SHAPES, dtype=DTYPES, seed=st.integers(0, 999))
@example(shape=(1, 1), dtype="float64", seed=0)
@example(shape=(1, 5), dtype="float32", seed=0)
def test_cross_entropy_and_its_gradient(shape, dtype, seed):
    outputs = draw(shape, dtype, seed)
    classes = np.random.default_rng(seed).integers(0, shape[-1], shape[:-1])
    loss, d_outputs = softmax_cross_entropy(outputs, classes)
    formula = cross_entropy_formula(classes)
    assert isinstance(loss, float)
    np.testing.assert_allclose(loss, formula(np, {"outputs": outputs.astype(float)}), atol=1e-6)
    assert_gradients_match({"outputs": d_outputs}, formula, {"outputs": outputs}, dtype=dtype)


@given(shape=SHAPES, dtype=DTYPES, seed=st.integers(0, 999))
@example(shape=(1, 1), dtype="float64", seed=0)
def test_squared_error_and_its_gradient(shape, dtype, seed):
    outputs, targets = draw(shape, dtype, seed), draw(shape, dtype, seed + 1)
    loss, d_outputs = squared_error(outputs, targets)
    formula = squared_formula(targets.astype(float))
    assert isinstance(loss, float)
    np.testing.assert_allclose(loss, formula(np, {"outputs": outputs.astype(float)}), rtol=1e-5)
    assert_gradients_match({"outputs": d_outputs}, formula, {"outputs": outputs}, dtype=dtype)


@pytest.mark.parametrize("shape", [(4, 1), (3, 2, 1)])
def test_for_one_output_the_targets_may_leave_out_its_axis(shape):
    outputs, targets = draw(shape, "float64", 0), draw(shape, "float64", 1)
    loss, d_outputs = squared_error(outputs, targets)
    loss_flat, d_flat = squared_error(outputs, targets[..., 0])
    assert loss == loss_flat
    np.testing.assert_array_equal(d_outputs, d_flat)


def test_the_loss_of_a_repeated_sequence_is_the_same():
    """The mean over time, not the sum: twice the steps, the same loss, half the gradient."""
    outputs, classes = draw((3, 4), "float64", 0), np.array([0, 3, 1])
    targets = draw((3, 4), "float64", 1)
    for loss_fn, wanted in ((softmax_cross_entropy, classes), (squared_error, targets)):
        once, d_once = loss_fn(outputs, wanted)
        twice, d_twice = loss_fn(np.concatenate([outputs] * 2), np.concatenate([wanted] * 2))
        np.testing.assert_allclose(twice, once)
        np.testing.assert_allclose(d_twice[:3], d_once / 2)


@pytest.mark.parametrize("shift", [-1e5, 1e5])
def test_enormous_logits_neither_overflow_nor_lose_the_loss(shift):
    outputs = np.array([[0.0, 1.0, 2.0]])
    loss, d_outputs = softmax_cross_entropy(outputs, [1])
    moved, d_moved = softmax_cross_entropy(outputs + shift, [1])
    np.testing.assert_allclose(moved, loss, rtol=1e-9)
    np.testing.assert_allclose(d_moved, d_outputs, rtol=1e-9)


def test_a_hopeless_class_has_a_large_but_finite_loss():
    loss, d_outputs = softmax_cross_entropy([[0.0, 5000.0]], [0])
    assert loss == 5000.0
    assert d_outputs.tolist() == [[-1.0, 1.0]]


def test_an_error_of_one_in_a_thousand_is_caught():
    outputs, classes = draw((3, 4), "float64", 0), np.array([0, 3, 1])
    _, d_outputs = softmax_cross_entropy(outputs, classes)
    d_outputs[1, 2] *= 1.001
    with pytest.raises(AssertionError, match=r"doutputs\[1, 2\].*autograd"):
        assert_gradients_match(
            {"outputs": d_outputs}, cross_entropy_formula(classes), {"outputs": outputs}
        )
