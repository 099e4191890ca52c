"""The training monitor: it shows the records of a run, neither more nor less."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from bptt_lib import init_params, squared_error, training_steps
from bptt_lib.widgets.training_monitor import TrainingMonitor, watch_training

EPOCHS, MAX_NORM = 100, 0.5


@pytest.fixture
def records():
    X_seq, targets = np.eye(4), np.array([0.0, 1.0, 0.0, 1.0])
    params = init_params(4, 3, 1)
    return list(training_steps(X_seq, targets, params, squared_error, 0.1, EPOCHS, MAX_NORM))


def test_it_ends_with_every_loss_and_norm_shown(records):
    monitor = TrainingMonitor(EPOCHS, MAX_NORM)
    for record in records:
        monitor.add(record)
    assert [one["loss"] for one in monitor.records] == [record.loss for record in records]
    assert [one["norm"] for one in monitor.records] == [record.grad_norm for record in records]
    assert (monitor.epochs, monitor.max_norm) == (EPOCHS, MAX_NORM)
    assert monitor.last is records[-1]


def test_the_sentence_counts_what_was_clipped(records):
    monitor = TrainingMonitor(EPOCHS, MAX_NORM)
    for record in records:
        monitor.add(record)
    clipped = sum(record.clipped_norm < record.grad_norm for record in records)
    assert 0 < clipped < EPOCHS
    assert f"above max_norm in {clipped} of them" in monitor.sentence()
    assert monitor.sentence().startswith("100 of 100 epochs: the loss went from ")


def test_the_status_speaks_four_times_and_the_curves_oftener(records):
    spoken, shown = [], []
    monitor = TrainingMonitor(EPOCHS, MAX_NORM)
    monitor.observe(lambda change: spoken.append(change.new), "status")
    monitor.observe(lambda change: shown.append(len(change.new)), "records")
    for record in records:
        monitor.add(record)
    assert len(spoken) == 4
    assert spoken[-1].startswith(f"{EPOCHS} of {EPOCHS} epochs")
    assert 4 < len(shown) <= 60


def test_watching_runs_the_training_to_its_end(records, capsys):
    monitor = watch_training(iter(records), epochs=EPOCHS, max_norm=MAX_NORM)
    assert len(monitor.losses) == EPOCHS


def test_a_run_of_no_epochs_is_no_error():
    monitor = watch_training(iter(()), epochs=0, max_norm=MAX_NORM)
    assert monitor.last is None
    assert monitor.sentence() == "No epoch of 0 has run yet."


@pytest.mark.e2e
def test_any_epoch_is_looked_at_again_letter_by_letter(host, records):
    monitor = TrainingMonitor(EPOCHS, MAX_NORM, predicted=lambda _: "abca", target="abcd")
    for record in records:
        monitor.add(record)
    names = ("records", "epochs", "max_norm", "target", "status")
    page = host("training_monitor.js", {name: getattr(monitor, name) for name in names})
    expect(page.get_by_role("status")).to_have_text(monitor.sentence())
    expect(page.get_by_role("progressbar")).to_have_js_property("value", EPOCHS)
    page.get_by_role("slider").press("Home")
    expect(page.locator(".bptt-at-epoch")).to_contain_text(f"loss {records[0].loss:.3g}")
    expect(page.get_by_text("3 of 4 letters are right.")).to_be_visible()
    expect(page.locator("mark")).to_have_text("a")
    clipped = sum(record.clipped_norm < record.grad_norm for record in records)
    expect(page.locator("figure .bptt-mark")).to_have_count(clipped + 1)  # and one in the key
