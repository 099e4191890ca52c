"""Right ways to write `train_rnn_bptt`."""

import numpy as np

import bptt_lib
from bptt_lib.checks import best
from tests.checks.variants.clip_gradients import as_torch_does
from tests.checks.variants.rnn_bptt import textbook as four_argument_bptt
from tests.checks.variants.rnn_forward_cache import lists_of_vectors


def with_the_best(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    forward, backward, clip = best("rnn_forward_cache"), best("rnn_bptt"), best("clip_gradients")
    params = {k: v.copy() for k, v in params.items()}
    for _ in range(epochs):
        h0 = np.zeros(len(params["b_h"]))
        cache = forward(X_seq, h0, params["W_xh"], params["W_hh"], params["b_h"])
        h = np.asarray(cache["hidden_states"])[1:]
        outputs = h @ params["W_hy"].T + params["b_y"]
        _, d = loss_fn(outputs, targets_seq)
        back = backward(
            cache, np.zeros_like(h0), params["W_xh"], params["W_hh"], dL_dh_seq=d @ params["W_hy"]
        )
        grads = {k: back[k] for k in ("W_xh", "W_hh", "b_h")}
        grads["W_hy"], grads["b_y"] = d.T @ h, d.sum(axis=0)
        grads = clip(grads, max_norm)
        for k in params:
            params[k] -= lr * grads[k]
    return params


def last_row_apart(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    p = dict(params)
    for _ in range(epochs):
        cache = bptt_lib.rnn_forward_cache(
            X_seq, np.zeros_like(p["b_h"]), p["W_xh"], p["W_hh"], p["b_h"]
        )
        h = cache["hidden_states"][1:]
        _, d = loss_fn((p["W_hy"] @ h.T).T + p["b_y"], targets_seq)
        dh = d @ p["W_hy"]
        last = dh[-1].copy()
        dh[-1] = 0
        g = bptt_lib.rnn_bptt(cache, last, p["W_xh"], p["W_hh"], dL_dh_seq=dh)
        del g["X_seq"], g["h0"]
        g["W_hy"] = sum(np.outer(d[t], h[t]) for t in range(len(d)))
        g["b_y"] = sum(d)
        g = bptt_lib.clip_gradients(g, max_norm)
        p = {k: p[k] - lr * g[k] for k in p}
    return p


def all_inline(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    W_xh, W_hh, b_h, W_hy, b_y = (
        np.array(params[k]) for k in ("W_xh", "W_hh", "b_h", "W_hy", "b_y")
    )
    T = len(X_seq)
    for _epoch in range(epochs):
        hs = [np.zeros(len(b_h))]
        for t in range(T):
            hs.append(np.tanh(W_xh @ X_seq[t] + W_hh @ hs[-1] + b_h))
        ys = np.array([W_hy @ h + b_y for h in hs[1:]])
        _, dys = loss_fn(ys, targets_seq)
        gW_xh, gW_hh, gb_h = np.zeros_like(W_xh), np.zeros_like(W_hh), np.zeros_like(b_h)
        gW_hy, gb_y = np.zeros_like(W_hy), np.zeros_like(b_y)
        dh_next = np.zeros_like(b_h)
        for t in reversed(range(T)):
            gW_hy += np.outer(dys[t], hs[t + 1])
            gb_y += dys[t]
            dh = W_hy.T @ dys[t] + dh_next
            da = (1 - hs[t + 1] ** 2) * dh
            gW_xh += np.outer(da, X_seq[t])
            gW_hh += np.outer(da, hs[t])
            gb_h += da
            dh_next = W_hh.T @ da
        gs = [gW_xh, gW_hh, gb_h, gW_hy, gb_y]
        norm = np.sqrt(sum(np.sum(g**2) for g in gs))
        if norm > max_norm:
            gs = [g * max_norm / norm for g in gs]
        W_xh, W_hh, b_h, W_hy, b_y = (
            W - lr * g
            for W, g in zip((W_xh, W_hh, b_h, W_hy, b_y), gs)  # noqa: B905
        )
    return {"W_xh": W_xh, "W_hh": W_hh, "b_h": b_h, "W_hy": W_hy, "b_y": b_y}


def once_for_each_loss(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    """A four-argument backward pass, called for each step's loss on the sequence up to it."""
    p = {k: np.copy(v) for k, v in params.items()}
    for _ in range(epochs):
        cache = lists_of_vectors(X_seq, np.zeros(len(p["b_h"])), p["W_xh"], p["W_hh"], p["b_h"])
        hs = np.array(cache["hidden_states"])
        _, d = loss_fn(hs[1:] @ p["W_hy"].T + p["b_y"], targets_seq)
        grads = {k: np.zeros_like(v) for k, v in p.items()}
        for t in range(len(X_seq)):
            part = {
                "inputs": X_seq[: t + 1],
                "hidden_states": hs[: t + 2],
                "pre_activations": np.array(cache["pre_activations"])[: t + 1],
            }
            g = four_argument_bptt(part, p["W_hy"].T @ d[t], p["W_xh"], p["W_hh"])
            for k in ("W_xh", "W_hh", "b_h"):
                grads[k] += g[k]
            grads["W_hy"] += np.outer(d[t], hs[t + 1])
            grads["b_y"] += d[t]
        grads = as_torch_does(grads, max_norm)
        for k, g in grads.items():
            p[k] = p[k] - lr * g
    return p


def from_the_library(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    return bptt_lib.train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm)


def last_of_the_steps(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    result = {k: v.copy() for k, v in params.items()}
    for step in bptt_lib.training_steps(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
        result = step.params
    return result


def float32(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    p = {k: v.astype(np.float32) for k, v in params.items()}
    return all_inline(
        X_seq.astype(np.float32), targets_seq, p, loss_fn, np.float32(lr), epochs, max_norm
    )


def vectorised_weights(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    p = params
    for _ in range(epochs):
        h = np.zeros((len(X_seq) + 1, len(p["b_h"])))
        proj = X_seq @ p["W_xh"].T + p["b_h"]
        for t, row in enumerate(proj):
            h[t + 1] = np.tanh(row + p["W_hh"] @ h[t])
        _, d = loss_fn(h[1:] @ p["W_hy"].T + p["b_y"], targets_seq)
        da = d @ p["W_hy"]
        for t in range(len(da) - 1, -1, -1):
            if t + 1 < len(da):
                da[t] += da[t + 1] @ p["W_hh"]
            da[t] *= 1 - h[t + 1] ** 2
        g = {
            "W_xh": da.T @ X_seq,
            "W_hh": da.T @ h[:-1],
            "b_h": da.sum(0),
            "W_hy": d.T @ h[1:],
            "b_y": d.sum(0),
        }
        norm = np.linalg.norm(np.concatenate([v.ravel() for v in g.values()]))
        step = lr * min(1.0, max_norm / (norm + 1e-6))
        p = {k: p[k] - step * g[k] for k in g}
    return {k: np.array(v) for k, v in p.items()}


def recording_losses(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm, history=None):
    history = [] if history is None else history
    p = {name: value + 0.0 for name, value in params.items()}
    epoch = 0
    while epoch < epochs:
        cache = bptt_lib.rnn_forward_cache(
            X_seq, np.zeros(p["W_hh"].shape[0]), p["W_xh"], p["W_hh"], p["b_h"]
        )
        outputs = np.stack([p["W_hy"].dot(h) + p["b_y"] for h in cache["hidden_states"][1:]])
        loss, d = loss_fn(outputs, targets_seq)
        history.append(float(loss))
        loss_again, _ = loss_fn(outputs, targets_seq)
        history.append(float(loss_again))
        g = bptt_lib.rnn_bptt(
            cache,
            np.zeros(p["W_hh"].shape[0]),
            p["W_xh"],
            p["W_hh"],
            dL_dh_seq=np.array([p["W_hy"].T @ row for row in d]),
        )
        g = {
            "b_y": d.sum(0),
            "W_hy": np.einsum("tv,th->vh", d, cache["hidden_states"][1:]),
            "b_h": g["b_h"],
            "W_hh": g["W_hh"],
            "W_xh": g["W_xh"],
        }
        g = bptt_lib.clip_gradients(g, max_norm)
        for name in p:
            p[name] = p[name] - lr * g[name]
        epoch += 1
    return {**p, "history": history}


def recursive_epochs(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    if epochs == 0:
        return dict(params)
    one = all_inline(X_seq, targets_seq, params, loss_fn, lr, 1, max_norm)
    return recursive_epochs(X_seq, targets_seq, one, loss_fn, lr, epochs - 1, max_norm)


VARIANTS = (
    with_the_best,
    last_row_apart,
    all_inline,
    once_for_each_loss,
    from_the_library,
    last_of_the_steps,
    float32,
    vectorised_weights,
    recording_losses,
    recursive_epochs,
)
