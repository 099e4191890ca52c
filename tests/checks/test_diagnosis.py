"""What is said of mistakes that no catalogue holds must be true, and say where to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import bptt_lib
from bptt_lib.checks import Diagnosis, check


def diagnosis_of(function: Callable[..., Any], name: str) -> Diagnosis:
    report = check(function, name)
    assert not report.passed
    assert report.diagnosis is not None
    return report.diagnosis


def backward(change: Callable[[dict[str, Any], Any], None]) -> Callable[..., Any]:
    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
        grads = bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh)
        del grads["h0"]
        change(grads, cache)
        return grads

    return rnn_bptt


def put(name: str, make: Callable[[Any], Any]) -> Callable[..., Any]:
    return backward(lambda g, cache: g.__setitem__(name, make(g[name])))


@pytest.mark.parametrize(
    ("function", "slug", "words"),
    [
        (put("W_xh", lambda g: -g), "negated", "W_xh is right but for its sign"),
        (put("W_hh", lambda g: g.T), "W_hh-outer-transposed", "transpose"),
        (put("W_xh", lambda g: g.T), "transposed", "transpose"),
        (put("b_h", lambda g: 2 * g), "scaled-by-2", "b_h is 2 times"),
        (put("b_h", lambda g: g[:, None]), "axes-of-length-1", "axis of length 1"),
        (put("X_seq", lambda g: np.cumsum(g, 0)), "running-sum", "summed up along time"),
        (put("X_seq", lambda g: np.roll(g, 1, 0)), "rolled-later", "one row too late"),
        (put("W_hh", lambda g: np.clip(g, -0.5, 0.5)), "entries-cut", "cut at 0.5"),
        (put("W_hh", lambda g: np.round(g, 2)), "rounded", "2 decimals"),
        (put("W_hh", lambda g: g * 0), "zero", "zero everywhere"),
        (
            backward(lambda g, c: g.update(W_xh=g["W_xh"] * 1.001)),
            "scaled",
            "1.001 times the right one",
        ),
        (
            backward(lambda g, c: g.update(b_h=g["b_h"] / len(c["inputs"]))),
            "scaled-by-1-over-T",
            "1/T times",
        ),
    ],
)
def test_one_array_off(function: Callable[..., Any], slug: str, words: str) -> None:
    found = diagnosis_of(function, "rnn_bptt")
    assert found.slug == slug
    assert words in found.title + found.explanation


def test_terms_left_out_of_a_sum_over_time_are_counted() -> None:
    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
        X, h = cache["inputs"], cache["hidden_states"]
        grads = bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh)
        grads["W_xh"] = np.zeros_like(W_xh)
        dh = dL_dh_last
        for t in reversed(range(len(X))):
            da = dh * (1 - h[t + 1] ** 2)
            if t % 2 == 0:
                grads["W_xh"] += np.outer(da, X[t])
            dh = W_hh.T @ da
        return grads

    found = diagnosis_of(rnn_bptt, "rnn_bptt")
    assert found.slug == "steps-missing"
    assert "the steps 1, 3" in found.explanation


def test_two_mistakes_at_once_are_both_named() -> None:
    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
        X, h = cache["inputs"], cache["hidden_states"]
        g = {"W_xh": 0.0, "W_hh": 0.0, "b_h": 0.0, "X_seq": np.zeros_like(X)}
        dh = dL_dh_last
        for t in reversed(range(len(X))):
            da = dh * (1 - h[t + 1] ** 2)
            g["W_xh"] = g["W_xh"] + np.outer(da, X[t])
            g["W_hh"] = g["W_hh"] + np.outer(da, h[t + 1])
            g["b_h"] = g["b_h"] + da
            g["X_seq"][t] = W_xh.T @ da
            dh = W_hh @ da
        return g

    found = diagnosis_of(rnn_bptt, "rnn_bptt")
    assert set(found.slug.split("+")) == {"W_hh-not-transposed", "h-t-for-h-prev"}


def test_a_step_of_the_learner_s_own_making_is_written_as_a_formula() -> None:
    def rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h):
        h, a = [h0], []
        for x in X_seq:
            a.append(W_xh @ x + W_hh @ h[-1] - b_h)
            h.append(np.tanh(a[-1]))
        return {"inputs": X_seq, "hidden_states": h, "pre_activations": a}

    found = diagnosis_of(rnn_forward_cache, "rnn_forward_cache")
    assert found.title == "Your a_t is W_xh x_t + W_hh h_{t-1} - b_h"
    assert "Given that, h_t is right" in found.explanation


def test_a_wrong_length_of_the_right_direction_is_told_in_numbers() -> None:
    def clip_gradients(grads, max_norm):
        norm = sum(np.linalg.norm(g) ** 3 for g in grads.values()) ** (1 / 3)
        scale = min(1.0, max_norm / norm) if norm else 1.0
        return {k: g * scale for k, g in grads.items()}

    found = diagnosis_of(clip_gradients, "clip_gradients")
    assert found.slug == "length-wrong"
    assert "right direction" in found.explanation


def test_where_nothing_is_certain_nothing_is_guessed() -> None:
    rng = np.random.default_rng(0)
    noise = {}

    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
        grads = bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh)
        key = grads["X_seq"].shape
        noise.setdefault(key, 1 + rng.uniform(0.1, 0.5, key))
        return {**grads, "X_seq": grads["X_seq"] * noise[key]}

    found = diagnosis_of(rnn_bptt, "rnn_bptt")
    assert found.slug == "not-recognised"
    assert "W_xh, W_hh, b_h and h0 are right" in found.explanation
    assert "X_seq: wrong" in found.explanation


def test_training_is_judged_first_where_it_is_simplest() -> None:
    def train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
        def twice(outputs, targets):
            loss, d = loss_fn(outputs, targets)
            return loss, 2 * d

        return bptt_lib.train_rnn_bptt(X_seq, targets_seq, params, twice, lr, epochs, max_norm)

    found = diagnosis_of(train_rnn_bptt, "train_rnn_bptt")
    assert found.slug == "scaled-by-2"
    assert "one epoch without clipping" in found.explanation
