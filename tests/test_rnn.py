"""The forward pass against the plain equations, the backward pass against two oracles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bptt_lib import rnn_bptt, rnn_forward_cache

from .oracles import (
    RNN_NAMES,
    TOLERANCE,
    RNNCase,
    assert_gradients_match,
    hidden_states,
    rnn_cases,
    truncated_loss,
)

ONE_OF_EACH = RNNCase(T=1, D=1, H=1, B=None, dtype="float64", seed=0)
ALL_EQUAL = RNNCase(T=3, D=3, H=3, B=None, dtype="float64", seed=1)
ALL_EQUAL_BATCH = RNNCase(T=3, D=3, H=3, B=3, dtype="float32", seed=2)
USUAL = RNNCase(T=4, D=3, H=2, B=None, dtype="float64", seed=3)


def forward(case: RNNCase):
    return rnn_forward_cache(*(case.arrays()[name] for name in RNN_NAMES))


def loss_of(case: RNNCase, dL_dh, edges=None):
    """Return the scalar loss whose gradients at the hidden states are `dL_dh`."""
    exact = {name: x.astype(np.float64) for name, x in case.arrays().items()}
    frozen = hidden_states(np, exact)
    return lambda xp, arrays: truncated_loss(xp, arrays, frozen, dL_dh.astype(float), edges)


@given(case=rnn_cases())
@example(case=ONE_OF_EACH)
@example(case=ALL_EQUAL)
@example(case=ALL_EQUAL_BATCH)
def test_forward_is_the_equations(case):
    arrays = case.arrays()
    cache = forward(case)
    assert set(cache) == {"inputs", "hidden_states", "pre_activations"}
    assert {entry.dtype.name for entry in cache.values()} == {case.dtype}

    batch = () if case.B is None else (case.B,)
    assert cache["inputs"].shape == (case.T, *batch, case.D)
    assert cache["hidden_states"].shape == (case.T + 1, *batch, case.H)
    assert cache["pre_activations"].shape == (case.T, *batch, case.H)

    tolerance = TOLERANCE[case.dtype]
    expected = np.stack(hidden_states(np, arrays))
    np.testing.assert_array_equal(cache["inputs"], arrays["X_seq"])
    np.testing.assert_array_equal(cache["hidden_states"][0], arrays["h0"])
    np.testing.assert_allclose(cache["hidden_states"], expected, rtol=0, atol=tolerance)
    np.testing.assert_allclose(
        np.tanh(cache["pre_activations"]), expected[1:], rtol=0, atol=tolerance
    )


@given(
    case=rnn_cases(),
    arrives=st.sampled_from(["last", "every step", "both"]),
    edges=st.none() | st.integers(0, 6),
)
@example(case=ONE_OF_EACH, arrives="last", edges=None)
@example(case=ONE_OF_EACH, arrives="both", edges=0)
@example(case=ALL_EQUAL, arrives="both", edges=None)
@example(case=ALL_EQUAL, arrives="every step", edges=1)
@example(case=ALL_EQUAL_BATCH, arrives="both", edges=None)
@example(case=ALL_EQUAL_BATCH, arrives="both", edges=2)
@example(case=USUAL, arrives="last", edges=2)
@example(case=USUAL, arrives="both", edges=3)
@example(case=USUAL, arrives="both", edges=4)
def test_backward_matches_both_oracles(case, arrives, edges):
    last, every = case.arriving()
    arrays = case.arrays()
    if arrives == "every step":
        last = np.zeros_like(last)
    total = np.zeros_like(every) if arrives == "last" else every.copy()
    total[-1] += last

    grads = rnn_bptt(
        forward(case),
        last,
        arrays["W_xh"],
        arrays["W_hh"],
        dL_dh_seq=None if arrives == "last" else every,
        truncation=edges,
    )
    assert set(grads) == set(RNN_NAMES)
    assert_gradients_match(grads, loss_of(case, total, edges), arrays, dtype=case.dtype)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("edges", [None, 1])
@pytest.mark.parametrize("name", RNN_NAMES)
def test_an_error_of_one_in_a_thousand_is_caught(name, edges, dtype):
    """The tester is tested: one entry, 0.1 % off, must fail and both numbers be told."""
    case = RNNCase(T=4, D=3, H=2, B=None, dtype=dtype, seed=3)
    arrays = case.arrays()
    last, every = case.arriving()
    total = every.copy()
    total[-1] += last
    grads = rnn_bptt(
        forward(case), last, arrays["W_xh"], arrays["W_hh"], dL_dh_seq=every, truncation=edges
    )
    assert_gradients_match(grads, loss_of(case, total, edges), arrays, dtype=dtype)

    where = np.unravel_index(np.abs(grads[name]).argmax(), grads[name].shape)
    grads[name][where] *= np.asarray(1.001, dtype)
    planted = repr(float(grads[name][where]))
    with pytest.raises(AssertionError, match=rf"d{name}.*{planted}.*'autograd': -?\d"):
        assert_gradients_match(grads, loss_of(case, total, edges), arrays, dtype=dtype)


@given(case=rnn_cases(dtype="float64"))
def test_truncation_to_all_edges_is_full_bptt(case):
    arrays, (last, every) = case.arrays(), case.arriving()
    full, at_T, beyond = (
        rnn_bptt(forward(case), last, arrays["W_xh"], arrays["W_hh"], dL_dh_seq=every, truncation=k)
        for k in (None, case.T, np.int64(case.T + 3))
    )
    for name in RNN_NAMES:
        np.testing.assert_array_equal(full[name], at_T[name])
        np.testing.assert_array_equal(full[name], beyond[name])


def test_truncation_to_no_edge_keeps_each_gradient_in_its_own_step():
    arrays, (last, every) = USUAL.arrays(), USUAL.arriving()
    cache = forward(USUAL)
    every[:] = 0
    every[1] = 1.0
    grads = rnn_bptt(cache, 0 * last, arrays["W_xh"], arrays["W_hh"], dL_dh_seq=every, truncation=0)
    touched = np.flatnonzero(np.abs(grads["X_seq"]).sum(axis=1))
    assert touched.tolist() == [1]
    assert not grads["h0"].any()


@given(case=rnn_cases(dtype="float64"))
def test_a_batch_is_its_sequences_one_by_one(case):
    B = case.B or 1
    batched = RNNCase(case.T, case.D, case.H, B, "float64", case.seed)
    arrays, (last, every) = batched.arrays(), batched.arriving()
    weights = {name: arrays[name] for name in ("W_xh", "W_hh", "b_h")}
    together = rnn_bptt(
        forward(batched), last, arrays["W_xh"], arrays["W_hh"], dL_dh_seq=every, truncation=2
    )
    alone = []
    for b in range(B):
        cache = rnn_forward_cache(arrays["X_seq"][:, b], arrays["h0"][b], **weights)
        alone.append(
            rnn_bptt(
                cache,
                last[b],
                arrays["W_xh"],
                arrays["W_hh"],
                dL_dh_seq=every[:, b],
                truncation=2,
            )
        )
    close = {"rtol": 1e-10, "atol": 1e-12}
    for name in ("W_xh", "W_hh", "b_h"):
        np.testing.assert_allclose(together[name], sum(g[name] for g in alone), **close)
    for b in range(B):
        np.testing.assert_allclose(together["X_seq"][:, b], alone[b]["X_seq"], **close)
        np.testing.assert_allclose(together["h0"][b], alone[b]["h0"], **close)


def test_lists_and_whole_numbers_are_taken_as_numbers():
    cache = rnn_forward_cache([[1, 0], [0, 1]], [0], [[1, 2]], [[1]], [0])
    assert {entry.dtype.name for entry in cache.values()} == {"float64"}
    grads = rnn_bptt(cache, [1], [[1, 2]], [[1]])
    assert {grad.dtype.name for grad in grads.values()} == {"float64"}
    np.testing.assert_allclose(cache["hidden_states"][1], np.tanh(1))


def test_whole_numbers_take_the_precision_of_the_weights():
    tiny = np.float32
    one_hot = np.eye(2, dtype=int)
    cache = rnn_forward_cache(
        one_hot, np.zeros(1, tiny), np.ones((1, 2), tiny), np.ones((1, 1), tiny), np.zeros(1, tiny)
    )
    assert cache["hidden_states"].dtype == np.float32


def test_the_cache_may_hold_more_and_is_left_alone():
    cache = forward(USUAL) | {"note": "mine"}
    before = {name: np.copy(value) for name, value in cache.items()}
    for value in cache.values():
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    arrays, (last, every) = USUAL.arrays(), USUAL.arriving()
    for k in (None, 1):
        rnn_bptt(cache, last, arrays["W_xh"], arrays["W_hh"], dL_dh_seq=every, truncation=k)
    for name in before:
        np.testing.assert_array_equal(cache[name], before[name])


def test_the_results_share_no_memory_with_what_was_passed():
    arrays, (last, every) = USUAL.arrays(), USUAL.arriving()
    cache = rnn_forward_cache(*(arrays[name] for name in RNN_NAMES))
    grads = rnn_bptt(cache, last, arrays["W_xh"], arrays["W_hh"], dL_dh_seq=every, truncation=0)
    passed = [*arrays.values(), last, every]
    for mine in cache.values():
        assert not any(np.shares_memory(mine, theirs) for theirs in passed)
    for mine in grads.values():
        assert not any(np.shares_memory(mine, theirs) for theirs in [*passed, *cache.values()])
