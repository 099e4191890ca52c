"""The four exercises as a learner may solve them, and a lesson with them typed in.

Plain loops on purpose: the library's own functions are checked elsewhere, and what a
lesson has to carry is what its readers write.
"""

from __future__ import annotations

import ast
import copy
import inspect
from collections.abc import Callable
from typing import Any

import nbformat
import numpy as np

from bptt_lib import clip_gradients as clip
from bptt_lib import rnn_bptt as backward
from bptt_lib import rnn_forward_cache as forward


def rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h):
    """Run the cell over the sequence; keep all that its backward pass reads again."""
    states, pre_activations = [np.asarray(h0)], []
    for x in X_seq:
        a = W_xh @ x + W_hh @ states[-1] + b_h
        pre_activations.append(a)
        states.append(np.tanh(a))
    return {
        "inputs": np.array(X_seq),
        "hidden_states": np.array(states),
        "pre_activations": np.array(pre_activations),
    }


def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    """Walk back; at each state add the gradient of its loss and that of its future."""
    X, h = cache["inputs"], cache["hidden_states"]
    T = len(X)
    dW_xh, dW_hh, db_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(h[0])
    dX = np.zeros_like(X)
    dh_from_future = np.zeros_like(h[0])
    for t in reversed(range(T)):
        dh_from_loss = dL_dh_last if t == T - 1 else 0.0
        dh = dh_from_loss + dh_from_future
        da = dh * (1 - h[t + 1] ** 2)
        dW_xh += np.outer(da, X[t])
        dW_hh += np.outer(da, h[t])
        db_h += da
        dX[t] = W_xh.T @ da
        dh_from_future = W_hh.T @ da
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "X_seq": dX}


def clip_gradients(grads, max_norm):
    """Scale all arrays by one factor, so that an explosion cannot throw the weights away."""
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    factor = min(1.0, max_norm / norm) if norm > 0 else 1.0
    return {name: g * factor for name, g in grads.items()}


def train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    """Forward, loss at each step, backward, clip, update; again and again."""
    params = {name: np.array(p) for name, p in params.items()}
    h0 = np.zeros_like(params["b_h"])
    for _ in range(epochs):
        cache = forward(X_seq, h0, params["W_xh"], params["W_hh"], params["b_h"])
        states = cache["hidden_states"][1:]
        outputs = states @ params["W_hy"].T + params["b_y"]
        _, d_outputs = loss_fn(outputs, targets_seq)
        grads = backward(
            cache, np.zeros_like(h0), params["W_xh"], params["W_hh"],
            dL_dh_seq=d_outputs @ params["W_hy"],
        )  # fmt: skip
        grads = {name: grads[name] for name in ("W_xh", "W_hh", "b_h")}
        grads["W_hy"] = d_outputs.T @ states
        grads["b_y"] = d_outputs.sum(axis=0)
        grads = clip(grads, max_norm)
        for name in params:
            params[name] -= lr * grads[name]
    return params


SOLUTIONS: tuple[Callable[..., Any], ...] = (
    rnn_forward_cache,
    rnn_bptt,
    clip_gradients,
    train_rnn_bptt,
)


def solved_source(scaffold: str, solution: Callable[..., Any]) -> str:
    """Return the source of an exercise's cell with `solution` in place of its scaffold."""
    (definition,) = (n for n in ast.parse(scaffold).body if isinstance(n, ast.FunctionDef))
    # Everything above `def`, the decorator among it, stays as the lesson has it.
    above = scaffold.splitlines()[: definition.lineno - 1]
    return "\n".join([*above, inspect.getsource(solution)])


def solved(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy of a lesson with every exercise solved."""
    notebook = copy.deepcopy(notebook)
    by_name = {function.__name__: function for function in SOLUTIONS}
    for cell in notebook.cells:
        name = cell.metadata.get("bptt", {}).get("exercise")
        if name is not None:
            cell.source = solved_source(cell.source, by_name[name])
    return notebook
