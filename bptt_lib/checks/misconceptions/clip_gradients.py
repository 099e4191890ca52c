"""What people get wrong in `clip_gradients`."""

from __future__ import annotations

from bptt_lib.checks.exercise import Misconception

CATALOGUE: tuple[Misconception, ...] = ()
