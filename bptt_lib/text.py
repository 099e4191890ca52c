"""Characters as numbers, and an RNN that writes: a vocabulary, and sampling from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ._guards import Floats, Sizes, count, number
from .params import Params, parameter_arrays
from .rnn import rnn_forward_cache


@dataclass(frozen=True)
class Vocabulary:
    """The characters that a model knows, each with its number.

    Parameters
    ----------
    characters : str
        Each character once; its place is its number.

    Raises
    ------
    ValueError
        If there is no character, or one of them twice.
    TypeError
        If `characters` is not a str.

    Notes
    -----
    ``decode(encode(text)) == text`` for each text made of known characters.

    References
    ----------
    .. [1] A. Karpathy, "min-char-rnn" (2015): ``char_to_ix`` and ``ix_to_char``.

    Examples
    --------
    >>> vocabulary = Vocabulary.of("banana")
    >>> vocabulary.characters, vocabulary.encode("nab").tolist()
    ('abn', [2, 0, 1])
    """

    characters: str
    _number: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Give each character its number."""
        _text("characters", self.characters)
        numbers = {character: i for i, character in enumerate(self.characters)}
        if len(numbers) != len(self.characters):
            raise ValueError(
                "characters holds a character twice; expected each once. "
                "Use Vocabulary.of(text) to collect the characters of a text."
            )
        object.__setattr__(self, "_number", numbers)

    @classmethod
    def of(cls, text: str) -> Vocabulary:
        """Return the vocabulary of all characters in `text`, in sorted order."""
        return cls("".join(sorted(set(_text("text", text)))))

    def __len__(self) -> int:
        """Return V, the number of characters."""
        return len(self.characters)

    def encode(self, text: str) -> NDArray[np.int64]:
        """Return the numbers (T,) of the characters of `text`."""
        for place, character in enumerate(_text("text", text)):
            if character not in self._number:
                raise ValueError(
                    f"text holds {character!r} at place {place}; expected only the characters "
                    f"{self.characters!r}. Leave it out, or build the vocabulary from a text "
                    "that has it."
                )
        return np.array([self._number[character] for character in text], dtype=np.int64)

    def decode(self, numbers: Iterable[int]) -> str:
        """Return the text whose characters have these numbers."""
        return "".join(self.characters[i] for i in self._checked(numbers))

    def one_hot(self, numbers: Iterable[int]) -> Floats:
        """Return one row (V,) for each number, with a 1 at its place: (T, V)."""
        return np.eye(len(self))[self._checked(numbers)]

    def _checked(self, numbers: Iterable[int]) -> NDArray[np.int64]:
        array = np.asarray(numbers if isinstance(numbers, np.ndarray) else list(numbers))
        if array.size and array.dtype.kind not in "iu":
            raise TypeError(
                f"numbers has dtype {array.dtype}; expected integers, such as encode(text) returns."
            )
        Sizes().expect("numbers", array, "T")
        if array.min() < 0 or array.max() >= len(self):
            outside = array[(array < 0) | (array >= len(self))][0]
            raise ValueError(
                f"numbers holds {outside}; expected 0 to {len(self) - 1}, for a vocabulary of "
                f"{len(self)} characters. Use the vocabulary that made the numbers."
            )
        return array.astype(np.int64, copy=False)


def sample(
    params: Mapping[str, ArrayLike],
    vocabulary: Vocabulary,
    prompt: str,
    length: int,
    *,
    temperature: float = 1.0,
    seed: int = 0,
) -> str:
    """Let a character-level RNN continue a text, one character at a time.

    Parameters
    ----------
    params : mapping
        ``"W_xh"`` (H, V), ``"W_hh"`` (H, H), ``"b_h"`` (H,), ``"W_hy"`` (V, H) and
        ``"b_y"`` (V,), trained on one-hot characters of `vocabulary`.
    vocabulary : Vocabulary
        The V characters.
    prompt : str
        What the model reads first; at least one character.
    length : int
        How many characters to write after it.
    temperature : float, optional
        The logits are divided by it: below 1 the likely becomes likelier, above 1 the
        text gets wilder. 0 always takes the likeliest character.
    seed : int, optional
        The same seed writes the same text.

    Returns
    -------
    str
        The new characters, without the prompt.

    Raises
    ------
    ValueError
        If a shape, a key or a character does not fit, or a number is negative.
    TypeError
        If an argument is not of the kind that is expected.

    Notes
    -----
    ``p = softmax((W_hy h_t + b_y) / temperature)``; the character drawn from p is the
    next input, so the model reads what it wrote.

    References
    ----------
    .. [1] A. Karpathy, "min-char-rnn" (2015), function ``sample``.

    Examples
    --------
    >>> from bptt_lib import init_params
    >>> vocabulary = Vocabulary("ab")
    >>> params = init_params(2, 3, 2) | {"b_y": [0.0, 50.0]}  # in love with the letter b
    >>> sample(params, vocabulary, "a", 4)
    'bbbb'
    """
    W_xh, W_hh, b_h, W_hy, b_y = _character_model(params, vocabulary).values()
    length, seed = count("length", length), count("seed", seed)
    temperature = number("temperature", temperature, least=0, finite=True)
    rng = np.random.default_rng(seed)

    h = np.zeros_like(b_h)  # (H,)
    read = vocabulary.encode(prompt)  # (T,)
    written: list[int] = []
    for _ in range(length):
        cache = rnn_forward_cache(vocabulary.one_hot(read), h, W_xh, W_hh, b_h)
        h = cache["hidden_states"][-1]  # (H,)
        logits = W_hy @ h + b_y  # (V,)
        written.append(_draw(logits, temperature, rng))
        read = np.array(written[-1:])
    return vocabulary.decode(written) if written else ""


def _draw(logits: Floats, temperature: float, rng: np.random.Generator) -> int:
    behind = logits - logits.max()  # of the likeliest: 0, of the others: below 0
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        scaled = np.where(behind == 0, 0.0, behind / temperature)  # temperature 0: -inf
    p = np.exp(scaled.astype(np.float64))
    return int(rng.choice(len(p), p=p / p.sum()))


def _character_model(params: Mapping[str, ArrayLike], vocabulary: Vocabulary) -> Params:
    """Return the parameters of a model that reads and writes this vocabulary."""
    if not isinstance(vocabulary, Vocabulary):
        raise TypeError(
            f"vocabulary is of type {type(vocabulary).__name__}; expected a Vocabulary. "
            "Make one with Vocabulary.of(text)."
        )
    arrays, sizes = parameter_arrays(params)
    V = len(vocabulary)
    if (sizes["D"], sizes["V"]) != (V, V):
        raise ValueError(
            f"params reads D = {sizes['D']} and writes V = {sizes['V']} characters; expected "
            f"D = V = {V}, the size of the vocabulary. Use the vocabulary it was trained with."
        )
    return arrays


def _text(name: str, value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is of type {type(value).__name__}; expected a str.")
    if not value:
        raise ValueError(f"{name} is empty; expected at least one character.")
    return value
