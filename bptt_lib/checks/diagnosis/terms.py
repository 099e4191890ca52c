"""Which terms of a sum a learner's array holds: least squares over the terms of the right one.

A weight gradient is a sum over time. Written as ``sum_t c_t term_t``, the coefficients say which
steps were left out (0), counted twice (2) or counted with the wrong sign (-1).
"""

from __future__ import annotations

import numpy as np

from bptt_lib.checks.diagnosis.relation import Relation
from bptt_lib.checks.report import Array
from bptt_lib.checks.trials import Trial


def coefficients(got: Array, terms: Array) -> Array | None:
    """Return c with ``got = sum_t c[t] terms[t]``; None where there is no (single) such c."""
    T = len(terms)
    basis = terms.reshape(T, -1).T  # (entries, T)
    if got.shape != terms.shape[1:] or basis.shape[0] < T + 1 or not np.isfinite(got).all():
        return None
    c, _, rank, singular = np.linalg.lstsq(basis, got.ravel(), rcond=None)
    if rank < T or singular[-1] < 1e-3 * singular[0]:
        return None
    rest = float(np.max(np.abs(basis @ c - got.ravel())))
    return c if rest <= 1e-4 * float(np.max(np.abs(got), initial=1e-12)) else None


def terms_relations(trial: Trial, names: list[str]) -> dict[str, Relation]:
    """Say which steps' terms the arrays hold, where that can be told.

    Small arrays have fewer entries than there are steps; for them it is asked whether the
    coefficients of a larger one explain them too.
    """
    terms = trial.exercise.parts(trial.case) if trial.exercise.parts is not None else {}
    names = [name for name in names if name in terms and name in trial.got]
    found = {name: coefficients(trial.got[name], terms[name]) for name in names}
    known = [c for c in found.values() if c is not None]
    for name, c in found.items():
        if c is None and known:
            found[name] = next((k for k in known if _holds(trial.got[name], terms[name], k)), None)
    told = {name: _in_words(c, trial.case.name) for name, c in found.items() if c is not None}
    return {name: relation for name, relation in told.items() if relation is not None}


def _holds(got: Array, terms: Array, c: Array) -> bool:
    total = np.tensordot(c, terms, axes=1)
    size = float(np.max(np.abs(total), initial=1e-9))
    return got.shape == total.shape and bool(np.max(np.abs(got - total)) <= 1e-4 * size)


def _in_words(c: Array, case: str) -> Relation | None:
    whole = np.round(c)
    if np.max(np.abs(c - whole)) > 0.01 or np.max(np.abs(whole)) > 9:
        rounded = ", ".join(f"{x:.3g}" for x in c)
        return Relation("steps-weighted", f"a sum over the steps with the weights {rounded}", case)
    if np.all(whole == 1):
        return None
    there, T = [t for t in range(len(c)) if whole[t] == 1], len(c)
    missing = [t for t in range(T) if whole[t] == 0]
    if not there and len(missing) == T:
        return None
    if len(there) + len(missing) == T:
        if len(there) <= len(missing):
            return Relation(
                "steps-missing", f"what {_steps(there)} alone {_give(there)}, of {T} steps", case
            )
        return Relation(
            "steps-missing", f"lacking what {_steps(missing)} {_give(missing)}, of {T} steps", case
        )
    told = [f"{whole[t]:.0f} times step {t}" for t in range(T) if whole[t] not in (0, 1)]
    if missing:
        told.append(f"nothing of {_steps(missing)}")
    return Relation("steps-counted-wrongly", "a sum which holds " + ", ".join(told), case)


def _give(steps: list[int]) -> str:
    return "gives" if len(steps) == 1 else "give"


def _steps(steps: list[int]) -> str:
    if not steps:
        return "no step"
    if len(steps) == 1:
        return f"step {steps[0]}"
    if steps == list(range(steps[0], steps[-1] + 1)):
        return f"the steps {steps[0]} to {steps[-1]}"
    return "the steps " + ", ".join(map(str, steps))
