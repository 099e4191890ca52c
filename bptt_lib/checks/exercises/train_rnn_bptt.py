"""Exercise 4: the training loop.

Trained parameters tell little by themselves, so what is judged is the step that led to them: the
difference to the initial parameters, divided by the learning rate. After one epoch that is the
clipped gradient itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bptt_lib.checks.diagnosis.laws import Law
from bptt_lib.checks.exercise import Arrays, Case, Exercise, Misconception, Stage
from bptt_lib.checks.exercises._draw import draw_rnn
from bptt_lib.checks.report import Array
from bptt_lib.rnn import rnn_bptt, rnn_forward_cache
from bptt_lib.training import train_rnn_bptt

LossFn = Callable[[Any, Any], tuple[float, Array]]


def weighted_cross_entropy(name: str, weights: Callable[[int], Array]) -> LossFn:
    """Return softmax cross-entropy with a weight for each step: mean, sum, the last step only."""

    def loss_fn(outputs: Any, targets: Any) -> tuple[float, Array]:
        y = as_outputs(outputs, targets)  # (T, V)
        steps = np.arange(len(y))
        w = weights(len(y))  # (T,)
        log_p = y - np.log(np.sum(np.exp(y), axis=1, keepdims=True))
        d = np.exp(log_p)
        d[steps, targets] -= 1.0
        return float(-np.sum(w * log_p[steps, targets])), d * w[:, None]

    loss_fn.__name__ = name
    return loss_fn


def half_squared_error(outputs: Any, targets: Any) -> tuple[float, Array]:
    """Return half the summed squared distance to the one-hot targets."""
    y = as_outputs(outputs, targets)
    d = y - np.eye(y.shape[1])[targets]
    return float(0.5 * np.sum(d**2)), d


def indifferent(outputs: Any, targets: Any) -> tuple[float, Array]:
    """Return a loss that nothing changes: its gradient is zero everywhere."""
    return 1.0, np.zeros_like(as_outputs(outputs, targets))


def as_outputs(outputs: Any, targets: Any) -> Array:
    """Return ``outputs`` as an array, or say what is wrong with it."""
    y = np.array(outputs, dtype=float)
    T = np.shape(targets)
    if y.ndim != 2 or y.shape[:1] != T:
        raise ValueError(
            "loss_fn wants the outputs of all steps at once: outputs of shape (T, V) and targets "
            f"of shape (T,), got {y.shape} and {T}"
        )
    return y


mean_loss = weighted_cross_entropy("mean_loss", lambda T: np.full(T, 1.0 / T))
sum_loss = weighted_cross_entropy("sum_loss", np.ones)
last_loss = weighted_cross_entropy("last_loss", lambda T: np.eye(T)[-1] * 1.5)
first_loss = weighted_cross_entropy("first_loss", lambda T: np.eye(T)[0] * 1.5)
heavy_loss = weighted_cross_entropy("heavy_loss", lambda T: np.full(T, 12.0))
uneven_loss = weighted_cross_entropy("uneven_loss", lambda T: np.linspace(0.3, 1.9, T))


def training_case(
    name: str,
    loss_fn: LossFn,
    *,
    seed: int,
    T: int,
    D: int = 3,
    H: int = 4,
    V: int = 2,
    lr: float = 0.37,
    epochs: int = 1,
    max_norm: float = 1e3,
) -> Case:
    """Draw a sequence, targets and parameters."""
    rng = np.random.default_rng([seed, T])
    rnn = draw_rnn(seed, T, D, H)
    params = {
        "W_xh": rnn.W_xh,
        "W_hh": rnn.W_hh,
        "b_h": rnn.b_h,
        "W_hy": rng.normal(size=(V, H)) / np.sqrt(H),
        "b_y": 0.5 * rng.normal(size=V),
    }
    targets = rng.integers(V, size=T)
    return Case(name, (rnn.X_seq, targets, params, loss_fn, lr, epochs, max_norm))


STAGES = (
    Stage(
        "T = 1, one epoch",
        (training_case("no clipping", sum_loss, seed=41, T=1, H=2),),
    ),
    Stage(
        "T = 2, one epoch",
        (
            training_case("a loss at step 0 only", first_loss, seed=42, T=2, H=2),
            training_case("a loss at step 1 only", last_loss, seed=42, T=2, H=2),
            training_case("a loss at both steps", sum_loss, seed=42, T=2, H=2),
        ),
    ),
    Stage(
        "The whole sequence, one epoch",
        (
            training_case("a loss that is a sum", sum_loss, seed=43, T=6),
            training_case("a loss that is a mean", mean_loss, seed=44, T=6, V=5, lr=0.6),
            training_case("steps weighted unevenly", uneven_loss, seed=45, T=6, D=4, V=4),
            training_case("squared error", half_squared_error, seed=46, T=6, V=3, lr=0.05),
        ),
    ),
    Stage(
        "Clipping",
        (
            training_case("far above the limit", sum_loss, seed=43, T=6, max_norm=0.45),
            training_case(
                "each array below, the whole above", sum_loss, seed=47, T=6, max_norm=3.0
            ),
        ),
    ),
    Stage(
        "Several epochs",
        (
            training_case("without clipping", mean_loss, seed=48, T=4, V=3, epochs=3),
            training_case("with clipping", sum_loss, seed=49, T=4, epochs=4, max_norm=0.8, lr=0.2),
            training_case(
                "a loss that rises and falls", mean_loss, seed=78, T=4, H=3, epochs=8, lr=2.5
            ),
            training_case(
                "clipped to very little, in small steps",
                sum_loss,
                seed=56,
                T=3,
                H=2,
                epochs=2,
                lr=0.03,
                max_norm=0.02,
            ),
        ),
    ),
    Stage(
        "A long sequence",
        (
            training_case(
                "T = 30, clipped to 60",
                heavy_loss,
                seed=58,
                T=30,
                D=2,
                H=2,
                lr=0.05,
                max_norm=60.0,
            ),
        ),
    ),
    Stage(
        "Edge cases",
        (
            training_case("no epoch", sum_loss, seed=50, T=3, epochs=0),
            training_case("lr = 0", sum_loss, seed=51, T=3, lr=0.0, epochs=2),
            training_case("a gradient of zero", indifferent, seed=52, T=3, epochs=2, max_norm=0.5),
            training_case(
                "one unit, one input, one output", half_squared_error, seed=53, T=3, D=1, H=1, V=1
            ),
        ),
    ),
)


def steps_taken(case: Case, arrays: Arrays) -> Arrays:
    """Return (initial - trained) / lr, or the parameters themselves where that says nothing."""
    _, _, params, _, lr, epochs, _ = case.arguments
    if lr == 0.0 or epochs == 0:
        return arrays
    return {
        name: (params[name] - trained) / lr if trained.shape == params[name].shape else trained
        for name, trained in arrays.items()
    }


def step_of(case: Case, name: str) -> str:
    """Say that it is the step of a parameter that is judged, where it is."""
    _, _, _, _, lr, epochs, _ = case.arguments
    return name if lr == 0.0 or epochs == 0 else f"the step of {name}"


def regime(case: Case) -> str:
    """Say what a case asks of the loop."""
    _, _, _, loss_fn, lr, epochs, max_norm = case.arguments
    if epochs == 0 or lr == 0.0:
        return "without a step"
    if loss_fn is indifferent:
        return "with a gradient of zero"
    clipped = "with clipping" if max_norm < 100.0 else "without clipping"
    return f"of {'one epoch' if epochs == 1 else 'several epochs'} {clipped}"


def loss_terms(case: Case) -> Arrays:
    """Return what the loss of each step adds to each gradient in the first epoch."""
    X_seq, targets, p, loss_fn, _, _, _ = case.arguments
    if not regime(case).startswith("of one epoch without"):
        return {}
    h0 = np.zeros(len(p["b_h"]))
    cache = rnn_forward_cache(X_seq, h0, p["W_xh"], p["W_hh"], p["b_h"])
    h = cache["hidden_states"][1:]
    _, d = loss_fn(h @ p["W_hy"].T + p["b_y"], targets)
    each = []
    for t in range(len(d)):
        only = d * (np.arange(len(d)) == t)[:, None]
        back = rnn_bptt(cache, h0, p["W_xh"], p["W_hh"], dL_dh_seq=only @ p["W_hy"])
        each.append({**back, "W_hy": np.outer(d[t], h[t]), "b_y": d[t]})
    return {name: np.stack([grads[name] for grads in each]) for name in p}


def laws(case: Case, got: Arrays) -> tuple[Law, ...]:
    """Say what one step without clipping is made of."""
    if not regime(case).startswith("of one epoch without"):
        return ()
    params = case.arguments[2]
    terms = loss_terms(case)
    return tuple(
        Law(
            f"step of {name}",
            got[name],
            {"its gradient": terms[name].sum(axis=0)},
            {f"{name} itself": params[name], "±1": np.sign(got[name])},
        )
        for name in params
    )


def rounding(case: Case) -> float:
    """Return what float32 may lose in a difference of parameters divided by lr."""
    params, lr, epochs = case.arguments[2], case.arguments[4], case.arguments[5]
    size = max(float(np.max(np.abs(array))) for array in params.values())
    return 2e-7 * size * max(epochs, 1) / lr if lr > 0.0 else 2e-7 * size


def misconceptions() -> tuple[Misconception, ...]:
    """Load the catalogue."""
    from bptt_lib.checks.misconceptions.train_rnn_bptt import CATALOGUE

    return CATALOGUE


def right() -> Any:
    """Return the right implementation in exchangeable parts."""
    from bptt_lib.checks.misconceptions.train_rnn_bptt import RIGHT

    return RIGHT


EXERCISE = Exercise(
    name="train_rnn_bptt",
    parameters=("X_seq", "targets_seq", "params", "loss_fn", "lr", "epochs", "max_norm"),
    reference=train_rnn_bptt,
    stages=STAGES,
    hints=(
        "Write one epoch first, in the order in which things happen: states, outputs, loss, "
        "gradients, clipping, update. The loop is that, epochs times.",
        "loss_fn gives one gradient for each output. Each reaches the output layer directly, and "
        "its hidden state through W_hy; what becomes of it there is the business of BPTT.",
        "The clip looks at one vector made of all five gradients, and nothing else.",
    ),
    misconceptions=misconceptions,
    right=right,
    shapes={
        "W_xh": "(H, D)",
        "W_hh": "(H, H)",
        "b_h": "(H,)",
        "W_hy": "(V, H)",
        "b_y": "(V,)",
    },
    fresh="params",
    view=steps_taken,
    label=step_of,
    label_note="The step of a parameter is (before − after) / lr.",  # noqa: RUF001
    slack=rounding,
    regime=regime,
    parts=loss_terms,
    laws=laws,
    tolerance=3e-4,
)
