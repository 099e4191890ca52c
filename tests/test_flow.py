"""How gradients flow: Jacobians, norms and attention, each against what defines it."""

from __future__ import annotations

import autograd.numpy as autograd_numpy
import numpy as np
import pytest
from autograd import jacobian
from hypothesis import example, given
from hypothesis import strategies as st

from bptt_lib import (
    attention_input_gradients,
    gradient_norms_through_time,
    init_params,
    rnn_bptt,
    rnn_forward_cache,
    spectral_radius,
    step_jacobians,
)

from .oracles import RNN_NAMES, assert_gradients_match, rnn_cases, rnn_step


@given(case=rnn_cases(dtype="float64"))
def test_step_jacobians_match_both_oracles(case):
    arrays = case.arrays()
    cache = rnn_forward_cache(*(arrays[name] for name in RNN_NAMES))
    jacobians = step_jacobians(cache, arrays["W_hh"])
    batch = () if case.B is None else (case.B,)
    assert jacobians.shape == (case.T, *batch, case.H, case.H)
    for t, *b in np.ndindex(case.T, *batch):
        h, x = cache["hidden_states"][(t, *b)], arrays["X_seq"][(t, *b)]
        by_autograd = jacobian(lambda h, x=x: rnn_step(autograd_numpy, arrays, x, h))(h)
        moved = [rnn_step(np, arrays, x, h + 1e-30j * unit) for unit in np.eye(case.H)]
        by_complex_step = np.imag(moved).T / 1e-30
        for oracle in (by_autograd, by_complex_step):
            np.testing.assert_allclose(jacobians[(t, *b)], oracle, rtol=1e-10, atol=1e-14)


@given(case=rnn_cases(dtype="float64", B=None))
def test_gradient_norms_are_those_that_bptt_finds(case):
    """The same network, started later: its h0 is the state d steps before the end."""
    arrays, (last, _) = case.arrays(), case.arriving()
    cache = rnn_forward_cache(*(arrays[name] for name in RNN_NAMES))
    norms = gradient_norms_through_time(cache, arrays["W_hh"], last)
    assert norms.shape == (case.T + 1,)
    np.testing.assert_allclose(norms[0], np.linalg.norm(last))
    for d in range(1, case.T + 1):
        late = rnn_forward_cache(
            arrays["X_seq"][case.T - d :],
            cache["hidden_states"][case.T - d],
            arrays["W_xh"],
            arrays["W_hh"],
            arrays["b_h"],
        )
        dL_dh = rnn_bptt(late, last, arrays["W_xh"], arrays["W_hh"])["h0"]
        np.testing.assert_allclose(norms[d], np.linalg.norm(dL_dh), rtol=1e-10)


@pytest.mark.parametrize(("radius", "grows"), [(0.8, False), (1.2, True)])
def test_without_saturation_the_spectral_radius_is_the_rate(radius, grows):
    """At h = 0, where tanh has slope 1, gradients change by the spectral radius each step."""
    T, H = 200, 6
    W_hh = init_params(1, H, 1, seed=2, spectral_radius=radius)["W_hh"]
    cache = rnn_forward_cache(np.zeros((T, 1)), np.zeros(H), np.zeros((H, 1)), W_hh, np.zeros(H))
    norms = gradient_norms_through_time(cache, W_hh, np.ones(H))
    rate = (norms[-1] / norms[T // 2]) ** (2 / T)
    np.testing.assert_allclose(rate, radius, rtol=0.02)
    assert (norms[-1] > norms[0]) == grows


@pytest.mark.parametrize(
    ("W", "radius"),
    [([[-3.0]], 3.0), ([[0.0, -2.0], [2.0, 0.0]], 2.0), ([[1.0, 100.0], [0.0, -1.5]], 1.5)],
)
def test_spectral_radius_of_matrices_with_known_eigenvalues(W, radius):
    np.testing.assert_allclose(spectral_radius(W), radius)


def attention_loss(d_out):
    def loss(xp, arrays):
        X = arrays["X_seq"]
        q = xp.dot(arrays["W_q"], X[-1])
        scores = xp.dot(xp.dot(X, arrays["W_k"].T), q) / np.sqrt(len(d_out))
        p = xp.exp(scores) / xp.sum(xp.exp(scores))
        out = sum(p[t] * xp.dot(arrays["W_v"], X[t]) for t in range(len(X)))
        return xp.sum(d_out * out)

    return loss


def attention_arrays(T, D, H, seed, dtype):
    rng = np.random.default_rng(seed)
    shapes = {"X_seq": (T, D), "W_q": (H, D), "W_k": (H, D), "W_v": (H, D)}
    arrays = {name: rng.standard_normal(shape).astype(dtype) for name, shape in shapes.items()}
    return arrays, rng.standard_normal(H).astype(dtype)


@given(
    T=st.integers(1, 5),
    D=st.integers(1, 4),
    H=st.integers(1, 4),
    seed=st.integers(0, 999),
    dtype=st.sampled_from(["float64", "float32"]),
)
@example(T=1, D=1, H=1, seed=0, dtype="float64")
@example(T=3, D=3, H=3, seed=0, dtype="float64")
def test_attention_gradients_match_both_oracles(T, D, H, seed, dtype):
    arrays, d_out = attention_arrays(T, D, H, seed, dtype)
    got = attention_input_gradients(**arrays, dL_dout_last=d_out)
    assert_gradients_match({"X_seq": got}, attention_loss(d_out.astype(float)), arrays, dtype=dtype)


def test_an_error_of_one_in_a_thousand_in_attention_is_caught():
    arrays, d_out = attention_arrays(4, 3, 2, 0, "float64")
    wrong = attention_input_gradients(**arrays, dL_dout_last=d_out)
    wrong[2, 1] *= 1.001
    with pytest.raises(AssertionError, match=r"dX_seq\[2, 1\]"):
        assert_gradients_match({"X_seq": wrong}, attention_loss(d_out), arrays)


def test_attention_reaches_far_where_the_rnn_forgot():
    """Of 60 equal inputs all but the last get the same gradient; the RNN's has faded."""
    T, D, H = 60, 3, 4
    arrays, d_out = attention_arrays(T, D, H, 1, "float64")
    arrays["X_seq"][:] = arrays["X_seq"][0]
    reach = np.linalg.norm(attention_input_gradients(**arrays, dL_dout_last=d_out), axis=1)
    np.testing.assert_allclose(reach[:-1], reach[0])

    params = init_params(D, H, 1, seed=1, spectral_radius=0.8)
    cache = rnn_forward_cache(
        arrays["X_seq"], np.zeros(H), params["W_xh"], params["W_hh"], params["b_h"]
    )
    norms = gradient_norms_through_time(cache, params["W_hh"], d_out)
    assert norms[-1] < 1e-5 * norms[0]
