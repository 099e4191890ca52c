"""Exercise 2: all gradients of an RNN, by walking back through time.

Each cache comes from a real forward pass: with invented numbers in it, 1 - h**2 and
1 - tanh(a)**2 would not agree, and right formulas would fail.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bptt_lib.checks.diagnosis.laws import Law
from bptt_lib.checks.exercise import Arrays, Case, Exercise, Misconception, Stage
from bptt_lib.checks.exercises._draw import Rnn, draw_rnn, silence
from bptt_lib.checks.report import Array
from bptt_lib.rnn import rnn_bptt, rnn_forward_cache


def backward_case(name: str, rnn: Rnn, *, seed: int = 0, size: float = 1.0) -> Case:
    """Run the RNN forward and ask for the gradients of a loss at its end."""
    H = len(rnn.h0)
    dL_dh_last = size * np.random.default_rng([seed, 7]).uniform(0.5, 1.5, size=H)
    dL_dh_last[1::2] *= -1.0  # (H,)
    return Case(name, (rnn_forward_cache(*rnn), dL_dh_last, rnn.W_xh, rnn.W_hh))


def lasting(rnn: Rnn) -> Rnn:
    """Let gradients live for long: W_hh turns, and hardly shrinks."""
    c, s = np.cos(0.7), np.sin(0.7)
    turn = np.array([[c, -s], [s, c]])  # (2, 2)
    return rnn._replace(W_hh=turn, b_h=np.zeros(2), h0=0.05 * rnn.h0)


def with_keywords(case: Case, name: str, **keywords: object) -> Case:
    """Ask for one of the keyword-only extras."""
    return Case(name, case.arguments, keywords)


_one = draw_rnn(21, T=1, D=3, H=2)
_two = draw_rnn(22, T=2, D=3, H=2)
_whole = backward_case("T = 6, D = 3, H = 4", draw_rnn(23, T=6, D=3, H=4))
_each_step = np.random.default_rng(24).normal(size=(6, 4))  # (T, H)

STAGES = (
    Stage(
        "T = 1",
        (
            backward_case("only the bias", silence(_one, "X_seq", "h0")),
            backward_case("only the input", silence(_one, "h0", "b_h")),
            backward_case("only the recurrence", silence(_one, "X_seq", "b_h")),
            backward_case("all three together", _one),
        ),
    ),
    Stage(
        "T = 2, the loss at the end",
        (
            backward_case("nothing comes back (W_hh = 0)", silence(_two, "W_hh")),
            backward_case("all terms", _two),
        ),
    ),
    Stage(
        "The whole sequence",
        (
            _whole,
            backward_case("T = 7, D = H = 4", draw_rnn(25, T=7, D=4, H=4)),
            backward_case("T = 30", lasting(draw_rnn(20, T=30, D=2, H=2, scale=0.05))),
        ),
    ),
    Stage(
        "Edge cases",
        (
            backward_case("a single input and a single unit", draw_rnn(26, T=3, D=1, H=1)),
            backward_case("gradients above 5", draw_rnn(27, T=4, D=3, H=3, scale=0.3), size=20.0),
            backward_case("a gradient of zero", draw_rnn(28, T=3, D=2, H=3), size=0.0),
            backward_case("more inputs than steps", draw_rnn(29, T=3, D=8, H=5)),
        ),
    ),
    Stage(
        "dL_dh_seq, an extra that you offer",
        (
            with_keywords(_whole, "a loss at each step", dL_dh_seq=_each_step),
            with_keywords(_whole, "none at all", dL_dh_seq=None),
        ),
        needs=("dL_dh_seq",),
    ),
    Stage(
        "truncation, an extra that you offer",
        (
            with_keywords(_whole, "two steps back", truncation=2),
            with_keywords(_whole, "not one step back", truncation=0),
            with_keywords(_whole, "further than the sequence is long", truncation=9),
        ),
        needs=("truncation",),
        counts=False,  # people count the steps in more than one way
    ),
    Stage(
        "Both extras at once",
        (
            with_keywords(_whole, "a loss at each step, cut", dL_dh_seq=_each_step, truncation=3),
            with_keywords(_whole, "cut at each step", dL_dh_seq=_each_step, truncation=0),
        ),
        needs=("dL_dh_seq", "truncation"),
        counts=False,
    ),
)


def shorter(case: Case) -> tuple[Case, ...]:
    """Return, for each step, the case of the sequence that begins there."""
    cache, dL_dh_last, W_xh, W_hh = case.arguments
    return tuple(
        Case(
            f"the sequence from step {t} on",
            ({name: rows[t:] for name, rows in cache.items()}, dL_dh_last, W_xh, W_hh),
        )
        for t in range(len(cache["inputs"]))
    )


def step_terms(case: Case) -> Arrays:
    """Return what each step adds to each weight gradient, stacked over time."""
    cache, dL_dh_last, _, W_hh = case.arguments
    X_seq, h = cache["inputs"], cache["hidden_states"]
    da: Array = np.empty_like(h[1:])  # (T, H)
    dh = dL_dh_last
    for t in reversed(range(len(X_seq))):
        da[t] = dh * (1.0 - h[t + 1] ** 2)
        dh = W_hh.T @ da[t]
    return {
        "W_xh": da[:, :, None] * X_seq[:, None, :],  # (T, H, D)
        "W_hh": da[:, :, None] * h[:-1, None, :],  # (T, H, H)
        "b_h": da,  # (T, H)
    }


def laws(case: Case, got: Arrays) -> tuple[Law, ...]:
    """Say what holds between the learner's own gradients.

    Where D >= H, the gradient at each a_t can be read back from the learner's X_seq gradient.
    """
    cache, dL_dh_last, W_xh, W_hh = case.arguments
    X_seq, h = cache["inputs"], cache["hidden_states"]
    T, D = X_seq.shape
    if len(W_xh) > D:
        return ()
    da = np.linalg.lstsq(W_xh.T, got["X_seq"].T, rcond=None)[0].T  # (T, H)
    dh = da / (1.0 - h[1:] ** 2)
    at_end = np.zeros_like(da)
    at_end[-1] = dL_dh_last
    later = np.vstack([da[1:], np.zeros_like(da[:1])])
    dh_later = np.vstack([dh[1:], np.zeros_like(da[:1])])
    back = Law(
        "dh_t",
        dh,
        {"dL_dh_last at the last step": at_end, "W_hhᵀ da_{t+1}": later @ W_hh},
        {
            "W_hh da_{t+1}": later @ W_hh.T,
            "da_{t+1}": later,
            "dh_{t+1}": dh_later,
            "W_hhᵀ dh_{t+1}": dh_later @ W_hh,
            "dL_dh_last at each step": np.tile(dL_dh_last, (T, 1)),
            "diag(W_hh) da_{t+1}": later * np.diag(W_hh),
            "W_hh⁻¹ da_{t+1}": later @ np.linalg.pinv(W_hh).T,
        },
    )
    arriving = at_end + later @ W_hh
    h_after = np.vstack([h[2:], h[-1:]])
    a = cache["pre_activations"]
    sigmoid = 1.0 / (1.0 + np.exp(-a))
    through = Law(
        "da_t",
        da,
        {"dh_t (1 - h_t²)": arriving * (1.0 - h[1:] ** 2)},
        {
            "dh_t": arriving,
            "dh_t h_t": arriving * h[1:],
            "dh_t h_t²": arriving * h[1:] ** 2,
            "dh_t (1 - h_{t-1}²)": arriving * (1.0 - h[:-1] ** 2),
            "dh_t (1 - h_{t+1}²)": arriving * (1.0 - h_after**2),
            "dh_t (1 - h_t²)²": arriving * (1.0 - h[1:] ** 2) ** 2,
            "dh_t a_t": arriving * a,
            "dh_t a_t²": arriving * a**2,
            "dh_t |h_t|": arriving * np.abs(h[1:]),
            "dh_t h_t³": arriving * h[1:] ** 3,
            "dh_t √(1 - h_t²)": arriving * np.sqrt(1.0 - h[1:] ** 2),
            "dh_t sigmoid'(a_t)": arriving * sigmoid * (1.0 - sigmoid),
            "dh_t where a_t > 0": arriving * (a > 0.0),
        },
    )
    h_later = np.vstack([h[2:], h[-1:]])
    return (
        through,
        back,
        Law(
            "W_hh",
            got["W_hh"],
            {"Σ da_t h_{t-1}ᵀ": da.T @ h[:-1]},
            {
                "Σ da_t h_tᵀ": da.T @ h[1:],
                "Σ h_{t-1} da_tᵀ": h[:-1].T @ da,
                "Σ h_t da_tᵀ": h[1:].T @ da,
                "Σ dh_t h_{t-1}ᵀ": dh.T @ h[:-1],
                "Σ da_t h_{t+1}ᵀ": da.T @ h_later,
                "Σ da_t h_{T-1}ᵀ": da.T @ np.tile(h[-1], (T, 1)),
                "Σ da_t h0ᵀ": da.T @ np.tile(h[0], (T, 1)),
                "Σ da_t a_tᵀ": da.T @ a,
                "Σ da_t a_{t-1}ᵀ": da[1:].T @ a[:-1],
                "da_0 h0ᵀ": np.outer(da[0], h[0]),
                "W_hh itself": W_hh,
            },
        ),
        Law(
            "W_xh",
            got["W_xh"],
            {"Σ da_t x_tᵀ": da.T @ X_seq},
            {
                "Σ dh_t x_tᵀ": dh.T @ X_seq,
                "Σ da_t x_{t-1}ᵀ": da[1:].T @ X_seq[:-1],
                "Σ da_t x_{t+1}ᵀ": da[:-1].T @ X_seq[1:],
                "da_{T-1} x_{T-1}ᵀ": np.outer(da[-1], X_seq[-1]),
                "W_xh itself": W_xh,
            },
        ),
        Law("b_h", got["b_h"], {"Σ da_t": da.sum(axis=0)}, {"Σ dh_t": dh.sum(axis=0)}),
    )


def misconceptions() -> tuple[Misconception, ...]:
    """Load the catalogue."""
    from bptt_lib.checks.misconceptions.rnn_bptt import CATALOGUE

    return CATALOGUE


def right() -> Any:
    """Return the right implementation in exchangeable parts."""
    from bptt_lib.checks.misconceptions.rnn_bptt import RIGHT

    return RIGHT


EXERCISE = Exercise(
    name="rnn_bptt",
    parameters=("cache", "dL_dh_last", "W_xh", "W_hh"),
    reference=rnn_bptt,
    stages=STAGES,
    hints=(
        "Walk from the last step to step 0. Hold one gradient in your hands, the one at h_t; "
        "ask of each step what it does to it and what it leaves behind.",
        "Two gradients meet at h_t: one from the loss, one from step t + 1. Only the last step "
        "has a loss here; each earlier one has nothing but its future.",
        "Each step used all three parameters, so each step adds to all three gradients. What did "
        "W_xh, W_hh and b_h multiply at step t, and in which row of the cache does that stand?",
    ),
    misconceptions=misconceptions,
    right=right,
    shapes={
        "W_xh": "(H, D)",
        "W_hh": "(H, H)",
        "b_h": "(H,)",
        "X_seq": "(T, D)",
        "h0": "(H,)",
    },
    optional=frozenset({"h0"}),
    time={"X_seq": 0},
    backward=True,
    probe=shorter,
    parts=step_terms,
    laws=laws,
)
