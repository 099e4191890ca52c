"""Numbers for the cases: drawn once from a seed, of sizes at which gradients live."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from bptt_lib.checks.report import Array


class Rnn(NamedTuple):
    """The arguments of a forward pass."""

    X_seq: Array  # (T, D)
    h0: Array  # (H,)
    W_xh: Array  # (H, D)
    W_hh: Array  # (H, H)
    b_h: Array  # (H,)


def draw_rnn(seed: int, T: int, D: int, H: int, *, scale: float = 1.0) -> Rnn:
    """Draw an RNN with a sequence: ``h0`` is not zero and ``W_hh`` not symmetric."""
    rng = np.random.default_rng(seed)
    return Rnn(
        X_seq=scale * rng.normal(size=(T, D)),
        h0=rng.uniform(0.2, 0.9, size=H) * rng.choice([-1.0, 1.0], size=H),
        W_xh=rng.normal(size=(H, D)) / np.sqrt(D),
        W_hh=rng.normal(size=(H, H)) / np.sqrt(H),
        b_h=0.5 * rng.normal(size=H),
    )


def silence(rnn: Rnn, *names: str) -> Rnn:
    """Set the named arguments to zero."""
    return rnn._replace(**{name: np.zeros_like(getattr(rnn, name)) for name in names})
