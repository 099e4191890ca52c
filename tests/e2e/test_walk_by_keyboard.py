"""Each widget of the site in Chromium and in Firefox, by keyboard alone, through its whole range.

One set of walks for both browsers, and one page for all of them; each sentence is held against
numbers that plain NumPy computes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from bptt_site.live_stepper import recorded_run
from playwright.sync_api import Playwright

from tests import by_hand
from tests.by_hand import assert_says
from tests.driven import Driven
from tests.e2e.conftest import BROWSERS, quiet_browser
from tests.e2e.lesson import Lesson
from tests.e2e.walks.explorers import walk_the_states
from tests.e2e.walks.stepper import walk_a_run
from tests.e2e.walks.training import MAX_NORM, walk_the_epochs, walk_the_tables
from tests.e2e.walks.your_code import CELL, MISTAKE, walk_your_code

pytestmark = pytest.mark.e2e

STEPPER, EXPLORER = "[data-bptt-stepper]", "[data-bptt-explorer]"
CELLS = (
    "stepper-first-walk",
    "stepper-two-gradients",
    "exploding-gradients",
    "explore-vanishing",
    "explore-clipping",
    "the-sentence",
    "watch-training",
    "explore-training",
    "explore-attention",
)


@pytest.fixture(scope="module", params=BROWSERS)
def driven(
    request: pytest.FixtureRequest,
    playwright: Playwright,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Driven]:
    profile = tmp_path_factory.mktemp(request.param) / "profile"
    with quiet_browser(request.param, playwright, profile) as (driven, watch):
        yield driven
        watch.assert_quiet()


@pytest.fixture(scope="module")
def lesson(driven: Driven, site_url: str) -> Lesson:
    lesson = Lesson(driven, site_url)
    for name in CELLS:
        lesson.run(name)
    lesson.run("task-2-exercise", f"{CELL}\n{MISTAKE.source.strip()}")
    return lesson


def test_the_stepper_on_the_start_page(driven: Driven, site_url: str) -> None:
    driven.goto(site_url)
    driven.wait_for(STEPPER)
    walk_a_run(driven, STEPPER, recorded_run()["inputs"])


def test_the_stepper_with_a_loss_at_the_last_step(lesson: Lesson) -> None:
    inputs = lesson.arrays("stepper-first-walk")
    arriving = by_hand.at_last(len(inputs["X_seq"]), inputs["dL_dh_last"])
    where = lesson.widget("stepper-first-walk", STEPPER)
    walk_a_run(lesson.driven, where, {**inputs, "dL_dh_seq": arriving})


def test_the_stepper_with_a_loss_at_each_step(lesson: Lesson) -> None:
    inputs = lesson.arrays("stepper-two-gradients")
    where = lesson.widget("stepper-two-gradients", STEPPER)
    assert lesson.driven.attribute(where, "data-phase") == "backward"
    walk_a_run(lesson.driven, where, {**inputs, "h0": np.zeros(3)})


def test_your_own_code(lesson: Lesson) -> None:
    walk_your_code(lesson)


def test_vanishing_and_exploding(lesson: Lesson) -> None:
    def check(sentence: str, radius: float, loud: float) -> None:
        numbers, fate = by_hand.vanishing(radius, loud)
        assert_says(sentence, numbers)
        assert fate in sentence

    radii = [round(0.5 + 0.05 * i, 2) for i in range(21)]
    where = lesson.widget("explore-vanishing", EXPLORER)
    walk_the_states(lesson.driven, where, radii, (0.0, 1.5), check)


def test_clipping(lesson: Lesson) -> None:
    limits = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
    said = {limit: by_hand.clipping(limit) for limit in limits}
    where = lesson.widget("explore-clipping", EXPLORER)
    walk_the_states(
        lesson.driven, where, limits, (None,), lambda text, limit, _: assert_says(text, said[limit])
    )


def test_from_bptt_to_attention(lesson: Lesson) -> None:
    where = lesson.widget("explore-attention", EXPLORER)
    walk_the_states(
        lesson.driven,
        where,
        range(2, 42, 2),
        (0.7, 0.9, 1.1),
        lambda text, T, radius: assert_says(text, by_hand.attention(int(T), radius)),
    )


def test_the_training_explorer(lesson: Lesson) -> None:
    characters, epochs = the_course_of_training()

    def spell(one: by_hand.Epoch) -> str:
        return "".join(characters[i] for i in one.outputs.argmax(axis=1))

    walk_the_epochs(lesson.driven, lesson.widget("explore-training", EXPLORER), epochs, spell)


def test_the_training_monitor_and_its_tables(lesson: Lesson) -> None:
    _, epochs = the_course_of_training()
    losses, norms = [one.loss for one in epochs], [one.norm for one in epochs]
    where = lesson.widget("watch-training", "[data-bptt-training]")
    walk_the_tables(lesson.driven, where, [[losses], [norms]])
    clipped = sum(norm > MAX_NORM for norm in norms)
    said = lesson.driven.text(lesson.widget("watch-training", "[role=status]"))
    assert_says(said, [200, 200, losses[0], losses[-1], clipped])


def test_a_line_chart_and_its_table(lesson: Lesson) -> None:
    columns = []
    for radius in (0.8, 1.0, 1.2):
        W_hh = by_hand.weights(4, 32, 4, 0, radius)["W_hh"]
        d = np.ones(32) / np.sqrt(32)
        powers = [np.linalg.matrix_power(W_hh.T, k) for k in range(31)]
        columns.append([float(np.linalg.norm(power @ d)) for power in powers])
    where = lesson.widget("exploding-gradients", ".bptt-chart")
    walk_the_tables(lesson.driven, where, [columns])


def the_course_of_training() -> tuple[str, list[by_hand.Epoch]]:
    characters, X, targets = by_hand.the_sentence()
    V = len(characters)
    first = by_hand.weights(V, 32, V, 1, 1.0)
    return characters, list(by_hand.train(X, targets, first, 1.0, 200, MAX_NORM))
