"""The training loop in exchangeable parts; with none exchanged, it is right."""
# ruff: noqa: N815  W_xh and its like are the names of the field

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from bptt_lib.checks.misconceptions._backward import Backward
from bptt_lib.checks.report import Array
from bptt_lib.clipping import clip_gradients
from bptt_lib.rnn import rnn_bptt, rnn_forward_cache

State = Any  # p, X, targets, lr, max_norm, epoch, h0, cache, h, outputs, loss, d, arrives, grads
Params = dict[str, Array]


def all_five(grads: Params, s: State) -> Params:
    """Clip the gradients of the five parameters together."""
    return clip_gradients(grads, s.max_norm)


@dataclass(frozen=True, eq=False)
class Train:
    """`train_rnn_bptt`, each line of an epoch a part; each part gets ``s``, all that is known."""

    epochs: Callable[[State], Iterable[int]] = lambda s: range(s.epochs)
    h0: Callable[[State], Array] = lambda s: np.zeros(len(s.p["b_h"]))
    targets: Callable[[State], Array] = lambda s: s.all_targets
    states: Callable[[State], Array] = lambda s: s.cache["hidden_states"][1:]
    outputs: Callable[[State], Array] = lambda s: s.h @ s.p["W_hy"].T + s.p["b_y"]
    loss_and_d: Callable[[State], Any] = lambda s: s.loss_fn(s.outputs, s.targets)
    arrives: Callable[[State], Array] = lambda s: s.d @ s.p["W_hy"]
    last: Callable[[State], Array] = lambda s: np.zeros(len(s.p["b_h"]))
    truncation: int | None = None
    bptt: Callable[..., Params] = rnn_bptt
    into_W_hy: Callable[[State], Array] = lambda s: s.d.T @ s.h
    into_b_y: Callable[[State], Array] = lambda s: s.d.sum(axis=0)
    change: Callable[[Params, State], Params] = lambda grads, s: grads
    clip: Callable[[Params, State], Params] = all_five
    rate: Callable[[State], float] = lambda s: s.lr
    update: Callable[[str, State], Array] = lambda name, s: s.p[name] - s.rate * s.grads[name]
    finish: Callable[[State], Params] = lambda s: s.p

    def __call__(
        self,
        X_seq: Array,
        targets_seq: Array,
        params: Params,
        loss_fn: Callable[..., Any],
        lr: float,
        epochs: int,
        max_norm: float,
    ) -> Params:
        """Train, part by part."""
        s = SimpleNamespace(
            X=X_seq, all_targets=targets_seq, start=params, p=dict(params), loss_fn=loss_fn
        )
        s.lr, s.epochs, s.max_norm, s.T = lr, epochs, max_norm, len(X_seq)
        s.cache = s.total = None
        for epoch in self.epochs(s):
            s.epoch = epoch
            W_xh, W_hh, b_h = s.p["W_xh"], s.p["W_hh"], s.p["b_h"]
            s.h0 = self.h0(s)
            s.cache = rnn_forward_cache(X_seq, s.h0, W_xh, W_hh, b_h)
            s.h = self.states(s)
            s.outputs = self.outputs(s)
            s.targets = self.targets(s)
            s.loss, s.d = self.loss_and_d(s)
            s.arrives, s.last = self.arrives(s), self.last(s)
            back = self.bptt(
                s.cache,
                s.last,
                W_xh,
                W_hh,
                dL_dh_seq=s.arrives,
                truncation=self.truncation,
            )
            s.dX, s.dh0 = back.pop("X_seq"), back.pop("h0")
            grads = {**back, "W_hy": self.into_W_hy(s), "b_y": self.into_b_y(s)}
            s.grads = self.clip(self.change(grads, s), s)
            s.rate = self.rate(s)
            s.p = {name: self.update(name, s) for name in s.p}
        return self.finish(s)


def with_losses(backward: Backward) -> Callable[..., Params]:
    """Let a mistaken backward pass take gradients at each step, as training needs it."""

    def bptt(
        cache: Params, last: Array, W_xh: Array, W_hh: Array, *, dL_dh_seq: Array, truncation: Any
    ) -> Params:
        def finish(grads: Params, s: State) -> Params:
            return backward.finish({**grads, "h0": s.from_future}, s)

        made = replace(
            backward,
            from_loss=lambda s: dL_dh_seq[s.t] + (last if s.first else 0.0),
            finish=finish,
        )
        return made(cache, last, W_xh, W_hh)

    return bptt


RIGHT = Train()
