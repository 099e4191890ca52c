"""The tasks say what they promise, are the same for the same seed, and can be learnt."""

from __future__ import annotations

import numpy as np
import pytest

from bptt_lib import (
    Vocabulary,
    course_text,
    delayed_echo,
    init_params,
    next_character,
    parity,
    sample,
    softmax_cross_entropy,
    training_steps,
)

TASKS = {
    "next_character": lambda: next_character("to the sea, to the sea, "),
    "delayed_echo": delayed_echo,
    "parity": parity,
}


def read(task):
    return task.vocabulary.decode(task.X_seq.argmax(axis=1))


@pytest.mark.parametrize("make", TASKS.values(), ids=TASKS)
def test_inputs_are_one_hot_and_targets_are_classes(make):
    task = make()
    T, D = task.X_seq.shape
    assert len(task.vocabulary) == D
    assert task.targets.shape == (T,)
    assert task.targets.dtype.kind == "i"
    assert ((task.X_seq == 0) | (task.X_seq == 1)).all()
    assert (task.X_seq.sum(axis=1) == 1).all()
    assert set(task.targets.tolist()) <= set(range(D))
    np.testing.assert_array_equal(make().X_seq, task.X_seq)


@pytest.mark.parametrize("make", TASKS.values(), ids=TASKS)
def test_each_task_is_learnt_by_a_small_network(make):
    task = make()
    V = len(task.vocabulary)
    *_, last = training_steps(
        task.X_seq,
        task.targets,
        init_params(V, 16, V, seed=1),
        softmax_cross_entropy,
        0.5,
        300,
        5.0,
    )
    np.testing.assert_array_equal(last.outputs.argmax(axis=1), task.targets)


def test_next_character_is_the_text_moved_by_one():
    text = course_text()
    task = next_character(text)
    assert read(task) == text[:-1]
    assert task.vocabulary.decode(task.targets) == text[1:]


@pytest.mark.parametrize("delay", [0, 1, 5])
def test_the_echo_comes_back_after_its_delay(delay):
    task = delayed_echo(20, delay, symbols="-xyz", seed=3)
    said = task.vocabulary.decode(task.targets)
    assert said == "-" * delay + read(task)[: 20 - delay]
    assert set(read(task)) <= set("xyz")


def test_parity_counts_the_ones_so_far():
    task = parity(50, seed=2)
    bits = [int(bit) for bit in read(task)]
    assert set(bits) == {0, 1}
    assert task.targets.tolist() == [sum(bits[: t + 1]) % 2 for t in range(50)]


def test_seeds_differ():
    for make in (delayed_echo, parity):
        assert (make(seed=0).X_seq != make(seed=1).X_seq).any()


def test_the_course_text_is_short_and_plain():
    text = course_text()
    assert 500 < len(text) < 3000
    assert text.isascii()
    assert text == text.lower()
    assert len(Vocabulary.of(text)) < 32


def test_a_trained_model_writes_the_phrase_it_learnt():
    task = TASKS["next_character"]()
    V = len(task.vocabulary)
    *_, last = training_steps(
        task.X_seq,
        task.targets,
        init_params(V, 16, V, seed=1),
        softmax_cross_entropy,
        0.5,
        300,
        5.0,
    )
    assert sample(last.params, task.vocabulary, "to the ", 5, temperature=0) == "sea, "
