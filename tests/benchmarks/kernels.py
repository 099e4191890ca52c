"""Forward and backward three ways, timed in turns; runs natively and in Pyodide alike.

`plain` is what a learner writes: one step of the loop holds every product of
that step. `autograd` differentiates the forward pass by itself. `bptt_lib` is
ours. Each round times all of them, one after the other, so that a busy machine
slows all alike; only the ratios mean anything.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

import autograd
import autograd.numpy as anp
import numpy as np

import bptt_lib

SIZES = [
    {"T": 25, "D": 65, "H": 100, "rounds": 40},
    {"T": 200, "D": 128, "H": 256, "rounds": 8},
]


def plain(X_seq, h0, dL_dh_last, W_xh, W_hh, b_h):
    """BPTT with an outer product for each weight in each step."""
    T = len(X_seq)
    h = [h0]
    for t in range(T):
        h.append(np.tanh(W_xh @ X_seq[t] + W_hh @ h[-1] + b_h))
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
    dX = np.zeros_like(X_seq)
    dh = dL_dh_last
    for t in reversed(range(T)):
        da = dh * (1 - h[t + 1] ** 2)
        dW_xh += np.outer(da, X_seq[t])
        dW_hh += np.outer(da, h[t])
        db_h += da
        dX[t] = W_xh.T @ da
        dh = W_hh.T @ da
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "X_seq": dX, "h0": dh}


def by_autograd(X_seq, h0, dL_dh_last, W_xh, W_hh, b_h):
    """The same gradients by reverse-mode automatic differentiation."""

    def loss(arrays):
        h = arrays["h0"]
        for t in range(len(X_seq)):
            h = anp.tanh(arrays["W_xh"] @ arrays["X_seq"][t] + arrays["W_hh"] @ h + arrays["b_h"])
        return anp.sum(h * dL_dh_last)

    return autograd.grad(loss)({"W_xh": W_xh, "W_hh": W_hh, "b_h": b_h, "X_seq": X_seq, "h0": h0})


def ours(X_seq, h0, dL_dh_last, W_xh, W_hh, b_h):
    """`rnn_forward_cache` and `rnn_bptt`, as imported from `bptt_lib`."""
    cache = bptt_lib.rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h)
    return bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh)


COMPETITORS: dict[str, Callable[..., dict[str, np.ndarray]]] = {
    "bptt_lib": ours,
    "plain": plain,
    "autograd": by_autograd,
}


def problem(T: int, D: int, H: int) -> tuple[np.ndarray, ...]:
    """A run of the given size with gradients that neither vanish nor explode."""
    rng = np.random.default_rng(0)
    return (
        rng.normal(size=(T, D)),
        rng.normal(size=H),
        rng.normal(size=H),
        rng.normal(size=(H, D)) / np.sqrt(D),
        rng.normal(size=(H, H)) / np.sqrt(H),
        np.zeros(H),
    )


def measure() -> list[dict[str, object]]:
    """For each size, each competitor's median milliseconds over rounds taken in turns."""
    rows = []
    for size in SIZES:
        T, D, H, rounds = (size[key] for key in ("T", "D", "H", "rounds"))
        arguments = problem(T, D, H)
        expected = ours(*arguments)
        seconds: dict[str, list[float]] = {name: [] for name in COMPETITORS}
        for name, run in COMPETITORS.items():  # all agree, or there is nothing to compare
            got = run(*arguments)
            for key, value in expected.items():
                np.testing.assert_allclose(got[key], value, rtol=1e-6, atol=1e-9, err_msg=name)
        for _ in range(rounds):
            for name, run in COMPETITORS.items():
                start = time.perf_counter()
                run(*arguments)
                seconds[name].append(time.perf_counter() - start)
        medians = {name: 1e3 * statistics.median(times) for name, times in seconds.items()}
        rows.append({"T": T, "D": D, "H": H, "ms": medians})
    return rows


if __name__ == "__main__":
    print(json.dumps(measure()))
