"""Right ways to write `rnn_forward_cache`."""

from functools import reduce
from itertools import accumulate

import numpy as np


def lists_of_vectors(X_seq, h0, W_xh, W_hh, b_h):
    hidden_states, pre_activations = [h0], []
    for x in X_seq:
        a = W_xh @ x + W_hh @ hidden_states[-1] + b_h
        pre_activations.append(a)
        hidden_states.append(np.tanh(a))
    return {
        "inputs": list(X_seq),
        "hidden_states": hidden_states,
        "pre_activations": pre_activations,
    }


def preallocated(X_seq, h0, W_xh, W_hh, b_h):
    T, H = X_seq.shape[0], h0.shape[0]
    h = np.zeros((T + 1, H))
    a = np.zeros((T, H))
    h[0] = h0
    for t in range(T):
        a[t] = W_xh.dot(X_seq[t]) + W_hh.dot(h[t]) + b_h
        h[t + 1] = np.tanh(a[t])
    return {"inputs": X_seq, "hidden_states": h, "pre_activations": a}


def projected_first(X_seq, h0, W_xh, W_hh, b_h):
    a = X_seq @ W_xh.T + b_h
    h = [h0]
    for t in range(len(X_seq)):
        a[t] += h[t] @ W_hh.T
        h.append(np.tanh(a[t]))
    return dict(inputs=X_seq.copy(), hidden_states=np.array(h), pre_activations=a)  # noqa: C408


def with_accumulate(X_seq, h0, W_xh, W_hh, b_h):
    states = list(accumulate(X_seq, lambda h, x: np.tanh(W_xh @ x + W_hh @ h + b_h), initial=h0))
    pre = [W_xh @ x + W_hh @ h + b_h for x, h in zip(X_seq, states)]  # noqa: B905
    return {"inputs": X_seq, "hidden_states": states, "pre_activations": pre}


def with_reduce(X_seq, h0, W_xh, W_hh, b_h):
    def step(done, x):
        hs, a_s = done
        a = np.einsum("hd,d->h", W_xh, x) + np.einsum("hk,k->h", W_hh, hs[-1]) + b_h
        return [*hs, np.tanh(a)], [*a_s, a]

    hs, a_s = reduce(step, X_seq, ([h0], []))
    return {"inputs": X_seq, "hidden_states": np.stack(hs), "pre_activations": np.stack(a_s)}


def recursive(X_seq, h0, W_xh, W_hh, b_h):
    def unroll(t, h):
        if t == len(X_seq):
            return [], []
        a = W_xh @ X_seq[t] + W_hh @ h + b_h
        new = np.tanh(a)
        states, pre = unroll(t + 1, new)
        return [new, *states], [a, *pre]

    states, pre = unroll(0, h0)
    return {"inputs": X_seq, "hidden_states": [h0, *states], "pre_activations": pre}


def float32(X_seq, h0, W_xh, W_hh, b_h):
    X, h, Wx, Wh, b = (np.asarray(v, dtype=np.float32) for v in (X_seq, h0, W_xh, W_hh, b_h))
    hs, pre = [h], []
    for x in X:
        pre.append(Wx @ x + Wh @ hs[-1] + b)
        hs.append(np.tanh(pre[-1]))
    return {"inputs": X, "hidden_states": np.array(hs), "pre_activations": np.array(pre)}


def one_big_matrix(X_seq, h0, W_xh, W_hh, b_h):
    W = np.hstack([W_xh, W_hh, b_h[:, None]])
    h, pre = [h0], []
    for x in X_seq:
        pre.append(W @ np.concatenate([x, h[-1], [1.0]]))
        h.append(np.tanh(pre[-1]))
    return {"inputs": X_seq, "hidden_states": h, "pre_activations": pre}


def plain_python_numbers(X_seq, h0, W_xh, W_hh, b_h):
    from math import tanh

    h = [list(map(float, h0))]
    pre = []
    for x in X_seq.tolist():
        row = []
        for i in range(len(h0)):
            total = float(b_h[i])
            for j in range(len(x)):
                total += W_xh[i, j] * x[j]
            for j in range(len(h0)):
                total += W_hh[i, j] * h[-1][j]
            row.append(total)
        pre.append(row)
        h.append([tanh(v) for v in row])
    return {"inputs": X_seq.tolist(), "hidden_states": h, "pre_activations": pre}


def tanh_by_exponentials(X_seq, h0, W_xh, W_hh, b_h):
    h, pre = [h0.copy()], []
    for x in X_seq:
        a = b_h + x @ W_xh.T + h[-1] @ W_hh.T
        pre.append(a)
        h.append(1 - 2 / (np.exp(2 * a) + 1))
    return {"inputs": X_seq, "hidden_states": np.vstack(h), "pre_activations": np.vstack(pre)}


def extra_keys(X_seq, h0, W_xh, W_hh, b_h):
    cache = {"inputs": [], "hidden_states": [h0], "pre_activations": [], "T": len(X_seq)}
    h = h0
    for t, x in enumerate(X_seq):
        a = W_xh @ x + W_hh @ h + b_h
        h = np.tanh(a)
        cache["inputs"].append(x)
        cache["pre_activations"].append(a)
        cache["hidden_states"].append(h)
        cache[f"step {t}"] = (x, a, h)
    return cache


class Cell:
    """A class with a method for one step."""

    def __init__(self, W_xh, W_hh, b_h):
        self.W_xh, self.W_hh, self.b_h = W_xh, W_hh, b_h

    def __call__(self, x, h):
        a = self.W_xh @ x + self.W_hh @ h + self.b_h
        return a, np.tanh(a)


def with_a_class(X_seq, h0, W_xh, W_hh, b_h, verbose=False):
    cell = Cell(W_xh, W_hh, b_h)
    h = h0
    hs, pre = np.empty((0, len(h0))), np.empty((0, len(h0)))
    hs = np.vstack([hs, h])
    for x in X_seq:
        a, h = cell(x, h)
        pre, hs = np.vstack([pre, a]), np.vstack([hs, h])
    return {"inputs": np.array(X_seq), "hidden_states": hs, "pre_activations": pre}


def while_loop_with_columns(X_seq, h0, W_xh, W_hh, b_h):
    h = h0.reshape(-1, 1)
    b = b_h.reshape(-1, 1)
    hs, pre = [h0], []
    t = 0
    while t < X_seq.shape[0]:
        a = np.dot(W_xh, X_seq[t].reshape(-1, 1)) + np.dot(W_hh, h) + b
        h = np.tanh(a)
        pre.append(a.ravel())
        hs.append(h.ravel())
        t += 1
    return {"inputs": X_seq, "hidden_states": np.array(hs), "pre_activations": np.array(pre)}


def keyword_names_after(X_seq, h0, W_xh, W_hh, b_h, *, activation=np.tanh):
    hs, pre = np.tile(h0, (len(X_seq) + 1, 1)), np.full((len(X_seq), len(h0)), np.nan)
    for t, x in enumerate(X_seq):
        np.add(np.matmul(W_xh, x), np.matmul(W_hh, hs[t]), out=pre[t])
        pre[t] += b_h
        hs[t + 1] = activation(pre[t])
    return {"pre_activations": pre, "hidden_states": hs, "inputs": X_seq}


VARIANTS = (
    lists_of_vectors,
    preallocated,
    projected_first,
    with_accumulate,
    with_reduce,
    recursive,
    float32,
    one_big_matrix,
    plain_python_numbers,
    tanh_by_exponentials,
    extra_keys,
    with_a_class,
    while_loop_with_columns,
    keyword_names_after,
)
