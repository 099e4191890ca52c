"""Right ways to write `rnn_bptt`."""

import numpy as np


def textbook(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    T = len(X)
    dW_xh, dW_hh = np.zeros_like(W_xh), np.zeros_like(W_hh)
    db_h = np.zeros(W_hh.shape[0])
    dX = np.zeros_like(X)
    dh_from_future = dL_dh_last
    for t in reversed(range(T)):
        da = dh_from_future * (1 - h[t + 1] ** 2)
        dW_xh += np.outer(da, X[t])
        dW_hh += np.outer(da, h[t])
        db_h += da
        dX[t] = W_xh.T @ da
        dh_from_future = W_hh.T @ da
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "X_seq": dX}


def with_h0(cache, dL_dh_last, W_xh, W_hh):
    X, h, a = cache["inputs"], cache["hidden_states"], cache["pre_activations"]
    grads = {"W_xh": 0, "W_hh": 0, "b_h": 0, "X_seq": []}
    dh = dL_dh_last
    for x, before, pre in list(zip(X, h, a))[::-1]:  # noqa: B905
        da = dh / np.cosh(pre) ** 2
        grads["W_xh"] = grads["W_xh"] + da[:, None] * x[None, :]
        grads["W_hh"] = grads["W_hh"] + da[:, None] * before[None, :]
        grads["b_h"] = grads["b_h"] + da
        grads["X_seq"].insert(0, da @ W_xh)
        dh = da @ W_hh
    grads["h0"] = dh
    return grads


def weights_after_the_loop(cache, dL_dh_last, W_xh, W_hh):
    h = np.asarray(cache["hidden_states"])
    slope = 1 - h[1:] ** 2
    da = np.empty_like(slope)
    dh = dL_dh_last
    for t in range(len(slope) - 1, -1, -1):
        da[t] = dh * slope[t]
        dh = da[t] @ W_hh
    return {
        "W_xh": da.T @ cache["inputs"],
        "W_hh": da.T @ h[:-1],
        "b_h": da.sum(axis=0),
        "X_seq": da @ W_xh,
        "h0": dh,
    }


def einsum(cache, dL_dh_last, W_xh, W_hh):
    h = cache["hidden_states"]
    T, H = cache["pre_activations"].shape
    da = np.zeros((T, H))
    g = dL_dh_last
    for t in range(T)[::-1]:
        da[t] = np.einsum("i,i->i", g, 1.0 - np.square(h[t + 1]))
        g = np.einsum("ij,i->j", W_hh, da[t])
    return {
        "W_xh": np.einsum("ti,tj->ij", da, cache["inputs"]),
        "W_hh": np.einsum("ti,tj->ij", da, h[:-1]),
        "b_h": np.einsum("ti->i", da),
        "X_seq": np.einsum("ij,ti->tj", W_xh, da),
    }


def explicit_jacobians(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    T, H = len(X), len(dL_dh_last)
    out = {"W_xh": np.zeros_like(W_xh), "W_hh": np.zeros_like(W_hh), "b_h": np.zeros(H)}
    dX = []
    for t in range(T):  # forward in time: the product of Jacobians from t to the end
        J = np.eye(H)
        for k in range(t + 1, T):
            J = np.diag(1 - h[k + 1] ** 2) @ W_hh @ J
        da = np.diag(1 - h[t + 1] ** 2) @ J.T @ dL_dh_last
        out["W_xh"] += np.outer(da, X[t])
        out["W_hh"] += np.outer(da, h[t])
        out["b_h"] += da
        dX.append(W_xh.T @ da)
    return {**out, "X_seq": np.array(dX)}


def recursive(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]

    def back(t, dh):
        if t < 0:
            zero = np.zeros
            return zero(W_xh.shape), zero(W_hh.shape), zero(len(dh)), []
        da = dh * (1 - h[t + 1]) * (1 + h[t + 1])
        a, b, c, rows = back(t - 1, W_hh.T @ da)
        return a + np.outer(da, X[t]), b + np.outer(da, h[t]), c + da, [*rows, W_xh.T @ da]

    dW_xh, dW_hh, db, rows = back(len(X) - 1, dL_dh_last)
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db, "X_seq": rows}


def float32(cache, dL_dh_last, W_xh, W_hh):
    c = {k: np.asarray(v, np.float32) for k, v in cache.items()}
    return textbook(
        c, dL_dh_last.astype(np.float32), W_xh.astype(np.float32), W_hh.astype(np.float32)
    )


def columns_as_in_min_char_rnn(cache, dL_dh_last, W_xh, W_hh):
    xs = {t: x[:, None] for t, x in enumerate(cache["inputs"])}
    hs = {t - 1: h[:, None] for t, h in enumerate(cache["hidden_states"])}
    dWxh, dWhh = np.zeros_like(W_xh), np.zeros_like(W_hh)
    dbh, dx = np.zeros((len(W_hh), 1)), {}
    dhnext = dL_dh_last[:, None]
    for t in reversed(range(len(xs))):
        dhraw = (1 - hs[t] * hs[t]) * dhnext
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t - 1].T)
        dx[t] = np.dot(W_xh.T, dhraw)
        dhnext = np.dot(W_hh.T, dhraw)
    return {
        "W_xh": dWxh,
        "W_hh": dWhh,
        "b_h": dbh.ravel(),
        "X_seq": np.hstack([dx[t] for t in range(len(xs))]).T,
    }


def with_loss_at_each_step(cache, dL_dh_last, W_xh, W_hh, *, dL_dh_seq=None):
    h = cache["hidden_states"]
    T = len(cache["inputs"])
    from_loss = np.zeros((T, len(dL_dh_last))) if dL_dh_seq is None else np.array(dL_dh_seq)
    from_loss[-1] += dL_dh_last
    da, dh_from_future = np.zeros_like(from_loss), np.zeros(len(dL_dh_last))
    for t in range(T - 1, -1, -1):
        dh = from_loss[t] + dh_from_future
        da[t] = dh * (1 - h[t + 1] ** 2)
        dh_from_future = W_hh.T @ da[t]
    return {
        "W_xh": da.T @ cache["inputs"],
        "W_hh": da.T @ h[:T],
        "b_h": da.sum(0),
        "X_seq": da @ W_xh,
        "h0": dh_from_future,
    }


def plain_loops(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"].tolist(), cache["hidden_states"].tolist()
    H, D = len(W_xh), len(W_xh[0])
    gx = [[0.0] * D for _ in range(H)]
    gh = [[0.0] * H for _ in range(H)]
    gb = [0.0] * H
    gX = [None] * len(X)
    dh = list(dL_dh_last)
    for t in range(len(X) - 1, -1, -1):
        da = [dh[i] * (1 - h[t + 1][i] ** 2) for i in range(H)]
        for i in range(H):
            gb[i] += da[i]
            for j in range(D):
                gx[i][j] += da[i] * X[t][j]
            for j in range(H):
                gh[i][j] += da[i] * h[t][j]
        gX[t] = [sum(W_xh[i][j] * da[i] for i in range(H)) for j in range(D)]
        dh = [sum(W_hh[i][j] * da[i] for i in range(H)) for j in range(H)]
    return {"W_xh": gx, "W_hh": gh, "b_h": gb, "X_seq": gX}


def dual_sensitivity(cache, dL_dh_last, W_xh, W_hh):
    """Real-time recurrent learning: carry the state's derivatives forward, contract at the end."""
    X, h = cache["inputs"], cache["hidden_states"]
    T, D = X.shape
    H = len(W_hh)
    n = H * D + H * H + H + T * D
    S = np.zeros((H, n))
    for t in range(T):
        direct = np.zeros((H, n))
        for i in range(H):
            direct[i, i * D : (i + 1) * D] = X[t]
            direct[i, H * D + i * H : H * D + (i + 1) * H] = h[t]
            direct[i, H * D + H * H + i] = 1.0
        start = H * D + H * H + H + t * D
        direct[:, start : start + D] = W_xh
        S = (1 - h[t + 1] ** 2)[:, None] * (W_hh @ S + direct)
    g = dL_dh_last @ S
    cuts = np.cumsum([H * D, H * H, H])
    a, b, c, d = np.split(g, cuts)
    return {
        "W_xh": a.reshape(H, D),
        "W_hh": b.reshape(H, H),
        "b_h": c,
        "X_seq": d.reshape(T, D),
    }


def gradients_of_a_step(dh, x, h_prev, h, W_xh, W_hh):
    da = dh * (1 - h * h)
    return np.outer(da, x), np.outer(da, h_prev), da, W_xh.T.dot(da), W_hh.T.dot(da)


def with_a_step_function(cache, dL_dh_last, W_xh, W_hh, debug=None):
    hs, xs = cache["hidden_states"], cache["inputs"]
    total = dict.fromkeys(("W_xh", "W_hh", "b_h"), 0.0)
    X_grads, dh = [], np.array(dL_dh_last, copy=True)
    for t in range(len(xs))[::-1]:
        gx, gh, gb, gX, dh = gradients_of_a_step(dh, xs[t], hs[t], hs[t + 1], W_xh, W_hh)
        total = {"W_xh": total["W_xh"] + gx, "W_hh": total["W_hh"] + gh, "b_h": total["b_h"] + gb}
        X_grads.append(gX)
    return {**total, "X_seq": X_grads[::-1], "dh0": dh, "steps": len(xs)}


def from_pre_activations_only(cache, dL_dh_last, W_xh, W_hh):
    a = cache["pre_activations"]
    before = np.vstack([cache["hidden_states"][:1], np.tanh(a[:-1])])
    da = 1 - np.tanh(a) ** 2
    da[-1] *= dL_dh_last
    for t in range(len(a) - 2, -1, -1):
        da[t] *= W_hh.T @ da[t + 1]
    return {
        "W_xh": np.tensordot(da, cache["inputs"], axes=(0, 0)),
        "W_hh": sum(np.multiply.outer(d, h) for d, h in zip(da, before)),  # noqa: B905
        "b_h": np.ones(len(a)) @ da,
        "X_seq": (W_xh.T @ da.T).T,
    }


def block_triangular_solve(cache, dL_dh_last, W_xh, W_hh):
    """All steps at once: da solves one linear system."""
    h = cache["hidden_states"]
    T, H = cache["pre_activations"].shape
    slope = (1 - h[1:] ** 2).ravel()
    A = np.eye(T * H)
    for t in range(T - 1):
        here, there = slice(t * H, (t + 1) * H), slice((t + 1) * H, (t + 2) * H)
        A[here, there] = -slope[here, None] * W_hh.T
    rhs = np.zeros(T * H)
    rhs[-H:] = slope[-H:] * dL_dh_last
    da = np.linalg.solve(A, rhs).reshape(T, H)
    return {
        "W_xh": da.T @ cache["inputs"],
        "W_hh": da.T @ h[:-1],
        "b_h": da.sum(axis=0),
        "X_seq": da @ W_xh,
    }


VARIANTS = (
    textbook,
    with_h0,
    weights_after_the_loop,
    einsum,
    explicit_jacobians,
    recursive,
    float32,
    columns_as_in_min_char_rnn,
    with_loss_at_each_step,
    plain_loops,
    dual_sensitivity,
    with_a_step_function,
    from_pre_activations_only,
    block_triangular_solve,
)
