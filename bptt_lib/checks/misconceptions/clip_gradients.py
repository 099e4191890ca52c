"""What people get wrong in `clip_gradients`."""

from __future__ import annotations

import numpy as np

from bptt_lib.checks.exercise import Misconception
from bptt_lib.checks.misconceptions._clip import RIGHT, Clip, Grads
from bptt_lib.checks.misconceptions._parts import FORESEEN
from bptt_lib.checks.report import Array


def length(a: Array) -> float:
    """Return the L2 norm of one array."""
    return float(np.sqrt(np.sum(a**2)))


def each_by_its_own_norm(a: Array, factor: float, limit: float) -> Array:
    """Scale one array by its own norm."""
    return a * min(1.0, limit / max(length(a), 1e-300))


def rows_by_their_norms(a: Array, factor: float, limit: float) -> Array:
    """Scale each row by its own norm."""
    rows: Array = np.sqrt(np.sum(a**2, axis=-1, keepdims=True))
    result: Array = a * np.minimum(1.0, limit / np.maximum(rows, 1e-300))
    return result


def only_too_long_ones(a: Array, factor: float, limit: float) -> Array:
    """Scale an array only if it is above the limit itself."""
    return a * factor if length(a) > limit else a.copy()


def always(norm: float, limit: float) -> bool:
    """Do not look."""
    return True


def last_norm(grads: Grads) -> float:
    """Return the norm of the last array."""
    return length(list(grads.values())[-1])


def first_norm(grads: Grads) -> float:
    """Return the norm of the first array."""
    return length(next(iter(grads.values())))


def spectral(grads: Grads) -> float:
    """Return the norm with matrices measured by their largest singular value."""
    return float(
        np.sqrt(sum(np.linalg.norm(a, 2 if a.ndim == 2 else None) ** 2 for a in grads.values()))
    )


CATALOGUE: tuple[Misconception, ...] = (
    Misconception(
        "each-array-by-its-own-norm",
        "Each array is clipped by its own norm",
        "You measure and scale array by array. Then short arrays keep their length while long ones "
        "lose theirs, which turns the direction of the step; and many short arrays together may "
        "still be far over the limit.",
        "How many norms does “global” mean?",
        "huggingface/transformers #581, carpedm20/MemN2N-tensorflow #19, keras-team/keras #13575",
        Clip(above=always, apply=each_by_its_own_norm),
    ),
    Misconception(
        "value-by-value",
        "Each entry is clipped by itself",
        "You cut each entry to the range from -max_norm to max_norm. That bends the direction of "
        "the step and says nothing about its length: a thousand small entries pass untouched.",
        "max_norm is a limit for a length. Which length?",
        "karpathy, min-char-rnn; Coursera C5W1, clip",
        Clip(above=always, apply=lambda a, f, limit: np.clip(a, -limit, limit)),
    ),
    Misconception(
        "only-positive-values",
        "Only large positive entries are cut",
        "You take the minimum of each entry and max_norm. Large negative entries stay, and the "
        "length of the whole is not looked at.",
        "max_norm is a limit for a length. Which length?",
        FORESEEN,
        Clip(above=always, apply=lambda a, f, limit: np.minimum(a, limit)),
    ),
    Misconception(
        "square-root-missing",
        "The norm lacks its square root",
        "You compare the sum of squares with max_norm and divide by it. A length is the square "
        "root of that sum.",
        "What is the length of the vector (3, 4)?",
        FORESEEN,
        Clip(norm=lambda g: sum(np.sum(a**2) for a in g.values())),
    ),
    Misconception(
        "root-missing-in-the-comparison",
        "The sum of squares is compared with max_norm",
        "Your factor is right, but whether to clip is decided by the sum of squares, without its "
        "root. Gradients under the limit get scaled, too.",
        "Which two numbers stand on the two sides of your comparison?",
        FORESEEN,
        Clip(above=lambda norm, limit: norm**2 > limit),
    ),
    Misconception(
        "sum-of-norms",
        "The norms of the arrays are added up",
        "The length of a vector made of parts is not the sum of the parts' lengths: (3, 4) has "
        "length 5, not 7. Your norm is too large, so you clip too much.",
        "Write two arrays into one vector and take its norm on paper.",
        FORESEEN,
        Clip(norm=lambda g: sum(length(a) for a in g.values())),
    ),
    Misconception(
        "largest-norm",
        "The largest array's norm is taken for the whole",
        "You measure each array and keep the largest norm. Several arrays that are each under the "
        "limit can be over it together.",
        "What does “global” add to “norm”?",
        FORESEEN,
        Clip(norm=lambda g: max(length(a) for a in g.values())),
    ),
    Misconception(
        "last-array-only",
        "Only the last array is measured",
        "Your norm is that of the last array: the sum of squares is overwritten in each round.",
        "Compare = with +=.",
        FORESEEN,
        Clip(norm=last_norm),
    ),
    Misconception(
        "first-array-only",
        "Only the first array is measured",
        "Your norm is that of the first array; the loop ends too early, or looks at one key only.",
        "Where does the indentation of return or break end your loop?",
        FORESEEN,
        Clip(norm=first_norm),
    ),
    Misconception(
        "biases-left-out",
        "Vectors are left out of the norm",
        "You measure matrices only. Biases move with the rest, so they count with the rest.",
        "Which arrays enter your sum?",
        FORESEEN,
        Clip(norm=lambda g: np.sqrt(sum(np.sum(a**2) for a in g.values() if a.ndim > 1))),
    ),
    Misconception(
        "sum-of-absolute-values",
        "The norm is the sum of absolute values",
        "That is the L1 norm. The limit here is for the L2 norm, the length.",
        "What is the length of the vector (3, 4)?",
        FORESEEN,
        Clip(norm=lambda g: sum(np.sum(np.abs(a)) for a in g.values())),
    ),
    Misconception(
        "largest-entry",
        "The norm is the largest entry",
        "That is the maximum norm. The limit here is for the L2 norm, the length.",
        "What is the length of the vector (3, 4)?",
        FORESEEN,
        Clip(norm=lambda g: max(np.max(np.abs(a)) for a in g.values())),
    ),
    Misconception(
        "root-mean-square",
        "The norm is averaged over the entries",
        "You take the mean of the squares where the norm takes their sum, so your norm shrinks as "
        "arrays grow.",
        "What is the length of the vector (3, 4)?",
        FORESEEN,
        Clip(
            norm=lambda g: np.sqrt(
                sum(np.sum(a**2) for a in g.values()) / sum(a.size for a in g.values())
            )
        ),
    ),
    Misconception(
        "spectral-norm",
        "Matrices are measured by their largest singular value",
        "np.linalg.norm(W, 2) is the spectral norm. The global norm treats all arrays as one long "
        "vector.",
        "What does np.linalg.norm do by default, and with ord=2?",
        FORESEEN,
        Clip(norm=spectral),
    ),
    Misconception(
        "always-scaled",
        "Short gradients are stretched to max_norm",
        "You scale in any case. Below the limit that makes gradients longer: as training comes to "
        "rest, the steps would stay as large as ever.",
        "What should happen to a gradient that is shorter than max_norm?",
        FORESEEN,
        Clip(above=lambda norm, limit: norm > 0),
    ),
    Misconception(
        "always-scaled-and-nan",
        "All gradients are given the length max_norm, zeros included",
        "You divide by the norm in any case. Short gradients become longer, and when all of them "
        "are zero you divide by zero, and NaN comes out.",
        "What should happen to a gradient that is shorter than max_norm?",
        FORESEEN,
        Clip(above=always, factor=lambda norm, limit: limit / norm),
    ),
    Misconception(
        "never-clipped",
        "Nothing is clipped",
        "What you return is what came in, long or short.",
        "Is your condition ever true, and is what you scale what you return?",
        "NVIDIA/OpenSeq2Seq PR #192",
        Clip(above=lambda norm, limit: False),
    ),
    Misconception(
        "condition-reversed",
        "The condition is the wrong way round",
        "You scale what is below the limit, and leave what is above.",
        "Read your if aloud.",
        FORESEEN,
        Clip(above=lambda norm, limit: 0 < norm < limit),
    ),
    Misconception(
        "factor-inverted",
        "The factor is upside down",
        "You multiply with norm / max_norm, which makes long gradients longer still.",
        "Above the limit, should the factor be larger or smaller than 1?",
        FORESEEN,
        Clip(factor=lambda norm, limit: norm / limit),
    ),
    Misconception(
        "scaled-to-length-1",
        "Long gradients are scaled to length 1",
        "You divide by the norm and leave it at that. The new length should be max_norm.",
        "Where does max_norm enter your factor?",
        FORESEEN,
        Clip(factor=lambda norm, limit: 1.0 / norm),
    ),
    Misconception(
        "times-max-norm",
        "Long gradients are multiplied with max_norm",
        "You multiply by max_norm without dividing by the norm, so the new length depends on the "
        "old one.",
        "What should the length be afterwards?",
        FORESEEN,
        Clip(factor=lambda norm, limit: limit),
    ),
    Misconception(
        "divided-by-max-norm",
        "Long gradients are divided by max_norm",
        "You divide by max_norm, so the new length depends on the old one.",
        "What should the length be afterwards?",
        FORESEEN,
        Clip(factor=lambda norm, limit: 1.0 / limit),
    ),
    Misconception(
        "factor-squared",
        "The factor is divided by the norm twice",
        "Your factor has the squared norm below it, so gradients come out too short.",
        "What should the length be afterwards?",
        FORESEEN,
        Clip(factor=lambda norm, limit: limit / norm**2),
    ),
    Misconception(
        "factor-under-root",
        "The factor has a square root too many",
        "You multiply with the root of max_norm / norm, so gradients come out too long.",
        "What should the length be afterwards?",
        FORESEEN,
        Clip(factor=lambda norm, limit: np.sqrt(limit / norm)),
    ),
    Misconception(
        "large-constant-in-the-factor",
        "A constant in the factor is too large",
        "You add something to the norm before you divide. 1e-6 guards against zero and does no "
        "harm; yours makes gradients visibly too short.",
        "Below the limit nothing is divided. What do you guard against?",
        FORESEEN,
        Clip(factor=lambda norm, limit: limit / (norm + 1.0)),
    ),
    Misconception(
        "set-to-zero",
        "Long gradients are thrown away",
        "Above the limit you return zeros. That skips the step; clipping shortens it.",
        "Which way should the step still go?",
        FORESEEN,
        Clip(factor=lambda norm, limit: 0.0),
    ),
    Misconception(
        "only-too-long-arrays-scaled",
        "Only the arrays above the limit are scaled",
        "The norm is global, but the factor reaches only arrays which are too long by themselves, "
        "so the whole stays too long and changes direction.",
        "How many arrays does one factor scale?",
        FORESEEN,
        Clip(apply=only_too_long_ones),
    ),
    Misconception(
        "rows-by-their-norms",
        "Each row is clipped by its own norm",
        "You take norms along an axis. The global norm is one number for all arrays.",
        "What does axis do in np.linalg.norm and np.sum?",
        FORESEEN,
        Clip(above=always, apply=rows_by_their_norms),
    ),
    Misconception(
        "max-norm-is-1",
        "max_norm is taken to be 1",
        "You compare with 1 and scale to 1, whatever max_norm says.",
        "Where does the argument max_norm appear in your body?",
        "torch.nn.utils.clip_grad_norm_(parameters, 1.0), copied with its number.",
        Clip(above=lambda norm, limit: norm > 1.0, factor=lambda norm, limit: 1.0 / norm),
    ),
    Misconception(
        "max-norm-is-5",
        "max_norm is taken to be 5",
        "You compare with 5 and scale to 5, whatever max_norm says.",
        "Where does the argument max_norm appear in your body?",
        "min-char-rnn's limit of 5, copied with its number.",
        Clip(above=lambda norm, limit: norm > 5.0, factor=lambda norm, limit: 5.0 / norm),
    ),
    Misconception(
        "reduced-by-the-excess",
        "The excess is subtracted from the entries",
        "You shift all entries by how much the norm is over the limit. Clipping multiplies; a "
        "shift changes the direction.",
        "Which operation shortens a vector without turning it?",
        FORESEEN,
        Clip(
            factor=lambda norm, limit: norm - limit,
            apply=lambda a, excess, limit: a - excess,
        ),
    ),
    Misconception(
        "zero-divided-by-zero",
        "Zero gradients become NaN",
        "When all gradients are zero, so is their norm, and you divide by it.",
        "Does anything need to be divided when the norm is below the limit?",
        "jax-ml/jax PR #2426 (making clipping by norm numerically safe)",
        Clip(
            above=always,
            factor=lambda norm, limit: min(1.0, limit / norm) if norm else np.nan,
        ),
    ),
)

CATALOGUE += (
    Misconception(
        "biases-not-scaled",
        "Vectors are measured, but not scaled",
        "All arrays enter the norm, but only matrices are multiplied with the factor, so the whole "
        "stays too long and changes direction.",
        "Which arrays does your last loop go through?",
        FORESEEN,
        Clip(apply=lambda a, f, limit: a * f if a.ndim > 1 else a.copy()),
    ),
    Misconception(
        "value-by-value-at-5",
        "Each entry is cut at 5",
        "You cut each entry to the range from -5 to 5, whatever max_norm says. That is "
        "min-char-rnn's way; the limit here is for the length of the whole.",
        "Where does the argument max_norm appear in your body?",
        "karpathy, min-char-rnn: np.clip(dparam, -5, 5, out=dparam)",
        Clip(above=always, apply=lambda a, f, limit: np.clip(a, -5.0, 5.0)),
    ),
    Misconception(
        "value-by-value-at-1",
        "Each entry is cut at 1",
        "You cut each entry to the range from -1 to 1, whatever max_norm says. The limit here is "
        "for the length of the whole.",
        "Where does the argument max_norm appear in your body?",
        "victorzhou.com, An Introduction to Recurrent Neural Networks",
        Clip(above=always, apply=lambda a, f, limit: np.clip(a, -1.0, 1.0)),
    ),
    Misconception(
        "mean-of-norms",
        "The norms of the arrays are averaged",
        "You take the mean of the arrays' norms. The length of the whole is the root of the sum of "
        "their squares.",
        "Write two arrays into one vector and take its norm on paper.",
        FORESEEN,
        Clip(norm=lambda g: sum(length(a) for a in g.values()) / len(g)),
    ),
    Misconception(
        "norm-divided-by-the-number-of-arrays",
        "The norm is divided by the number of arrays",
        "You divide the global norm by how many arrays there are, so gradients come out too long.",
        "What is the length of the vector (3, 4), given as two arrays?",
        FORESEEN,
        Clip(norm=lambda g: np.sqrt(sum(np.sum(a**2) for a in g.values())) / len(g)),
    ),
    Misconception(
        "scaled-twice",
        "The factor is applied twice",
        "Above the limit you multiply with max_norm / norm two times, so gradients come out too "
        "short.",
        "How often does your loop come past each array?",
        FORESEEN,
        Clip(factor=lambda norm, limit: (limit / norm) ** 2),
    ),
    Misconception(
        "biases-left-alone",
        "Vectors are left out altogether",
        "Only matrices are measured, and only matrices are scaled. Biases move with the rest, so "
        "they count with the rest.",
        "Which arrays do your two loops go through?",
        FORESEEN,
        Clip(
            norm=lambda g: np.sqrt(sum(np.sum(a**2) for a in g.values() if a.ndim > 1)),
            apply=lambda a, f, limit: a * f if a.ndim > 1 else a.copy(),
        ),
    ),
)

__all__ = ["CATALOGUE", "RIGHT"]
