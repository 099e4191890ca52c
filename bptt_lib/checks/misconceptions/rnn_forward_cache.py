"""What people get wrong in `rnn_forward_cache`."""

from __future__ import annotations

from bptt_lib.checks.exercise import Misconception

CATALOGUE: tuple[Misconception, ...] = ()
