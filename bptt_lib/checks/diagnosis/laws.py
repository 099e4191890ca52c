"""What a function's own numbers obey: each step checked against the learner's own step before.

A mistake in the first step makes everything after it wrong. So instead of the reference's values,
a law looks at the learner's: is *your* a_t made from *your* h_{t-1} as it should be? A law is a
target and the terms that it should be the sum of, each once; least squares finds what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from bptt_lib.checks.report import Array


@dataclass(frozen=True, eq=False)
class Law:
    """``target`` should be the sum of the ``right`` terms; ``others`` are what people put in."""

    what: str
    target: Array
    right: Mapping[str, Array]
    others: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What a law's target is made of, on every case: coefficients by term."""

    what: str
    formula: str
    holds: bool


def find(laws: list[Law]) -> Finding | None:
    """Return what the target is in all of ``laws``, one and the same law on several cases.

    Tried are the right terms alone, then with one other term, then with two.
    """
    first = max(laws, key=lambda law: (len(law.others), law.target.size))
    names = list(first.right)
    others = list(first.others)
    pairs = ([a, b] for i, a in enumerate(others) for b in others[i + 1 :])
    for extra in chain([[]], ([o] for o in others), pairs):
        chosen = [*names, *extra]
        c = _fit(first, chosen)
        if c is not None and all(_obeys(law, chosen, c) for law in laws):
            return _finding(first, chosen, c)
    return None


def _terms(law: Law, names: list[str]) -> Array:
    both = {**law.right, **law.others}
    return np.stack([both[name].ravel() for name in names], axis=1)


def _fit(law: Law, names: list[str]) -> Array | None:
    basis = _terms(law, names)
    if basis.shape[0] < 2 * len(names) or not _finite(basis, law.target):
        return None
    c, _, rank, singular = np.linalg.lstsq(basis, law.target.ravel(), rcond=None)
    if rank < len(names) or singular[-1] < 1e-4 * singular[0]:
        return None
    nearest = np.round(c * 12.0) / 12.0  # halves, thirds, quarters as they are meant
    return np.where(np.abs(c - nearest) < 2e-4, nearest, c)


def _obeys(law: Law, names: list[str], c: Array) -> bool:
    if not {*law.right, *law.others}.issuperset(names):
        return True  # a term that this case has not, such as a product whose shapes do not fit
    basis = _terms(law, names)
    if not _finite(basis, law.target):
        return False
    rest = np.abs(basis @ c - law.target.ravel())
    return bool(np.max(rest, initial=0.0) <= 1e-4 * float(np.max(np.abs(law.target), initial=1e-9)))


def _finite(*arrays: Array) -> bool:
    return all(bool(np.isfinite(array).all()) for array in arrays)


def _finding(law: Law, names: list[str], c: Array) -> Finding:
    used = [(float(x), name) for x, name in zip(c, names, strict=True) if abs(x) > 5e-4]
    formula = " + ".join(_coefficient(x) + name for x, name in used).replace("+ -", "- ")
    holds = all(abs(x - (name in law.right)) < 5e-4 for x, name in zip(c, names, strict=True))
    return Finding(law.what, formula or "0", holds)


def _coefficient(x: float) -> str:
    if abs(x - 1.0) < 5e-5:
        return ""
    if abs(x + 1.0) < 5e-5:
        return "-"
    return f"{x:.4g} "
