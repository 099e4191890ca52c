"""Vanishing and exploding: a gradient's norm against distance, as W_hh is scaled through 1."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from ..flow import gradient_norms_through_time, step_jacobians
from ..params import init_params
from ..rnn import rnn_forward_cache
from .explorer import Control, Explorer, chart

RADII = np.round(np.arange(0.5, 1.525, 0.05), 2)
LOUD = {"off: no input, tanh on its straight part": 0.0, "on: with inputs": 1.5}


def vanishing_explorer(T: int = 30, H: int = 16, seed: int = 0) -> Explorer:
    """Return the explorer of vanishing and exploding gradients.

    Parameters
    ----------
    T, H : int
        Steps and hidden units.
    seed : int
        Seed of weights and inputs.

    Notes
    -----
    The prediction is ``rho ** d`` for spectral radius rho and distance d. Measured is what BPTT
    does: a product of step Jacobians ``diag(1 - h_t**2) W_hh``, which saturation can only shrink.

    References
    ----------
    R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks",
    ICML 2013.
    """
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(T, 3))  # (T, D)
    dL_dh_last = np.ones(H) / np.sqrt(H)  # (H,)  of length 1

    @cache
    def run(i: int, loud: float) -> tuple[Any, Any]:
        params = init_params(3, H, 3, seed=seed, spectral_radius=float(RADII[i]))
        W_hh = params["W_hh"]
        states = rnn_forward_cache(loud * noise, np.zeros(H), params["W_xh"], W_hh, params["b_h"])
        norms = gradient_norms_through_time(states, W_hh, dL_dh_last)
        sizes = np.linalg.svd(step_jacobians(states, W_hh), compute_uv=False)  # (T, H)
        return norms, sizes

    def state(i: int, j: int) -> tuple[str, list[dict[str, Any]]]:
        (name, loud), rho = list(LOUD.items())[j], float(RADII[i])
        norms, sizes = run(i, loud)
        measured = float((norms[-1] / norms[T // 3]) ** (1 / (T - T // 3)))
        fate = "vanishes" if norms[-1] < 0.1 else "explodes" if norms[-1] > 10 else "lives on"
        sentence = (
            f"Spectral radius {rho:.2f}, saturation {name.split(':')[0]}: {T} steps back the "
            f"gradient {fate}, its norm is {norms[-1]:.2g} of what it was. Each step multiplies it "
            f"by about {measured:.2f}; the spectral radius alone predicts {rho:.2f}."
        )
        return sentence, [
            chart(
                "The gradient on its way back",
                {
                    "measured": norms,
                    "predicted: radius ** distance": norms[0] * rho ** np.arange(T + 1),
                },
                x_label="steps back from the loss",
                y_label="norm of the gradient",
                log_y=True,
                y_range=(1e-9, 1e6),
            ),
            chart(
                "Singular values of the step Jacobians",
                {
                    "largest over the steps": sizes.max(axis=0),
                    "smallest over the steps": sizes.min(axis=0),
                },
                x_label="singular value, from the largest",
                y_label="size",
                y_range=(0.0, 3.5),
                rule=(1.0, "1: neither grows nor shrinks"),
            ),
        ]

    return Explorer(
        "Vanishing and exploding",
        "At which spectral radius does a gradient live longest, and what does saturation do?",
        [
            Control("Spectral radius of W_hh", [f"{rho:.2f}" for rho in RADII], start=10),
            Control("Saturation", list(LOUD), as_choice=True),
        ],
        state,
    )
