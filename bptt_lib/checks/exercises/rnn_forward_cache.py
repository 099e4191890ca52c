"""Exercise 1: unroll an RNN over a sequence and keep what the backward pass needs."""

from __future__ import annotations

from typing import Any

from bptt_lib.checks.exercise import Case, Exercise, Misconception, Stage
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
    time={"inputs": 0, "pre_activations": 0, "hidden_states": -1},
)
