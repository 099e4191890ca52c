"""Arrays that are right but for a factor: of one array, or of all together."""

from __future__ import annotations

import numpy as np

from bptt_lib.checks.diagnosis.relation import Pairs, Relation, agrees
from bptt_lib.checks.trials import Trial


def _factors(trial: Trial) -> dict[str, float]:
    """Return the numbers by which people scale by mistake."""
    factors = {"2": 2.0, "1/2": 0.5, "3": 3.0}
    sizes: dict[str, int] = {}
    for array, letters in trial.exercise.shapes.items():
        shape = trial.expected[array].shape if array in trial.expected else ()
        for letter, n in zip(letters.strip("()").replace(" ", "").split(","), shape, strict=False):
            if letter.isalpha() and len(letter) == 1:
                sizes[letter] = n
    T = len(trial.steps) or sizes.get("T", 0) or _length(trial)
    if T:
        sizes["T"] = T
    for letter, n in sizes.items():
        factors |= {letter: float(n), f"1/{letter}": 1.0 / n, f"2/{letter}": 2.0 / n}
        factors[f"1/{letter}²"] = 1.0 / n**2
        if n > 1:
            factors[f"1/({letter} - 1)"] = 1.0 / (n - 1)
        factors[f"1/({letter} + 1)"] = 1.0 / (n + 1)
    parameters = trial.exercise.parameters
    for scalar in ("lr", "max_norm", "epochs"):
        if scalar in parameters:
            value = float(trial.case.arguments[parameters.index(scalar)])
            if value > 0.0:
                factors |= {scalar: value, f"1/{scalar}": 1.0 / value}
    return factors | {f"-{name}": -value for name, value in factors.items()}


def _length(trial: Trial) -> int:
    first = trial.case.arguments[0]
    return len(first) if isinstance(first, np.ndarray) else 0


def scaled(pairs: Pairs) -> Relation | None:
    """Say by which factor the array is off, by its name where it has one."""
    found = []
    for got, right, trial in pairs:
        square = float(np.sum(right**2)) if got.shape == right.shape else 0.0
        if square == 0.0:
            if not agrees(got, right, trial):
                return None
            continue
        factor = float(np.sum(got * right)) / square
        if not np.isfinite(factor) or not agrees(got, factor * right, trial):
            return None
        found.append((factor, trial))
    if not found:
        return None
    for name in _factors(found[0][1]):
        factors = [_factors(t).get(name, np.inf) for _, t in found]
        if all(abs(f - 1.0) < 1e-9 for f in factors):
            continue
        if all(abs(c / f - 1.0) < 3e-4 for (c, _), f in zip(found, factors, strict=True)):
            slug = name.replace("/", "-over-").replace(" ", "").strip("()").replace("-(", "-")
            return Relation(f"scaled-by-{slug}", f"{name} times the right one")
    constants = [c for c, _ in found]
    if max(constants) - min(constants) < 1e-3 * abs(constants[0]):
        return Relation("scaled", f"{constants[0]:.4g} times the right one")
    wrong = [(c, t) for c, t in found if abs(c - 1.0) > 1e-3]
    c, trial = wrong[-1] if wrong else found[-1]
    if len(wrong) == 1:  # elsewhere it is right
        return Relation("scaled-unevenly", f"{c:.4g} times the right one", trial.case.name)
    words = f"the right one times a number that changes ({c:.4g} in the case “{trial.case.name}”)"
    return Relation("scaled-unevenly", words)


def same_factor(trials: list[Trial]) -> Relation | None:
    """Say whether on each case all arrays are scaled by one number: the direction is right."""
    lengths = []
    for trial in trials:
        if trial.got.keys() != trial.expected.keys() or not trial.comparable:
            return None
        right = np.concatenate([a.ravel() for a in trial.expected.values()])
        got = np.concatenate([trial.got[name].ravel() for name in trial.expected])
        square = float(right @ right)
        factor = float(got @ right) / square if square else 1.0
        if not np.isfinite(factor) or not agrees(got, factor * right, trial):
            return None
        lengths.append((factor, float(np.sqrt(got @ got)), float(np.sqrt(square)), trial.case.name))
    wrong = [entry for entry in lengths if abs(entry[0] - 1.0) > 1e-3]
    if not wrong or any(length == 0.0 for _, length, _, _ in wrong):
        return None  # where all is zero there is no direction
    ends = [length for _, length, _, _ in wrong]
    if len(ends) > 1 and max(ends) - min(ends) < 1e-4 * max(ends):
        words = f"scaled down together where their overall length is above {ends[0]:.4g}"
        return Relation("length-fixed", words)
    _, length, right_length, name = wrong[-1]
    words = (
        f"of the right direction but the wrong length: in the case “{name}” their overall length "
        f"is {length:.4g}, expected {right_length:.4g}"
    )
    return Relation("length-wrong", words)
