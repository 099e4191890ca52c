"""Two independent oracles for every gradient: the complex step and HIPS autograd.

Both are asked about the same plain equations, written one step at a time as they stand in
the lesson, and sharing no line with the library. `xp` is NumPy for the one and autograd's
NumPy for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import autograd.numpy as autograd_numpy
import numpy as np
from autograd import grad as autograd_grad
from hypothesis import strategies as st

Arrays = dict[str, Any]

RNN_NAMES = ("X_seq", "h0", "W_xh", "W_hh", "b_h")

# How far off an entry may be, relative to itself and a hundredth of the largest entry; and, in
# the same unit, what rounding leaves of terms of size 1 that cancel.
TOLERANCE = {"float64": 1e-9, "float32": 2e-4}
ROUNDING = 1e-3


# -- the plain equations --------------------------------------------------------------


def rnn_step(xp: Any, arrays: Arrays, x: Any, h: Any) -> Any:
    a = xp.dot(x, arrays["W_xh"].T) + xp.dot(h, arrays["W_hh"].T) + arrays["b_h"]
    return xp.tanh(a)


def hidden_states(xp: Any, arrays: Arrays) -> list[Any]:
    states = [arrays["h0"]]
    for t in range(len(arrays["X_seq"])):
        states.append(rnn_step(xp, arrays, arrays["X_seq"][t], states[-1]))
    return states


def truncated_loss(
    xp: Any, arrays: Arrays, frozen: list[Any], dL_dh: Any, edges: int | None
) -> Any:
    """Return sum_t <dL_dh_t, h_t>, where each h_t only knows its last `edges` edges.

    For each t the network is unrolled anew from the constant state `frozen[t - edges - 1]`, so
    whatever lies before it gets no gradient. It is as slow as it is plain.
    """
    T = len(arrays["X_seq"])
    total = 0.0
    for t in range(1, T + 1):
        start = 0 if edges is None else max(0, t - edges - 1)
        reaches_h0 = edges is None or t <= edges
        h = arrays["h0"] if reaches_h0 else frozen[start]
        for s in range(start, t):
            h = rnn_step(xp, arrays, arrays["X_seq"][s], h)
        total = total + xp.sum(dL_dh[t - 1] * h)
    return total


# -- the two oracles ------------------------------------------------------------------


def complex_step_gradients(loss: Callable[[Any, Arrays], Any], arrays: Arrays) -> Arrays:
    gradients = {name: np.zeros(np.shape(x)) for name, x in arrays.items()}
    for name, x in arrays.items():
        for index in np.ndindex(np.shape(x)):
            moved = np.array(x, dtype=complex)
            moved[index] += 1e-30j
            gradients[name][index] = np.imag(loss(np, {**arrays, name: moved})) / 1e-30
    return gradients


def autograd_gradients(loss: Callable[[Any, Arrays], Any], arrays: Arrays) -> Arrays:
    return dict(autograd_grad(lambda given: loss(autograd_numpy, given))(dict(arrays)))


ORACLES = {"complex step": complex_step_gradients, "autograd": autograd_gradients}


def assert_gradients_match(
    got: Mapping[str, Any],
    loss: Callable[[Any, Arrays], Any],
    arrays: Arrays,
    *,
    dtype: str = "float64",
) -> None:
    """Hold each entry of each gradient to both oracles; a failure shows all the numbers."""
    exact = {name: np.asarray(x, dtype=np.float64) for name, x in arrays.items()}
    said = {oracle: ask(loss, exact) for oracle, ask in ORACLES.items()}
    for name, gradient in got.items():
        assert np.shape(gradient) == np.shape(arrays[name]), name
        assert np.asarray(gradient).dtype == dtype, (name, np.asarray(gradient).dtype)
        for oracle in ORACLES:
            expected = said[oracle][name]
            size = np.abs(expected) + 0.01 * np.abs(expected).max() + ROUNDING
            off = np.abs(gradient - expected) > TOLERANCE[dtype] * size
            if off.any():
                at = tuple(np.argwhere(off)[0])
                others = {o: float(said[o][name][at]) for o in ORACLES}
                raise AssertionError(
                    f"d{name}{[int(i) for i in at]}: the library says {float(gradient[at])!r}, "
                    f"{oracle} differs: {others}"
                )


# -- cases ----------------------------------------------------------------------------


@dataclass(frozen=True)
class RNNCase:
    """A drawn network, its sequence, and the gradients that arrive."""

    T: int
    D: int
    H: int
    B: int | None
    dtype: str
    seed: int
    scale: float = 0.8

    def arrays(self) -> Arrays:
        rng = np.random.default_rng(self.seed)
        batch = () if self.B is None else (self.B,)
        shapes = {
            "X_seq": (self.T, *batch, self.D),
            "h0": (*batch, self.H),
            "W_xh": (self.H, self.D),
            "W_hh": (self.H, self.H),
            "b_h": (self.H,),
        }
        return {
            name: (self.scale * rng.standard_normal(shape)).astype(self.dtype)
            for name, shape in shapes.items()
        }

    def arriving(self) -> tuple[Any, Any]:
        """Return dL_dh_last (H,) and dL_dh_seq (T, H)."""
        rng = np.random.default_rng(self.seed + 1)
        batch = () if self.B is None else (self.B,)
        last = rng.standard_normal((*batch, self.H)).astype(self.dtype)
        return last, rng.standard_normal((self.T, *batch, self.H)).astype(self.dtype)


def rnn_cases(**fixed: Any) -> st.SearchStrategy[RNNCase]:
    drawn: dict[str, Any] = {
        "T": st.integers(1, 5),
        "D": st.integers(1, 4),
        "H": st.integers(1, 4),
        "B": st.none() | st.integers(1, 3),
        "dtype": st.sampled_from(["float64", "float32"]),
        "seed": st.integers(0, 2**16),
    }
    return st.builds(RNNCase, **{**drawn, **{k: st.just(v) for k, v in fixed.items()}})
