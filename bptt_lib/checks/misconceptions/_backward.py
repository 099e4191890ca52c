"""The backward pass in exchangeable parts; with none exchanged, it is right."""
# ruff: noqa: N815  W_xh and its like are the names of the field

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from bptt_lib.checks.report import Array

State = Any  # what is at hand at step t: t, T, x, h, h_prev, a, dh, da, W_xh, W_hh, ...


@dataclass(frozen=True, eq=False)
class Backward:
    """`rnn_bptt`, each line of it a part.

    Each part gets ``s``, which holds all that the step knows.
    """

    steps: Callable[[int], Iterable[int]] = lambda T: reversed(range(T))
    from_loss: Callable[[State], Any] = lambda s: s.dL if s.first else 0.0
    gather: Callable[[State], Any] = lambda s: s.from_loss + s.from_future
    slope: Callable[[State], Any] = lambda s: 1.0 - s.h**2
    through_tanh: Callable[[State], Any] = lambda s: s.dh * s.slope
    back: Callable[[State], Any] = lambda s: s.W_hh.T @ s.da
    into_W_xh: Callable[[State], Any] = lambda s: np.outer(s.da, s.x)
    into_W_hh: Callable[[State], Any] = lambda s: np.outer(s.da, s.h_prev)
    into_b_h: Callable[[State], Any] = lambda s: s.da
    into_X: Callable[[State], Any] = lambda s: s.W_xh.T @ s.da
    row: Callable[[State], int] = lambda s: int(s.t)
    add: Callable[[Any, Any], Any] = lambda total, new: total + new
    finish: Callable[[dict[str, Array], State], dict[str, Array]] = lambda grads, s: grads

    def __call__(
        self, cache: dict[str, Array], dL_dh_last: Array, W_xh: Array, W_hh: Array
    ) -> dict[str, Array]:
        """Walk back, part by part."""
        X, hs, A = cache["inputs"], cache["hidden_states"], cache["pre_activations"]
        s = SimpleNamespace(X=X, hs=hs, A=A, W_xh=W_xh, W_hh=W_hh, dL=dL_dh_last, T=len(X))
        s.from_future, s.first = np.zeros(len(W_hh)), True
        grads: dict[str, Any] = {"W_xh": 0.0, "W_hh": 0.0, "b_h": 0.0}
        dX = np.zeros(X.shape)
        for t in self.steps(s.T):
            s.t, s.x, s.h, s.h_prev, s.a = t, X[t], hs[t + 1], hs[t], A[t]
            s.from_loss = self.from_loss(s)
            s.dh = self.gather(s)
            s.slope = self.slope(s)
            s.da = self.through_tanh(s)
            grads["W_xh"] = self.add(grads["W_xh"], self.into_W_xh(s))
            grads["W_hh"] = self.add(grads["W_hh"], self.into_W_hh(s))
            grads["b_h"] = self.add(grads["b_h"], self.into_b_h(s))
            dX[self.row(s)] = self.into_X(s)
            s.from_future = self.back(s)
            s.first = False
        for name, like in (("W_xh", W_xh), ("W_hh", W_hh), ("b_h", W_hh[0])):
            if np.ndim(grads[name]) == 0:  # no step was taken, or a scalar was added
                grads[name] = np.full(like.shape, grads[name])
        return self.finish({**grads, "X_seq": dX}, s)


RIGHT = Backward()
