"""Editing a run in the page, and predicting it: the page's numbers against Python's."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from bptt_lib.recording import record
from tests.widgets.test_stepper_browser import a_run, numbers_in, sentence, state

pytestmark = pytest.mark.e2e

RECOMPUTE = """async ([run, edges]) => {
  const { compute } = await import("/widgets/js/rnn.js");
  return compute(run.inputs, edges);
}"""

SUMMARY = "Change it: numbers, loss, truncation, clipping"


def leaves(value, path=()):
    """All numbers of a nested dictionary, by their place."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return {p: v for key, one in pairs for p, v in leaves(one, (*path, key)).items()}
    return {path: value}


@pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 3, 2), (12, 8, 8)])
def test_the_page_computes_the_same_dictionary_as_python(open_page, sizes):
    page = open_page()
    for edges in (None, 0, 1, 3):
        _, expected = a_run(*sizes, truncation=edges)
        got = page.evaluate(RECOMPUTE, [expected, edges])
        expected_leaves, got_leaves = leaves(expected), leaves(got)
        assert got_leaves.keys() == expected_leaves.keys()
        numeric = [p for p, v in expected_leaves.items() if isinstance(v, float)]
        assert len(numeric) > 10
        np.testing.assert_allclose(
            [got_leaves[p] for p in numeric], [expected_leaves[p] for p in numeric], atol=1e-12
        )


def opened(host, position=0, **options) -> tuple[dict, Page]:
    run, data = a_run(T=3, D=2, H=2, **options)
    page = host("stepper.js", {"run": data, "position": position})
    page.get_by_text(SUMMARY).click()
    return run, page


def test_an_edited_weight_changes_the_whole_run_and_reset_brings_it_back(host):
    run, page = opened(host, position=5)
    before = sentence(page)
    page.get_by_label("W_hh[0, 1]").fill("-0.9")
    run["W_hh"][0, 1] = -0.9
    frame = record(**run).frame("backward", 0)
    said = numbers_in(sentence(page))
    np.testing.assert_allclose(said[4:6], frame.computes["dh"], atol=0.0051)
    assert sentence(page) != before
    page.get_by_role("button", name="Reset").click()
    assert sentence(page) == before


def test_a_target_is_edited_and_the_loss_is_its_squared_distance(host):
    run, page = opened(host, position=5, every_step=False)
    before = sentence(page)
    page.get_by_label("Edit", exact=True).select_option("targets")
    expect(page.get_by_label("given by", exact=True)).to_have_value("target")
    assert sentence(page) == before  # the first targets have the gradients that the run came with
    page.get_by_label("targets[2, 0]").fill("0.5")
    page.get_by_label("Edit", exact=True).select_option("h0")
    page.get_by_label("h0[1]").fill("-0.75")

    run["h0"][1] = -0.75
    targets = page.locator(".bptt-experiment")  # the other entry of the target is as it was
    last = record(**a_run(T=3, D=2, H=2, every_step=False)[0]).frame("forward", 2).computes["h"]
    target = np.array([0.5, (last - run["dL_dh_last"])[1]])
    states = record(**run).frame("forward", 2).computes["h"]
    run["dL_dh_last"] = states - target
    frame = record(**run).frame("backward", 0)
    np.testing.assert_allclose(numbers_in(sentence(page))[4:6], frame.computes["dh"], atol=0.0051)
    loss = ((states - target) ** 2).sum() / 2
    (said,) = numbers_in(targets.get_by_text("The loss is").inner_text())
    assert said == pytest.approx(loss, abs=0.0051)
    page.get_by_label("Edit", exact=True).select_option("dL_dh_seq")
    expect(page.get_by_label("given by", exact=True)).to_have_value("gradient")
    page.get_by_role("button", name="Reset").click()
    assert sentence(page) == before


def test_an_entry_is_dragged_and_typed_nonsense_changes_nothing(host):
    _, page = opened(host)
    page.get_by_label("Edit", exact=True).select_option("X_seq")
    field = page.get_by_label("X_seq[0, 0]")
    before, said = float(field.input_value()), sentence(page)
    box = field.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 10, steps=4)
    page.mouse.up()
    assert float(field.input_value()) == pytest.approx(before + 0.5, abs=0.02)
    assert sentence(page) != said
    said = sentence(page)
    field.fill("")
    assert sentence(page) == said


def test_loss_at_each_step_and_truncation_are_chosen(host):
    run, page = opened(host, position=5, every_step=False)
    losses = page.locator(".bptt-loss:not([visibility='hidden'])")
    expect(losses).to_have_count(1)
    page.get_by_label("Loss", exact=True).select_option("each")
    expect(losses).to_have_count(3)
    page.get_by_label("Backward", exact=True).select_option("0")
    expect(page.locator(".bptt-cut:not([data-is='ahead'])")).to_have_count(3)
    each = {**run, "dL_dh_seq": np.tile(run["dL_dh_last"], (3, 1)), "dL_dh_last": None}
    frame = record(**each, truncation=0).frame("backward", 0)
    np.testing.assert_allclose(numbers_in(sentence(page))[4:6], frame.computes["dh"], atol=0.0051)


def test_full_truncated_and_clipped_stand_side_by_side(host):
    run, page = opened(host)
    page.get_by_label("max_norm").fill("0.5")

    def norm(edges):
        totals = record(**run, truncation=edges).frames[-1].totals
        return np.sqrt(sum((total**2).sum() for total in totals.values()))

    norms = [numbers_in(text)[-1] for text in page.locator(".bptt-version").all_inner_texts()]
    np.testing.assert_allclose(norms, [norm(None), norm(1), 0.5], atol=0.0051)
    note = page.locator(".bptt-experiment [aria-live]").last.inner_text()
    assert "the same direction" in note.split("Clipped")[1]
    assert "°" in note.split("Clipped")[0]


def test_a_step_is_asked_about_before_it_is_shown(host):
    run, page = opened(host)
    page.get_by_label("predict each step").check()
    page.locator(".bptt-window").press("ArrowRight")
    assert state(page) == ("forward", 0)
    expect(page.get_by_text("Next: forward, step 1. What will h₁[1] be?")).to_be_visible()
    page.get_by_label("Your prediction").fill("0.25")
    page.get_by_label("Your prediction").press("Enter")
    assert state(page) == ("forward", 1)
    h = record(**run).frame("forward", 1).computes["h"][1]
    told = numbers_in(page.locator(".bptt-answer").inner_text())
    np.testing.assert_allclose(told, [0.25, h, abs(h - 0.25)], atol=0.0051)
    page.locator(".bptt-window").press("ArrowLeft")
    assert state(page) == ("forward", 0)
    expect(page.locator(".bptt-answer")).to_be_hidden()
