"""The training monitor: it shows the records of a run, neither more nor less."""

from __future__ import annotations

import numpy as np
import pytest

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
    assert monitor.progress.value == EPOCHS
    assert monitor.loss_chart.lines[0]["y"] == [record.loss for record in records]
    assert monitor.norm_chart.lines[0]["y"] == [record.grad_norm for record in records]
    assert monitor.norm_chart.rule["y"] == MAX_NORM
    assert monitor.last is records[-1]


def test_the_sentence_counts_what_was_clipped(records):
    monitor = TrainingMonitor(EPOCHS, MAX_NORM)
    for record in records:
        monitor.add(record)
    clipped = sum(record.clipped_norm < record.grad_norm for record in records)
    assert 0 < clipped < EPOCHS
    assert f"above max_norm in {clipped} of them" in monitor.sentence()
    assert monitor.sentence().startswith("100 of 100 epochs: the loss went from ")


def test_the_status_speaks_four_times_and_the_progress_oftener(records):
    spoken, shown = [], []
    monitor = TrainingMonitor(EPOCHS, MAX_NORM)
    monitor.status.observe(lambda change: spoken.append(change.new), "value")
    monitor.progress.observe(lambda change: shown.append(change.new), "value")
    for record in records:
        monitor.add(record)
    assert len(spoken) == 4
    assert all('role="status"' in words for words in spoken)
    assert 4 < len(shown) <= 60


def test_watching_runs_the_training_to_its_end(records, capsys):
    monitor = watch_training(iter(records), epochs=EPOCHS, max_norm=MAX_NORM)
    assert len(monitor.losses) == EPOCHS


def test_a_run_of_no_epochs_is_no_error():
    monitor = watch_training(iter(()), epochs=0, max_norm=MAX_NORM)
    assert monitor.last is None
    assert monitor.sentence() == "No epoch of 0 has run yet."
