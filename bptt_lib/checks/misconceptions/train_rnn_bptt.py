"""What people get wrong in `train_rnn_bptt`."""

from __future__ import annotations

from bptt_lib.checks.exercise import Misconception

CATALOGUE: tuple[Misconception, ...] = ()
