"""From BPTT to attention: how far a gradient must travel to each input, and what is left of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..flow import attention_input_gradients
from ..params import init_params
from ..rnn import rnn_bptt, rnn_forward_cache
from .explorer import Control, Explorer, chart

LENGTHS = tuple(range(2, 42, 2))
RADII = (0.7, 0.9, 1.1)


def attention_explorer(D: int = 4, H: int = 8, seed: int = 0) -> Explorer:
    """Return the explorer that puts an RNN beside single-head causal attention.

    Parameters
    ----------
    D, H : int
        Sizes of the inputs and of the hidden state.
    seed : int
        Seed of weights and inputs.

    Notes
    -----
    Both read the same sequence, and the loss stands at the last output. The RNN's gradient at
    x_t has crossed T - 1 - t step Jacobians; attention's has crossed one attention step, whose
    weights sum to 1 over all positions.

    References
    ----------
    A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, table 1.
    """
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(max(LENGTHS), D))  # (T, D)
    W_q, W_k, W_v = (rng.normal(size=(H, D)) / np.sqrt(D) for _ in range(3))  # (H, D)
    d_out = np.ones(H) / np.sqrt(H)  # (H,)  of length 1

    def state(i: int, j: int) -> tuple[str, list[dict[str, Any]]]:
        T = LENGTHS[i]
        params = init_params(D, H, D, seed=seed, spectral_radius=RADII[j])
        W_xh, W_hh = params["W_xh"], params["W_hh"]
        cache = rnn_forward_cache(X[:T], np.zeros(H), W_xh, W_hh, params["b_h"])
        by_rnn = rnn_bptt(cache, d_out, W_xh, W_hh)["X_seq"]  # (T, D)
        by_attention = attention_input_gradients(X[:T], W_q, W_k, W_v, d_out)  # (T, D)
        rnn, attention = (np.linalg.norm(g, axis=1)[::-1] for g in (by_rnn, by_attention))
        sentence = (
            f"{T} steps, spectral radius {RADII[j]:g}: the first input is {T - 1} Jacobians away "
            f"in the RNN and one step away in attention. The gradient there has norm {rnn[-1]:.1e} "
            f"in the RNN and {attention[-1]:.1e} in attention; at the last input {rnn[0]:.1e} and "
            f"{attention[0]:.1e}."
        )
        return sentence, [
            chart(
                "Gradient at each input",
                {"RNN": rnn, "attention": attention},
                x_label="distance from the loss, in steps",
                y_label="norm of dL/dx",
                log_y=True,
                y_range=(1e-8, 10.0),
            ),
            chart(
                "Length of the path",
                {"RNN": np.arange(T) + 1, "attention": np.ones(T)},
                x_label="distance from the loss, in steps",
                y_label="steps on the way",
                y_range=(0.0, max(LENGTHS)),
            ),
        ]

    return Explorer(
        "From BPTT to attention",
        "How does the gradient at a far input depend on the distance, with and without recurrence?",
        [
            Control("Length of the sequence", [str(T) for T in LENGTHS], start=9),
            Control("Spectral radius of W_hh", [f"{rho:g}" for rho in RADII], 1, as_choice=True),
        ],
        state,
    )
