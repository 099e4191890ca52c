"""The forward pass in exchangeable parts; with none exchanged, it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import numpy as np

from bptt_lib.checks.report import Array

State = Any  # what is at hand at step t: t, T, x, h, a, h0, X, W_xh, W_hh, b_h


@dataclass(frozen=True, eq=False)
class Forward:
    """`rnn_forward_cache`, each line of it a part; a part gets ``s``, all that the step knows."""

    steps: Callable[[int], Iterable[int]] = range
    start: Callable[[State], Array] = lambda s: s.h0
    x: Callable[[State], Array] = lambda s: s.X[s.t]
    read: Callable[[State], Array] = lambda s: s.h
    a: Callable[[State], Array] = lambda s: s.W_xh @ s.x + s.W_hh @ s.h_prev + s.b_h
    activation: Callable[[State], Array] = lambda s: np.tanh(s.a)
    carry: Callable[[State], Array] = lambda s: s.new
    finish: Callable[[dict[str, Array], State], dict[str, Array]] = lambda cache, s: cache

    def __call__(
        self, X_seq: Array, h0: Array, W_xh: Array, W_hh: Array, b_h: Array
    ) -> dict[str, Array]:
        """Walk forward, part by part."""
        s = SimpleNamespace(X=X_seq, h0=h0, W_xh=W_xh, W_hh=W_hh, b_h=b_h, T=len(X_seq))
        s.h = self.start(s)
        hs = np.zeros((s.T + 1, len(h0)))
        A = np.zeros((s.T, len(h0)))
        hs[0] = s.h
        s.hs = hs
        for t in self.steps(s.T):
            s.t = t
            s.x, s.h_prev = self.x(s), self.read(s)
            s.a = self.a(s)
            s.new = self.activation(s)
            A[t], hs[t + 1] = s.a, s.new
            s.h = self.carry(s)
        return self.finish({"inputs": X_seq.copy(), "hidden_states": hs, "pre_activations": A}, s)


RIGHT = Forward()
