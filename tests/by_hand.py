"""What the widgets must say, computed in plain NumPy: nothing here comes from `bptt_lib`.

Each function returns the numbers of a sentence in the order in which it says them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

Params = dict[str, np.ndarray]

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def assert_says(sentence: str, numbers: Sequence[float | None]) -> None:
    """Hold each number of a sentence, as exactly as it is written, against the expected ones."""
    written = NUMBER.findall(sentence.replace("\N{MINUS SIGN}", "-"))
    assert len(written) == len(numbers), (sentence, numbers)
    for word, value in zip(written, numbers, strict=True):
        if value is None:
            continue
        mantissa, _, power = word.partition("e")
        last_place = 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))
        # Trailing zeros may have been left out: 1 may stand for 1.0, but not for 1.4.
        allowed = min(0.51 * last_place, max(0.051 * abs(value), 0.0051))
        assert abs(float(word) - value) <= allowed, (word, value, sentence)


# -- the equations -----------------------------------------------------------------------------


def weights(D: int, H: int, V: int, seed: int, radius: float) -> Params:
    """Draw an RNN's first weights, as the course does."""
    rng = np.random.default_rng(seed)
    W_xh = rng.standard_normal((H, D)) / np.sqrt(D)
    W_hh = rng.standard_normal((H, H)) / np.sqrt(H)
    W_hy = rng.standard_normal((V, H)) / np.sqrt(H)
    W_hh *= radius / np.abs(np.linalg.eigvals(W_hh)).max()
    return {"W_xh": W_xh, "W_hh": W_hh, "b_h": np.zeros(H), "W_hy": W_hy, "b_y": np.zeros(V)}


def states(X: np.ndarray, h0: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray) -> np.ndarray:
    """Return all hidden states of an RNN without bias, (T + 1, H)."""
    h = [h0]
    for x in X:
        h.append(np.tanh(W_xh @ x + W_hh @ h[-1]))
    return np.array(h)


def walk_back(h: np.ndarray, W_hh: np.ndarray, arriving: np.ndarray) -> Iterator[tuple[Any, ...]]:
    """Yield t, dh_from_loss, dh_from_future, da and what goes on, from the last step back."""
    future = np.zeros(len(W_hh))
    for t in reversed(range(len(arriving))):
        da = (arriving[t] + future) * (1 - h[t + 1] ** 2)
        passed = W_hh.T @ da
        yield t, arriving[t], future, da, passed
        future = passed


def gradients(X: np.ndarray, h: np.ndarray, W_hh: np.ndarray, arriving: np.ndarray) -> Params:
    """Return the gradients of the recurrent weights."""
    das = np.array([da for _, _, _, da, _ in walk_back(h, W_hh, arriving)][::-1])
    return {"W_xh": das.T @ X, "W_hh": das.T @ h[:-1], "b_h": das.sum(axis=0)}


def at_last(T: int, gradient: np.ndarray) -> np.ndarray:
    """Return gradients that arrive at each state, all of them at the last one, (T, H)."""
    return np.vstack([np.zeros((T - 1, len(gradient))), gradient])


def length(arrays: Mapping[str, np.ndarray]) -> float:
    """Return the norm of all arrays laid end to end."""
    return float(np.sqrt(sum((array**2).sum() for array in arrays.values())))


# -- the stepper -------------------------------------------------------------------------------


def stepper(inputs: Mapping[str, Any]) -> dict[tuple[str, int], list[float]]:
    """Return the numbers of each frame's sentence, by phase and step."""
    X, h0, W_xh, W_hh = (np.array(inputs[name]) for name in ("X_seq", "h0", "W_xh", "W_hh"))
    h = states(X, h0, W_xh, W_hh)
    said = {("forward", t): [t, *X[t], *h[t], *h[t + 1]] for t in range(len(X))}
    total = np.zeros_like(W_hh)
    for t, loss, future, da, passed in walk_back(h, W_hh, np.array(inputs["dL_dh_seq"])):
        total += np.outer(da, h[t])
        norm, onward = np.linalg.norm(total), [t - 1] if t else []
        said["backward", t] = [t, *loss, *future, *(loss + future), norm, *passed, *onward]
    return said


# -- the explorers -----------------------------------------------------------------------------


def vanishing(radius: float, loud: float, T: int = 30, H: int = 16) -> tuple[list[float], str]:
    """Return the numbers of the sentence on vanishing gradients, and what becomes of them."""
    noise = np.random.default_rng(0).normal(size=(T, 3))
    params = weights(3, H, 3, 0, radius)
    h = states(loud * noise, np.zeros(H), params["W_xh"], params["W_hh"])
    d = np.ones(H) / np.sqrt(H)
    norms = [1.0]
    for state in h[:0:-1]:  # one step Jacobian after the other
        d = (np.diag(1 - state**2) @ params["W_hh"]).T @ d
        norms.append(float(np.linalg.norm(d)))
    each = (norms[-1] / norms[T // 3]) ** (1 / (T - T // 3))
    fate = "vanishes" if norms[-1] < 0.1 else "explodes" if norms[-1] > 10 else "lives on"
    return [radius, T, norms[-1], each, radius], fate


def clipping(limit: float) -> list[float | None]:
    """Return the numbers of the sentence on clipping; None where rounding alone decides."""
    rng = np.random.default_rng(0)
    params = weights(3, 8, 3, 0, 1.3)
    X = 0.5 * rng.normal(size=(12, 3))
    h = states(X, np.zeros(8), params["W_xh"], params["W_hh"])
    grads = gradients(X, h, params["W_hh"], rng.normal(size=(12, 8)))
    each_array = {name: g * min(1, limit / np.linalg.norm(g)) for name, g in grads.items()}
    each_value = {name: np.clip(g, -limit, limit) for name, g in grads.items()}
    whole = {name: g * min(1, limit / length(grads)) for name, g in grads.items()}
    bent = [_degrees(grads, one) for one in (whole, each_array, each_value)]
    return [limit, length(grads), *bent, _end(limit), _end(np.inf)]


def _degrees(a: Params, b: Params) -> float:
    u, v = (np.concatenate([one[name].ravel() for name in a]) for one in (a, b))
    u, v = u / np.linalg.norm(u), v / np.linalg.norm(v)
    return float(np.degrees(2 * np.arctan2(np.linalg.norm(u - v), np.linalg.norm(u + v))))


def _end(limit: float) -> float | None:
    """Return the loss in which training ends, or None if a billionth on the weights changes it."""
    heard = np.random.default_rng(0).integers(1, 3, 40)
    targets = np.concatenate([np.zeros(3, dtype=int), heard[:-3]])
    first = weights(3, 16, 3, 0, 1.0)
    touched = first | {"W_hh": first["W_hh"] * (1 + 1e-9)}
    a, b = (
        list(train(np.eye(3)[heard], targets, params, 2.0, 60, limit))[-1].loss
        for params in (first, touched)
    )
    return a if abs(a - b) < 1e-3 * a else None


def attention(T: int, radius: float, D: int = 4, H: int = 8) -> list[float]:
    """Return the numbers of the sentence on attention; its gradient by small differences."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, D))[:T]
    W_q, W_k, W_v = (rng.normal(size=(H, D)) / np.sqrt(D) for _ in range(3))
    d_out = np.ones(H) / np.sqrt(H)

    def output(X: np.ndarray) -> float:
        p = np.exp((X @ W_k.T) @ (W_q @ X[-1]) / np.sqrt(H))
        return float(d_out @ (p / p.sum() @ (X @ W_v.T)))

    def at(t: int) -> float:
        tiny = np.zeros((D, T, D))
        tiny[range(D), t, range(D)] = 1e-5
        return float(np.linalg.norm([(output(X + e) - output(X - e)) / 2e-5 for e in tiny]))

    params = weights(D, H, D, 0, radius)
    h = states(X, np.zeros(H), params["W_xh"], params["W_hh"])
    das = [da for _, _, _, da, _ in walk_back(h, params["W_hh"], at_last(T, d_out))]
    last, first = (float(np.linalg.norm(params["W_xh"].T @ da)) for da in (das[0], das[-1]))
    return [T, radius, T - 1, first, at(0), last, at(T - 1)]


# -- training ----------------------------------------------------------------------------------


class Epoch(NamedTuple):
    """What one epoch's sentence is made of."""

    loss: float
    norm: float
    outputs: np.ndarray


def train(
    X: np.ndarray, targets: np.ndarray, params: Params, lr: float, epochs: int, max_norm: float
) -> Iterator[Epoch]:
    """Train with BPTT, clipping and plain gradient descent, epoch by epoch."""
    T = len(X)
    for _ in range(epochs):
        W_hh, W_hy = params["W_hh"], params["W_hy"]
        h = [np.zeros(len(W_hh))]
        for x in X:
            h.append(np.tanh(params["W_xh"] @ x + W_hh @ h[-1] + params["b_h"]))
        h = np.array(h)
        outputs = h[1:] @ W_hy.T + params["b_y"]
        p = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        loss = float(-np.log(p[range(T), targets]).mean())
        d_out = (p - np.eye(p.shape[1])[targets]) / T
        grads = gradients(X, h, W_hh, d_out @ W_hy)
        grads |= {"W_hy": d_out.T @ h[1:], "b_y": d_out.sum(axis=0)}
        norm = length(grads)
        factor = min(1.0, max_norm / norm)
        params = {name: array - lr * factor * grads[name] for name, array in params.items()}
        yield Epoch(loss, norm, outputs)


def the_sentence() -> tuple[str, np.ndarray, np.ndarray]:
    """Return the lesson's characters, what the network reads, and what it should say next."""
    text = "she sells sea shells by the sea shore."
    characters = "".join(sorted(set(text)))
    numbers = np.array([characters.index(one) for one in text])
    return characters, np.eye(len(characters))[numbers[:-1]], numbers[1:]
