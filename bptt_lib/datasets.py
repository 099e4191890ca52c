"""Small tasks to train on in a page: each trains in seconds and asks for memory.

A task is a sequence and the right answers to it, ready for `training_steps`. The
random ones are the same for the same seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ._guards import Floats, count
from .text import Vocabulary


@dataclass(frozen=True)
class SequenceTask:
    """A sequence, and what a model should answer at each of its steps.

    Parameters
    ----------
    X_seq : ndarray, shape (T, D)
        The inputs, one-hot.
    targets : ndarray of int, shape (T,)
        The right class at each step.
    vocabulary : Vocabulary
        What the D inputs and the V = D classes stand for.
    """

    X_seq: Floats
    targets: NDArray[np.int64]
    vocabulary: Vocabulary


def next_character(text: str) -> SequenceTask:
    """Return the task of a language model: at each character, say the next.

    Parameters
    ----------
    text : str
        At least two characters.

    Returns
    -------
    SequenceTask
        T is one less than the length of the text.

    Raises
    ------
    ValueError
        If `text` is too short.
    TypeError
        If `text` is not a str.

    Notes
    -----
    ``target_t = character t + 1``. A character that is followed by different ones can
    only be answered by remembering what came before it.

    References
    ----------
    .. [1] A. Karpathy, "The Unreasonable Effectiveness of Recurrent Neural Networks"
       (2015).

    Examples
    --------
    >>> task = next_character("hello")
    >>> task.vocabulary.decode(task.X_seq.argmax(1)), task.vocabulary.decode(task.targets)
    ('hell', 'ello')
    """
    vocabulary = Vocabulary.of(text)
    if len(text) < 2:
        raise ValueError(
            f"text has {len(text)} character; expected at least 2, one to read and one to answer."
        )
    numbers = vocabulary.encode(text)
    return SequenceTask(vocabulary.one_hot(numbers[:-1]), numbers[1:], vocabulary)


def delayed_echo(
    steps: int = 24, delay: int = 2, *, symbols: str = ".abc", seed: int = 0
) -> SequenceTask:
    """Return the task of repeating each symbol some steps after it was read.

    Parameters
    ----------
    steps : int, optional
        T, longer than the delay.
    delay : int, optional
        How many steps later a symbol is to be said; so far must memory, and the
        gradient, reach.
    symbols : str, optional
        The first one means silence: the answer while there is nothing to repeat yet.
        The others are drawn at random.
    seed : int, optional
        Seed of the random generator.

    Returns
    -------
    SequenceTask
        D = V = number of symbols.

    Raises
    ------
    ValueError
        If `steps` is not larger than `delay`, or there are fewer than two symbols.
    TypeError
        If an argument is not of the kind that is expected.

    Notes
    -----
    ``target_t = symbol t - delay``. A model that is trained by BPTT truncated to fewer
    than `delay` edges is never told what to keep.

    References
    ----------
    .. [1] S. Hochreiter and J. Schmidhuber, "Long Short-Term Memory", Neural
       Computation 9 (1997), section 5, for tasks with time lags.

    Examples
    --------
    >>> task = delayed_echo(8, delay=2, seed=1)
    >>> task.vocabulary.decode(task.X_seq.argmax(1)), task.vocabulary.decode(task.targets)
    ('bbccaacc', '..bbccaa')
    """
    delay = count("delay", delay)
    steps = count("steps", steps, least=delay + 1)
    vocabulary = Vocabulary(symbols)
    if len(vocabulary) < 2:
        raise ValueError(
            f"symbols is {symbols!r}; expected at least 2: silence, and one to repeat."
        )
    heard = np.random.default_rng(count("seed", seed)).integers(1, len(vocabulary), steps)
    targets = np.concatenate([np.zeros(delay, dtype=np.int64), heard[: steps - delay]])
    return SequenceTask(vocabulary.one_hot(heard), targets, vocabulary)


def parity(steps: int = 24, *, seed: int = 0) -> SequenceTask:
    """Return the task of saying, at each step, whether the ones so far are odd in number.

    Parameters
    ----------
    steps : int, optional
        T, at least 1.
    seed : int, optional
        Seed of the random generator.

    Returns
    -------
    SequenceTask
        D = V = 2.

    Raises
    ------
    ValueError
        If `steps` is below 1.
    TypeError
        If an argument is not an integer.

    Notes
    -----
    ``target_t = (sum of bits 0 to t) mod 2``. Each answer depends on every bit before
    it, so nothing may be forgotten: the hardest of these tasks for its size.

    References
    ----------
    .. [1] M. Minsky and S. Papert, "Perceptrons" (1969), on parity.

    Examples
    --------
    >>> task = parity(8, seed=1)
    >>> task.vocabulary.decode(task.X_seq.argmax(1)), task.vocabulary.decode(task.targets)
    ('01110011', '01011101')
    """
    vocabulary = Vocabulary("01")
    rng = np.random.default_rng(count("seed", seed))
    bits = rng.integers(0, 2, count("steps", steps, least=1))
    return SequenceTask(vocabulary.one_hot(bits), np.cumsum(bits) % 2, vocabulary)


def course_text() -> str:
    """Return the short text that the course's character model learns to write.

    Returns
    -------
    str
        Lower-case lines about a walk to the sea; written for this course.

    Notes
    -----
    A refrain comes back after each verse, so that a small model has something to learn
    within seconds, and the words between keep it honest.

    Examples
    --------
    >>> print(course_text()[:26])
    down the hill and over the
    """
    return (Path(__file__).parent / "texts" / "to_the_sea.txt").read_text(encoding="utf-8")
