"""Judge a value that is there once, outside the steps: a sum, or an array of all steps."""

from __future__ import annotations

import numpy as np

from .._guards import Floats
from .judgement import ROWS_OF, Judgement
from .roles import Reference, agrees, named_roles, wrong_entries


def judge_whole(
    name: str, value: Floats, key: str | None, reference: Reference
) -> Judgement | None:
    """Judge a sum, or an array with time along its rows, by the whole run."""
    named = named_roles(name, backward=reference.backward)
    for role in (key, *named):
        right = reference.sums.get(role or "")
        if role and right is not None and right.shape == value.shape:
            return Judgement(f"total {role}", right, wrong_entries(value, right))
    offset = len(value) - reference.T
    if offset not in (0, 1):
        return None
    candidates = [
        role for role, first in reference.steps.items() if first[0].shape == value.shape[1:]
    ]
    hits = {
        role: sum(agrees(a, b) for a, b in zip(value[offset:], reference.steps[role], strict=True))
        for role in candidates
    }
    full = [role for role in candidates if hits[role] == reference.T]
    likely = [role for role in (ROWS_OF.get(key or ""), *named) if role in candidates]
    best = [role for role in candidates if hits[role]]
    if not (full or likely or best):
        return None
    role = full[0] if full else likely[0] if likely else max(best, key=lambda one: hits[one])
    right = reference.rows(role)
    if offset:
        first = reference.steps["h_prev"][0] if role == "h" else value[0]
        right = np.vstack([first, right])
    return Judgement(f"rows {role}", right, wrong_entries(value, right))
