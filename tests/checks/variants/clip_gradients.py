"""Right ways to write `clip_gradients`."""

from math import fsum, hypot, sqrt

import numpy as np


def textbook(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    if norm <= max_norm:
        return {k: g.copy() for k, g in grads.items()}
    return {k: g * (max_norm / norm) for k, g in grads.items()}


def as_torch_does(grads, max_norm):
    total = np.linalg.norm([np.linalg.norm(g) for g in grads.values()])
    coefficient = max_norm / (total + 1e-6)
    coefficient = min(coefficient, 1.0)
    return {k: g * coefficient for k, g in grads.items()}


def as_tensorflow_does(grads, max_norm):
    norm = np.sqrt(np.sum([np.sum(np.square(g)) for g in grads.values()]))
    return {k: g * max_norm / max(norm, max_norm) for k, g in grads.items()}


def one_long_vector(grads, max_norm):
    flat = np.concatenate([np.ravel(g) for g in grads.values()])
    scale = min(1.0, max_norm / (np.linalg.norm(flat) + 1e-12))
    flat, out, i = flat * scale, {}, 0
    for k, g in grads.items():
        out[k] = flat[i : i + g.size].reshape(g.shape)
        i += g.size
    return out


def shares_arrays_below_the_limit(grads, max_norm):
    norm = sqrt(fsum(float(x) ** 2 for g in grads.values() for x in g.flat))
    return dict(grads) if norm <= max_norm else {k: v * max_norm / norm for k, v in grads.items()}


def deep_copy_then_in_place(grads, max_norm):
    import copy

    new = copy.deepcopy(grads)
    norm = np.sqrt(sum((g * g).sum() for g in new.values()))
    if norm > max_norm:
        for g in new.values():
            g *= max_norm / norm
    return new


def einsum(grads, max_norm):
    squares = sum(np.einsum("i,i->", g.ravel(), g.ravel()) for g in grads.values())
    factor = 1.0 if squares <= max_norm * max_norm else max_norm * squares**-0.5
    return {k: factor * g for k, g in grads.items()}


def with_hypot(grads, max_norm):
    length = 0.0
    for g in grads.values():
        for x in np.nditer(g):
            length = hypot(length, float(x))
    out = {}
    for name in grads:
        out[name] = grads[name] / max(1.0, length / max_norm)
    return out


def float32(grads, max_norm):
    g32 = {k: np.asarray(g, np.float32) for k, g in grads.items()}
    norm = np.sqrt(np.float32(sum((g**2).sum(dtype=np.float32) for g in g32.values())))
    scale = np.float32(max_norm) / norm if norm > max_norm else np.float32(1)
    return {k: g * scale for k, g in g32.items()}


def lists(grads, max_norm):
    norm = np.sqrt(sum(np.vdot(g, g) for g in grads.values()))
    scale = max_norm / norm if norm >= max_norm else 1
    return {k: (g * scale).tolist() for k, g in grads.items()}


def with_where(grads, max_norm, eps=1e-6):
    norm = np.sqrt(np.array([np.sum(np.abs(g) ** 2) for g in grads.values()]).sum())
    scale = np.where(norm > max_norm, max_norm / (norm + eps), 1.0)
    return {k: np.multiply(g, scale) for k, g in grads.items()}


def with_helper(grads, max_norm):
    def global_norm(arrays):
        return np.linalg.norm(np.hstack([a.reshape(-1) for a in arrays]))

    norm = global_norm(list(grads.values()))
    clipped = {}
    for key, gradient in grads.items():
        clipped[key] = gradient if norm < max_norm else gradient / norm * max_norm
    return clipped


VARIANTS = (
    textbook,
    as_torch_does,
    as_tensorflow_does,
    one_long_vector,
    shares_arrays_below_the_limit,
    deep_copy_then_in_place,
    einsum,
    with_hypot,
    float32,
    lists,
    with_where,
    with_helper,
)
