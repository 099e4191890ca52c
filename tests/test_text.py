"""A vocabulary loses nothing, and sampling follows the probabilities that it is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bptt_lib import Vocabulary, init_params, rnn_forward_cache, sample


@given(text=st.text(min_size=1))
def test_decoding_undoes_encoding(text):
    vocabulary = Vocabulary.of(text)
    assert len(vocabulary) == len(set(text))
    numbers = vocabulary.encode(text)
    assert vocabulary.decode(numbers) == vocabulary.decode(numbers.tolist()) == text
    one_hot = vocabulary.one_hot(numbers)
    assert one_hot.shape == (len(text), len(vocabulary))
    assert one_hot.sum() == len(text)
    np.testing.assert_array_equal(one_hot.argmax(axis=1), numbers)


def test_the_order_of_characters_depends_on_the_text_alone():
    assert Vocabulary.of("cab") == Vocabulary.of("bacca") == Vocabulary("abc")


def constant_model(logits):
    """Return a model whose next character does not depend on what it read."""
    V = len(logits)
    params = init_params(V, 3, V)
    return params | {"W_hy": np.zeros((V, 3)), "b_y": np.array(logits)}


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_frequencies_follow_the_softmax_at_each_temperature(temperature):
    logits, n = np.array([0.0, 1.0, -1.0]), 4000
    written = sample(
        constant_model(logits), Vocabulary("abc"), "a", n, temperature=temperature, seed=1
    )
    p = np.exp(logits / temperature)
    p /= p.sum()
    seen = np.array([written.count(c) for c in "abc"]) / n
    assert (np.abs(seen - p) < 4 * np.sqrt(p * (1 - p) / n)).all(), (seen, p)


@pytest.mark.parametrize("temperature", [0, 1e-300])
def test_temperature_zero_takes_the_likeliest(temperature):
    model = constant_model([0.0, 0.1, 0.0])
    assert sample(model, Vocabulary("abc"), "c", 5, temperature=temperature) == "bbbbb"


def test_what_was_written_is_read_again():
    """Greedy sampling gives what a forward pass over the prompt and the answer finds likeliest."""
    vocabulary = Vocabulary("abcd")
    params = init_params(4, 8, 4, seed=3, spectral_radius=1.5)
    written = sample(params, vocabulary, "abca", 12, temperature=0)
    read = vocabulary.one_hot(vocabulary.encode("abca" + written))
    states = rnn_forward_cache(read, np.zeros(8), *(params[n] for n in ("W_xh", "W_hh", "b_h")))
    likeliest = (states["hidden_states"][1:] @ params["W_hy"].T + params["b_y"]).argmax(axis=1)
    assert vocabulary.decode(likeliest[3:-1]) == written
    assert len(set(written)) > 1


def test_the_seed_decides():
    model, vocabulary = constant_model([0.0, 0.0]), Vocabulary("ab")
    first, again, other = (sample(model, vocabulary, "a", 40, seed=s) for s in (1, 1, 2))
    assert first == again != other
    assert sample(model, vocabulary, "a", 0) == ""
