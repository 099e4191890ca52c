"""The explorers: every state is what `bptt_lib` says, and every one is reached by keyboard."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from playwright.sync_api import expect

from bptt_lib import delayed_echo, init_params, softmax_cross_entropy, training_steps
from bptt_lib.widgets.attention import LENGTHS, attention_explorer
from bptt_lib.widgets.clipping import LIMITS, WAYS, angle, clipping_explorer
from bptt_lib.widgets.explorer import Explorer
from bptt_lib.widgets.training_explorer import TrainingExplorer
from bptt_lib.widgets.vanishing import LOUD, RADII, vanishing_explorer

EXPLORERS = {
    "vanishing": vanishing_explorer,
    "clipping": clipping_explorer,
    "attention": attention_explorer,
}


@pytest.fixture(scope="module")
def explorers() -> dict[str, Explorer]:
    return {name: make() for name, make in EXPLORERS.items()}


def values(widget: Explorer) -> dict:
    return {name: getattr(widget, name) for name in ("title", "question", "controls", "states")}


def line(state, chart, name):
    return np.array(
        next(one["y"] for one in state["charts"][chart]["lines"] if one["name"] == name)
    )


def test_without_saturation_the_slope_is_the_spectral_radius(explorers):
    for i, rho in enumerate(RADII):
        state = explorers["vanishing"].states[i * len(LOUD)]
        measured = line(state, 0, "measured")
        slope = (measured[30] / measured[10]) ** (1 / 20)
        assert slope == pytest.approx(rho, rel=0.05)


def test_saturation_only_shrinks_the_gradient(explorers):
    for i in range(len(RADII)):
        off, on = explorers["vanishing"].states[i * len(LOUD) : i * len(LOUD) + 2]
        assert line(on, 0, "measured")[-1] <= line(off, 0, "measured")[-1]


def test_only_the_global_norm_keeps_the_direction(explorers):
    grads = {"a": np.array([3.0, 4.0]), "b": np.array([[0.5]])}
    bent = {way: angle(grads, clip(grads, 1.0)) for way, clip in WAYS.items()}
    assert bent["global norm"] == pytest.approx(0.0, abs=1e-5)
    assert min(bent["each array"], bent["each value"]) > 1.0
    state = explorers["clipping"].states[LIMITS.index(1.0)]
    groups = {one["name"]: one for one in state["charts"][0]["groups"]}
    shares = {name: [bar["share"] for bar in one["bars"]] for name, one in groups.items()}
    assert np.hypot.reduce([bar["value"] for bar in groups["global norm"]["bars"]]) == (
        pytest.approx(1.0)
    )
    assert shares["global norm"] == pytest.approx(shares["before"])
    assert shares["each array"] == pytest.approx([3**-0.5] * 3)
    assert groups["global norm"]["turned"] == pytest.approx(0.0, abs=1e-4)
    assert groups["each value"]["turned"] > 10
    assert (
        line(state, 1, "clipped to 1 (global norm)")[-1] < 0.1 < line(state, 1, "not clipped")[-1]
    )


def test_attention_keeps_what_the_rnn_loses(explorers):
    far = explorers["attention"].states[3 * (len(LENGTHS) - 1)]  # the longest, radius 0.7
    assert line(far, 0, "RNN")[-1] < 1e-6 < 1e-3 < line(far, 0, "attention")[-1]
    assert line(far, 1, "RNN")[-1] == max(LENGTHS)
    assert set(line(far, 1, "attention")) == {1.0}


@pytest.mark.e2e
@pytest.mark.parametrize("name", EXPLORERS)
def test_each_state_is_reached_by_keyboard_and_says_its_sentence(host, explorers, name):
    widget = explorers[name]
    page = host("explorer.js", values(widget))
    others = int(np.prod([len(one["positions"]) for one in widget.controls[1:]]))
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    for i, position in enumerate(widget.controls[0]["positions"]):
        inner = next((one["start"] for one in widget.controls[1:]), 0)
        said = widget.states[i * others + inner]["sentence"]
        expect(page.get_by_role("status")).to_have_text(said)
        assert slider.get_attribute("aria-valuetext") == position
        slider.press("ArrowRight")
    page.get_by_text("The numbers as tables").click()
    expect(page.locator("table")).to_have_count(2)


@pytest.mark.e2e
@pytest.mark.parametrize("name", EXPLORERS)
def test_it_fits_a_phone_and_leaves_nothing_behind(host, explorers, name):
    page = host("explorer.js", values(explorers[name]), viewport={"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate("host.cleanUp()")
    assert page.evaluate("host.listeners.size") == 0
    assert page.locator("#here > *").count() == 0


def a_training(epochs=12):
    echo = delayed_echo(steps=20, delay=1, symbols="ab")
    begin = partial(
        training_steps,
        echo.X_seq,
        echo.targets,
        init_params(2, 4, 2),
        softmax_cross_entropy,
        0.5,
        epochs,
        0.3,
    )
    return TrainingExplorer(
        begin, epochs, 0.3, lambda y: echo.vocabulary.decode(y.argmax(axis=1))[:5]
    )


def test_training_advances_as_asked_and_restarts_from_the_same_weights():
    explorer = a_training()
    explorer._asked(None, 5, [])
    first = list(explorer.records)
    explorer._asked(None, 50, [])
    assert (len(first), len(explorer.records)) == (5, 12)
    explorer._asked(None, "restart", [])
    assert explorer.records == []
    explorer._asked(None, 5, [])
    assert explorer.records == first
    assert {one["clipped"] for one in explorer.records} <= {True, False}
    assert len(first[0]["predicted"]) == 5


def test_a_fault_while_training_is_said():
    explorer = TrainingExplorer(lambda: (1 / 0 for _ in range(3)), 3, 1.0)
    explorer._asked(None, 1, [])
    assert "ZeroDivisionError" in explorer.problem


@pytest.mark.e2e
def test_training_is_paused_rewound_and_restarted_in_the_page(host):
    explorer = a_training()
    explorer.advance(10)
    names = ("epochs", "max_norm", "records", "target", "problem")
    page = host("training_explorer.js", {name: getattr(explorer, name) for name in names})
    status = page.get_by_role("status")
    expect(status).to_contain_text("Epoch 9 of 10 trained")
    page.get_by_role("button", name="Train").click()
    assert page.evaluate("host.sent") == [5]
    explorer.advance(2)
    page.evaluate("records => host.set('records', records)", explorer.records)
    expect(status).to_contain_text("Epoch 11 of 12 trained")
    expect(page.get_by_role("button", name="Train")).to_be_visible()  # the run is at its end
    page.get_by_role("slider").press("Home")
    loss = explorer.records[0]["loss"]
    expect(status).to_contain_text(f"Epoch 0 of 12 trained: loss {loss:.3g}")
    page.get_by_role("button", name="Restart").click()
    assert page.evaluate("host.sent").pop() == "restart"
