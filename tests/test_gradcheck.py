"""Gradient checking, asked about losses whose gradients are known, and about BPTT."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bptt_lib import (
    check_gradients,
    numerical_gradients,
    relative_error,
    rnn_bptt,
    rnn_forward_cache,
)

from .oracles import RNN_NAMES, RNNCase


def polynomial(arrays):
    return (arrays["a"] ** 3).sum() + 2 * (arrays["a"] * arrays["b"]).sum()


POINT = {"a": np.array([[1.0, -2.0], [0.5, 30.0]]), "b": np.array([3.0, -1.0])}
GRADIENTS = {"a": 3 * POINT["a"] ** 2 + 2 * POINT["b"], "b": 2 * POINT["a"].sum(axis=0)}


@pytest.mark.parametrize(("method", "digits"), [("central", 1e-8), ("complex", 1e-15)])
def test_numerical_gradients_of_a_polynomial(method, digits):
    found = numerical_gradients(polynomial, POINT, method=method)
    for name in POINT:
        assert found[name].shape == POINT[name].shape
        assert relative_error(found[name], GRADIENTS[name]) < digits


def test_float32_and_whole_numbers_are_differentiated_in_float64():
    for dtype in ("float32", "int64"):
        found = numerical_gradients(
            lambda arrays: (arrays["x"] ** 2).sum(), {"x": np.ones(2, dtype)}
        )
        np.testing.assert_allclose(found["x"], 2.0, rtol=1e-8)


def test_a_scalar_is_an_array_too():
    assert numerical_gradients(lambda a: a["x"] ** 2, {"x": 3.0}, method="complex")["x"] == 6.0


@given(exponent=st.integers(-150, 150), off=st.floats(1e-9, 1e-2))
def test_relative_error_has_no_unit(exponent, off):
    a = np.array([1.0, -4.0, 0.0]) * 10.0**exponent
    b = a.copy()
    b[1] *= 1 + off
    np.testing.assert_allclose(relative_error(a, b), off / (1 + off), rtol=1e-5)
    assert relative_error(a, a) == 0.0


def test_relative_error_of_zeros_and_opposites():
    assert relative_error(np.zeros(3), np.zeros(3)) == 0.0
    assert relative_error([0.0, 1.0], [0.0, -1.0]) == 2.0
    assert relative_error([1.7e308], [-1.7e308]) == 2.0


def test_the_verdict_names_the_worst_entry_and_both_numbers():
    wrong = {name: g.copy() for name, g in GRADIENTS.items()}
    wrong["b"][1] *= 1.001
    verdict = check_gradients(polynomial, POINT, wrong, tolerance=1e-4, method="complex")
    assert not verdict.passed
    assert (verdict.worst, verdict.index) == ("b", (1,))
    assert verdict.given == pytest.approx(56.056)
    assert verdict.numerical == pytest.approx(56.0)
    assert verdict.errors["a"] < 1e-12
    for shown in ("b[1]", "56.056", "numerical 56", "differ"):
        assert shown in str(verdict)


def test_right_gradients_pass_and_some_may_be_left_out():
    assert check_gradients(polynomial, POINT, GRADIENTS).passed
    verdict = check_gradients(polynomial, POINT, {"b": GRADIENTS["b"]})
    assert verdict.passed
    assert list(verdict.errors) == ["b"]
    assert "agree" in str(verdict)


def test_the_loss_gets_copies_and_the_caller_keeps_its_arrays():
    arrays = {name: x.copy() for name, x in POINT.items()}

    def scribbling(given):
        value = polynomial(given)
        for x in given.values():
            x[...] = 0
        return value

    assert check_gradients(scribbling, arrays, {"a": GRADIENTS["a"]}).passed
    assert check_gradients(scribbling, arrays, GRADIENTS).passed
    for name in POINT:
        np.testing.assert_array_equal(arrays[name], POINT[name])


@pytest.mark.parametrize("B", [None, 2])
@pytest.mark.parametrize("factor", [1.0, 1.001])
def test_bptt_of_the_library_against_the_forward_pass_of_the_library(B, factor):
    case = RNNCase(T=4, D=3, H=2, B=B, dtype="float64", seed=5)
    arrays, (last, every) = case.arrays(), case.arriving()

    def loss(given):
        h = rnn_forward_cache(*(given[name] for name in RNN_NAMES))["hidden_states"]
        return (h[1:] * every).sum() + (h[-1] * last).sum()

    cache = rnn_forward_cache(*(arrays[name] for name in RNN_NAMES))
    grads = rnn_bptt(cache, last, arrays["W_xh"], arrays["W_hh"], dL_dh_seq=every)
    grads["W_hh"] = grads["W_hh"] * factor
    verdict = check_gradients(loss, arrays, grads)
    assert verdict.passed == (factor == 1.0), str(verdict)
