"""The notebooks run top to bottom under native Jupyter, as shipped and solved."""

from __future__ import annotations

import re

import pytest

from bptt_lib import course_text
from tests.notebooks.lessons import LESSON, NEXT, outputs, read, run, training_told
from tests.notebooks.solutions import solved

EXERCISES = {
    "rnn_forward_cache": "task-1-exercise",
    "rnn_bptt": "task-2-exercise",
    "clip_gradients": "task-3-exercise",
    "train_rnn_bptt": "task-4-exercise",
}


@pytest.fixture(scope="module")
def as_shipped():
    return run(read(LESSON))


@pytest.fixture(scope="module")
def with_solutions():
    return run(solved(read(LESSON)))


def status(notebook, name):
    html = outputs(notebook, EXERCISES[name])
    (found,) = re.findall(rf'data-bptt-check="{name}"[^>]*data-status="(\w+)"', html)
    return found


@pytest.mark.parametrize("name", EXERCISES)
def test_as_shipped_each_exercise_fails_kindly(as_shipped, name):
    assert status(as_shipped, name) == "failed"


def test_as_shipped_the_lesson_goes_on_with_the_library_s_functions(as_shipped):
    assert "rnn_bptt: the library's" in outputs(as_shipped, "watch-training")
    assert outputs(as_shipped, "let-it-speak").strip() == "she sells sea shells by the sea shore."


@pytest.mark.parametrize("name", EXERCISES)
def test_solved_each_exercise_passes(with_solutions, name):
    assert status(with_solutions, name) == "passed"


def test_solved_the_reader_s_own_functions_are_trained_with(with_solutions):
    assert "the library" not in outputs(with_solutions, "watch-training")
    assert outputs(with_solutions, "your-own-loop").startswith("train_rnn_bptt: yours")


def test_the_reader_s_loop_ends_where_the_watched_one_ends(with_solutions):
    (difference,) = re.findall(r"run above: (\S+)", outputs(with_solutions, "your-own-loop"))
    assert float(difference) < 1e-6


def test_the_loss_falls_until_the_sentence_is_known(with_solutions):
    first, last = training_told(with_solutions)
    assert 2.0 < first < 3.0
    assert last < 0.05
    assert outputs(with_solutions, "let-it-speak").strip() == (
        "she sells sea shells by the sea shore."
    )


def test_the_reader_s_gradients_pass_the_gradient_check(with_solutions):
    assert "gradients agree" in outputs(with_solutions, "gradient-check")


def test_no_cell_writes_to_the_error_stream(as_shipped, with_solutions):
    for notebook in (as_shipped, with_solutions):
        for cell in notebook.cells:
            for output in cell.get("outputs", ()):
                assert output.get("name") != "stderr", (cell.id, output.get("text"))


@pytest.fixture(scope="module")
def next_lesson():
    return run(read(NEXT))


def test_the_character_model_learns_the_text(next_lesson):
    first, last = training_told(next_lesson)
    # The best guesser of the notebook that remembers one character pays 1.74 nats.
    assert first > 1.74
    assert last < 0.4


def test_the_baselines_are_in_the_order_in_which_they_know_more(next_lesson):
    nats = [float(n) for n in re.findall(r"(\S+) nats", outputs(next_lesson, "baselines"))]
    assert len(nats) == 3
    assert nats == sorted(nats, reverse=True)


def test_the_model_writes_words_of_the_text_at_the_end_and_none_at_the_start(next_lesson):
    stages = re.split(r"--- after \d+ passes\n", outputs(next_lesson, "write-stages"))[1:]
    words = set(re.findall("[a-z]+", course_text()))
    known = [
        sum(word in words for word in found) / len(found)
        for found in (re.findall("[a-z]{3,}", stage)[1:-1] for stage in stages)
    ]
    assert known[0] < 0.2
    assert known[-1] > 0.6


def test_the_beginnings_of_words_surprise_the_model_most(next_lesson):
    told = outputs(next_lesson, "surprise-run")
    bits = [float(b) for b in re.findall(r"(\S+) bits on average", told)]
    assert len(bits) == 3
    assert bits == sorted(bits, reverse=True)
