"""Exercise 1: unroll an RNN over a sequence and keep what the backward pass needs."""

from __future__ import annotations

from typing import Any

import numpy as np

from bptt_lib.checks.diagnosis.laws import Law
from bptt_lib.checks.exercise import Arrays, Case, Exercise, Misconception, Stage
from bptt_lib.checks.exercises._draw import draw_rnn, silence
from bptt_lib.rnn import rnn_forward_cache

_one = draw_rnn(11, T=1, D=3, H=2)
_two = draw_rnn(12, T=2, D=3, H=2)
_tiny = draw_rnn(15, T=3, D=1, H=1)

STAGES = (
    Stage(
        "T = 1",
        (
            Case("only the bias", silence(_one, "X_seq", "h0")),
            Case("only the input", silence(_one, "h0", "b_h")),
            Case("only the recurrence", silence(_one, "X_seq", "b_h")),
            Case("all three together", _one),
        ),
    ),
    Stage(
        "T = 2",
        (
            Case("what step 0 read must reach step 1", silence(_two, "h0", "b_h")),
            Case("all terms", _two),
        ),
    ),
    Stage(
        "The whole sequence",
        (
            Case("T = 6, D = 3, H = 4", draw_rnn(13, T=6, D=3, H=4)),
            Case("T = 7, D = H = 4", draw_rnn(14, T=7, D=4, H=4)),
            Case("T = 30", draw_rnn(10, T=30, D=2, H=2)),
        ),
    ),
    Stage(
        "Edge cases",
        (
            Case("a single input and a single unit", _tiny),
            Case("more inputs than steps", draw_rnn(16, T=3, D=8, H=5)),
            Case("units that are nearly saturated", draw_rnn(17, T=5, D=3, H=4, scale=6.0)),
            Case("starting from zero", silence(draw_rnn(18, T=4, D=2, H=3), "h0")),
        ),
    ),
)


def laws(case: Case, got: Arrays) -> tuple[Law, ...]:
    """Say what holds between the learner's own states and pre-activations."""
    X_seq, h0, W_xh, W_hh, b_h = case.arguments
    h, a = got["hidden_states"], got["pre_activations"]
    before, x_before, T = h[:-1], np.roll(X_seq, 1, axis=0), len(X_seq)
    right = {
        "W_xh x_t": X_seq @ W_xh.T,
        "W_hh h_{t-1}": before @ W_hh.T,
        "b_h": np.tile(b_h, (T, 1)),
    }
    others = {
        "W_hhᵀ h_{t-1}": before @ W_hh,
        "W_xh x_{t-1}": x_before @ W_xh.T,
        "h_{t-1}": before,
        "W_hh h0": np.tile(W_hh @ h0, (T, 1)),
        "W_hh tanh(h_{t-1})": np.tanh(before) @ W_hh.T,
        "h_t": h[1:],
        "W_hh max(h_{t-1}, 0)": np.maximum(before, 0.0) @ W_hh.T,
        "W_hh times the sum of all states so far": np.cumsum(before, axis=0) @ W_hh.T,
        "W_xh times the mean input": np.tile(W_xh @ X_seq.mean(axis=0), (T, 1)),
    }
    if W_xh.shape[0] == W_xh.shape[1]:
        others["W_xhᵀ x_t"] = X_seq @ W_xh
    activations = {
        "a_t": a,
        "h_{t-1}": before,
        "b_h": right["b_h"],
        "W_hh h_{t-1}": right["W_hh h_{t-1}"],
        "sigmoid(a_t)": 1.0 / (1.0 + np.exp(-a)),
        "max(a_t, 0)": np.maximum(a, 0.0),
        "tanh(a_t)²": np.tanh(a) ** 2,
        "tanh(2 a_t)": np.tanh(2.0 * a),
        "tanh(a_t / 2)": np.tanh(a / 2.0),
        "tanh(max(a_t, 0))": np.tanh(np.maximum(a, 0.0)),
        "a_t / (1 + |a_t|)": a / (1.0 + np.abs(a)),
        "sin(a_t)": np.sin(a),
    }
    return (Law("a_t", a, right, others), Law("h_t", h[1:], {"tanh(a_t)": np.tanh(a)}, activations))


def misconceptions() -> tuple[Misconception, ...]:
    """Load the catalogue."""
    from bptt_lib.checks.misconceptions.rnn_forward_cache import CATALOGUE

    return CATALOGUE


def right() -> Any:
    """Return the right implementation in exchangeable parts."""
    from bptt_lib.checks.misconceptions.rnn_forward_cache import RIGHT

    return RIGHT


EXERCISE = Exercise(
    name="rnn_forward_cache",
    parameters=("X_seq", "h0", "W_xh", "W_hh", "b_h"),
    reference=rnn_forward_cache,
    stages=STAGES,
    hints=(
        "Write one step first: from x_t and h_{t-1} to the pre-activation a_t, then to h_t. "
        "The sequence is that step in a loop.",
        "Which index does the state before step 0 have, and which the state after step T - 1? "
        "Count the rows of hidden_states.",
    ),
    misconceptions=misconceptions,
    right=right,
    shapes={
        "inputs": "(T, D)",
        "hidden_states": "(T + 1, H)",
        "pre_activations": "(T, H)",
    },
    laws=laws,
    time={"inputs": 0, "pre_activations": 0, "hidden_states": -1},
)
