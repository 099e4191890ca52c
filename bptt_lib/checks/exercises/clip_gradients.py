"""Exercise 3: clip gradients by their global norm."""

from __future__ import annotations

from typing import Any

import numpy as np

from bptt_lib.checks.exercise import Case, Exercise, Misconception, Stage
from bptt_lib.checks.report import Array
from bptt_lib.clipping import clip_gradients, global_norm


def draw_gradients(seed: int, norm: float, **shapes: tuple[int, ...]) -> dict[str, Array]:
    """Draw arrays of comparable but unequal norms whose global norm is ``norm``."""
    rng = np.random.default_rng(seed)
    arrays = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    norms = norm * np.linspace(0.8, 1.2, len(arrays))
    norms *= norm / np.sqrt(np.sum(norms**2))
    return {
        name: a * length / np.sqrt(np.sum(a**2))
        for (name, a), length in zip(arrays.items(), norms, strict=True)
    }


_RNN = {"W_xh": (4, 3), "W_hh": (4, 4), "b_h": (4,)}
_ALL = {**_RNN, "W_hy": (2, 4), "b_y": (2,)}
_three_four = np.array([3.0, -4.0])
_mixed = draw_gradients(35, 6.0, **_RNN, kernel=(2, 2, 3))
_lopsided = {
    "large": 40.0 * draw_gradients(36, 1.0, a=(3, 3))["a"],
    "small": np.array([0.01, -0.02]),
}
_six = dict(
    reversed(
        draw_gradients(39, 200.0, c=(2,), b=(3, 2), a=(2, 2), e=(4,), d=(1, 3), f=(2,)).items()
    )
)

STAGES = (
    Stage(
        "Below the limit",
        (
            Case("all gradients of an RNN", (draw_gradients(31, 2.1, **_RNN), 2.5)),
            Case("far below", (draw_gradients(32, 0.02, **_ALL), 7.5)),
        ),
    ),
    Stage(
        "Above the limit, one array",
        (
            Case("a vector of norm 5", ({"b_h": _three_four}, 2.5)),
            Case("a matrix", (draw_gradients(33, 0.6, W_hh=(3, 3)), 0.4)),
        ),
    ),
    Stage(
        "Above the limit, several arrays",
        (
            Case("each far above", (draw_gradients(34, 60.0, **_ALL), 3.5)),
            Case("arrays of ranks 1, 2 and 3", (_mixed, 2.2)),
            Case("one large, one small", (_lopsided, 8.0)),
            Case("six arrays, the largest first", (_six, 60.0)),
            Case("down to very little", (draw_gradients(40, 0.9, **_ALL), 0.03)),
        ),
    ),
    Stage(
        "Each array below, the whole above",
        (
            Case("three arrays", (draw_gradients(37, 2.4, **_RNN), 1.7)),
            Case("two vectors", ({"b_h": _three_four, "b_y": 1.1 * _three_four}, 6.0)),
        ),
    ),
    Stage(
        "Edge cases",
        (
            Case("exactly at the limit", ({"b_h": _three_four}, 5.0)),
            Case("a little above", (draw_gradients(38, 1.02, **_RNN), 1.0)),
            Case("nothing but zeros", ({"W": np.zeros((2, 3)), "b": np.zeros(2)}, 0.8)),
            Case("an array of one number", ({"b": np.array([-12.0])}, 4.0)),
        ),
    ),
)


def norms(case: Case) -> tuple[float, float]:
    """Return the global norm before clipping and the limit."""
    grads, max_norm = case.arguments
    return global_norm(grads), max_norm


def regime(case: Case) -> str:
    """Say on which side of the limit a case is."""
    norm, limit = norms(case)
    return "above the limit" if norm > limit else "not above the limit"


def misconceptions() -> tuple[Misconception, ...]:
    """Load the catalogue."""
    from bptt_lib.checks.misconceptions.clip_gradients import CATALOGUE

    return CATALOGUE


def right() -> Any:
    """Return the right implementation in exchangeable parts."""
    from bptt_lib.checks.misconceptions.clip_gradients import RIGHT

    return RIGHT


EXERCISE = Exercise(
    name="clip_gradients",
    parameters=("grads", "max_norm"),
    reference=clip_gradients,
    stages=STAGES,
    hints=(
        "Think of all entries of all arrays written into one long vector. Its length is the only "
        "thing that is looked at, and the only thing that is changed.",
        "All arrays are multiplied by one and the same number. What is it when the vector is "
        "already short enough?",
    ),
    misconceptions=misconceptions,
    right=right,
    fresh="grads",
    regime=regime,
)
