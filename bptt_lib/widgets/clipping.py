"""Clipping: one factor for all arrays, one for each array, or a limit for each value."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._guards import Floats
from ..clipping import clip_gradients, global_norm
from ..datasets import delayed_echo
from ..losses import softmax_cross_entropy
from ..params import init_params
from ..rnn import rnn_bptt, rnn_forward_cache
from ..training import training_steps
from .explorer import Control, Explorer, bar_chart, chart

LIMITS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
EPOCHS, RATE = 60, 2.0
Grads = dict[str, Floats]


def each_array(grads: Grads, limit: float) -> Grads:
    """Clip each array to the limit by a factor of its own."""
    return {name: clip_gradients({name: grad}, limit)[name] for name, grad in grads.items()}


def each_value(grads: Grads, limit: float) -> Grads:
    """Cut each single value off at the limit."""
    return {name: np.clip(grad, -limit, limit) for name, grad in grads.items()}


WAYS = {"global norm": clip_gradients, "each array": each_array, "each value": each_value}


def clipping_explorer(seed: int = 0) -> Explorer:
    """Return the explorer of gradient clipping.

    Parameters
    ----------
    seed : int
        Seed of weights and inputs.

    Notes
    -----
    The angle between two gradients is that of all their arrays laid end to end. Only the global
    norm scales everything by one factor, so only it keeps the direction.

    References
    ----------
    R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks",
    ICML 2013, section 3.2.
    """
    grads = _some_gradient(seed)
    unclipped = _losses(seed, np.inf)

    def state(i: int) -> tuple[str, list[dict[str, Any]]]:
        limit = LIMITS[i]
        clipped = {way: clip(grads, limit) for way, clip in WAYS.items()}
        bent = {way: angle(grads, one) for way, one in clipped.items()}
        losses = _losses(seed, limit)
        sentence = (
            f"max_norm {limit:g}: a gradient of norm {global_norm(grads):.2f} is bent by "
            f"{', '.join(f'{way} {degrees:.1f}°' for way, degrees in bent.items())}. "
            f"Trained with this limit the loss ends at {losses[-1]:.2g}, without it at "
            f"{unclipped[-1]:.2g}."
        )
        return sentence, [
            bar_chart(
                "Each array's share of the gradient's length",
                {
                    "before": (f"norm {global_norm(grads):.2f}", _norms(grads)),
                    **{
                        way: (
                            f"norm {global_norm(one):.2f}, bent by {bent[way]:.1f}°",
                            _norms(one),
                        )
                        for way, one in clipped.items()
                    },
                },
                unit="norm",
                turned={"before": 0.0, **bent},
            ),
            chart(
                f"{EPOCHS} epochs with lr = {RATE:g}",
                {f"clipped to {limit:g} (global norm)": losses, "not clipped": unclipped},
                x_label="epoch",
                y_label="loss",
                log_y=True,
                y_range=(0.002, 40.0),
            ),
        ]

    return Explorer(
        "Clipping",
        "Which way of clipping keeps the gradient's direction, and when does training survive?",
        [Control("max_norm", [f"{limit:g}" for limit in LIMITS], start=3)],
        state,
    )


def _norms(grads: Grads) -> dict[str, float]:
    return {name: float(np.linalg.norm(grad)) for name, grad in grads.items()}


def angle(a: Grads, b: Grads) -> float:
    """Return the angle between two gradients in degrees, all arrays laid end to end."""
    u, v = (np.concatenate([one[name].ravel() for name in a]) for one in (a, b))
    cosine = u @ v / (np.linalg.norm(u) * np.linalg.norm(v))
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))


def _some_gradient(seed: int) -> Grads:
    rng = np.random.default_rng(seed)
    params = init_params(3, 8, 3, seed=seed, spectral_radius=1.3)
    W_xh, W_hh = params["W_xh"], params["W_hh"]
    cache = rnn_forward_cache(0.5 * rng.normal(size=(12, 3)), np.zeros(8), W_xh, W_hh, np.zeros(8))
    grads = rnn_bptt(cache, np.zeros(8), W_xh, W_hh, dL_dh_seq=rng.normal(size=(12, 8)))
    return {name: grads[name] for name in ("W_xh", "W_hh", "b_h")}


def _losses(seed: int, limit: float) -> list[float]:
    echo = delayed_echo(steps=40, delay=3, symbols=".ab")
    params = init_params(3, 16, 3, seed=seed)
    run = training_steps(
        echo.X_seq, echo.targets, params, softmax_cross_entropy, RATE, EPOCHS, limit
    )
    return [step.loss for step in run]
