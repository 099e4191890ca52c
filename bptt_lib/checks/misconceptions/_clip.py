"""Clipping in exchangeable parts; with none exchanged, it is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from bptt_lib.checks.report import Array

Grads = dict[str, Array]


@dataclass(frozen=True, eq=False)
class Clip:
    """`clip_gradients`: measure, decide, choose a factor, apply it."""

    norm: Callable[[Grads], Any] = lambda g: np.sqrt(sum(np.sum(a**2) for a in g.values()))
    above: Callable[[Any, Any], Any] = lambda norm, limit: norm > limit
    factor: Callable[[Any, Any], Any] = lambda norm, limit: limit / norm
    apply: Callable[[Array, Any, Any], Array] = lambda a, factor, limit: a * factor

    def __call__(self, grads: Grads, max_norm: float) -> Grads:
        """Measure, decide, scale."""
        norm = self.norm(grads)
        if not self.above(norm, max_norm):
            return {name: a.copy() for name, a in grads.items()}
        factor = self.factor(norm, max_norm)
        return {name: self.apply(a, factor, max_norm) for name, a in grads.items()}


RIGHT = Clip()
