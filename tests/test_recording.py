"""A recording agrees with rnn.py as a whole, and at each step with the equations."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bptt_lib.recording import record
from bptt_lib.rnn import rnn_bptt, rnn_forward_cache


def a_run(T, D, H, seed=0, every_step=True):
    rng = np.random.default_rng(seed)
    return {
        "X_seq": rng.normal(size=(T, D)),
        "h0": rng.normal(size=H),
        "W_xh": rng.normal(size=(H, D)),
        "W_hh": rng.normal(size=(H, H)),
        "b_h": rng.normal(size=H),
        "dL_dh_last": rng.normal(size=H),
        "dL_dh_seq": rng.normal(size=(T, H)) if every_step else None,
    }


def reference(run, truncation=None):
    cache = rnn_forward_cache(*(run[k] for k in ("X_seq", "h0", "W_xh", "W_hh", "b_h")))
    return cache, rnn_bptt(
        cache,
        run["dL_dh_last"],
        run["W_xh"],
        run["W_hh"],
        dL_dh_seq=run["dL_dh_seq"],
        truncation=truncation,
    )


@given(
    T=st.integers(1, 7),
    D=st.integers(1, 4),
    H=st.integers(1, 5),
    truncation=st.none() | st.integers(0, 8),
    every_step=st.booleans(),
)
def test_totals_and_shares_agree_with_rnn_bptt(T, D, H, truncation, every_step):
    run = a_run(T, D, H, seed=T + 10 * D + 100 * H, every_step=every_step)
    cache, grads = reference(run, truncation)
    recording = record(**run, truncation=truncation)

    forward, backward = recording.frames[:T], recording.frames[T:]
    assert [(f.phase, f.t) for f in forward] == [("forward", t) for t in range(T)]
    assert [(f.phase, f.t) for f in backward] == [("backward", t) for t in reversed(range(T))]

    np.testing.assert_allclose([f.computes["h"] for f in forward], cache["hidden_states"][1:])
    np.testing.assert_allclose([f.computes["a"] for f in forward], cache["pre_activations"])
    for name in ("W_xh", "W_hh", "b_h"):
        np.testing.assert_allclose(backward[-1].totals[name], grads[name], atol=1e-12)
        np.testing.assert_allclose(
            sum(f.adds[name] for f in backward), grads[name], atol=1e-12, err_msg=name
        )
    dX = [f.computes["dx"] for f in reversed(backward)]
    np.testing.assert_allclose(dX, grads["X_seq"], atol=1e-12)
    np.testing.assert_allclose(backward[-1].computes["dh_prev"], grads["h0"], atol=1e-12)


def test_every_frame_follows_the_equations():
    run = a_run(T=5, D=2, H=3)
    recording = record(**run)
    h = run["h0"]
    states = [h]
    for t in range(5):
        frame = recording.frame("forward", t)
        a = run["W_xh"] @ run["X_seq"][t] + run["W_hh"] @ h + run["b_h"]
        np.testing.assert_allclose(frame.reads["h_prev"], h)
        np.testing.assert_allclose(frame.reads["x"], run["X_seq"][t])
        np.testing.assert_allclose(frame.computes["from_input"], run["W_xh"] @ run["X_seq"][t])
        np.testing.assert_allclose(frame.computes["from_past"], run["W_hh"] @ h)
        np.testing.assert_allclose(frame.computes["a"], a)
        h = np.tanh(a)
        np.testing.assert_allclose(frame.computes["h"], h)
        states.append(h)

    future, total = np.zeros(3), np.zeros((3, 3))
    for t in (4, 3, 2, 1, 0):
        frame = recording.frame("backward", t)
        loss = run["dL_dh_seq"][t] + (run["dL_dh_last"] if t == 4 else 0)
        da = (loss + future) / np.cosh(np.arctanh(states[t + 1])) ** 2
        np.testing.assert_allclose(frame.reads["dh_from_loss"], loss)
        np.testing.assert_allclose(frame.reads["dh_from_future"], future, atol=1e-12)
        np.testing.assert_allclose(frame.reads["h"], states[t + 1])
        np.testing.assert_allclose(frame.computes["dh"], loss + future)
        np.testing.assert_allclose(frame.computes["da"], da)
        np.testing.assert_allclose(frame.adds["W_hh"], da[:, None] * states[t])
        np.testing.assert_allclose(frame.adds["W_xh"], da[:, None] * run["X_seq"][t])
        np.testing.assert_allclose(frame.adds["b_h"], da)
        total = total + da[:, None] * states[t]
        np.testing.assert_allclose(frame.totals["W_hh"], total)
        future = run["W_hh"].T @ da
        np.testing.assert_allclose(frame.computes["dh_prev"], future)
        np.testing.assert_array_equal(frame.computes["dh_cut"], 0)


def test_truncation_says_what_is_stopped_and_loses_nothing_else():
    run = a_run(T=4, D=2, H=3, every_step=False)
    recording = record(**run, truncation=1)
    cut = [f.computes["dh_cut"].any() for f in recording.frames[4:]]
    passed = [f.computes["dh_prev"].any() for f in recording.frames[4:]]
    assert passed == [True, False, False, False]
    assert cut == [False, True, False, False]


def test_a_recording_is_small_plain_json():
    run = a_run(T=6, D=2, H=3)
    recording = record(**run)
    text = json.dumps(recording.to_dict())
    assert json.loads(text)["frames"][6]["totals"]["W_hh"] == (
        recording.frames[6].totals["W_hh"].tolist()
    )
    assert len(text) < 20_000


def test_a_recording_cannot_be_changed_and_changes_nothing():
    run = a_run(T=3, D=2, H=2)
    before = {name: array.copy() for name, array in run.items()}
    recording = record(**run)
    with pytest.raises(ValueError, match="read-only"):
        recording.frames[0].computes["h"][0] = 7
    with pytest.raises(TypeError):
        recording.frames[0].reads["x"] = run["X_seq"]
    run["W_hh"][0, 0] = 99
    assert recording.inputs["W_hh"][0, 0] != 99
    run["W_hh"][0, 0] = before["W_hh"][0, 0]
    for name, array in run.items():
        np.testing.assert_array_equal(array, before[name])


def test_bad_arguments_are_named():
    run = a_run(T=3, D=2, H=2, every_step=False)
    with pytest.raises(ValueError, match="dL_dh_last"):
        record(**{**run, "dL_dh_last": np.ones(5)})
    with pytest.raises(ValueError, match="needs a gradient"):
        record(**{**run, "dL_dh_last": None})
    with pytest.raises(ValueError, match="truncation"):
        record(**run, truncation=-1)
    with pytest.raises(ValueError, match="one sequence of a batch"):
        record(**{**run, "X_seq": np.ones((3, 4, 2)), "h0": np.ones((4, 2))})
    with pytest.raises(KeyError, match="counts from 0 to 2"):
        record(**run).frame("backward", 3)
