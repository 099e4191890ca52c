"""Through a recorded run, forward and backward, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.by_hand import assert_says, stepper
from tests.driven import Driven


def walk_a_run(driven: Driven, where: str, inputs: Mapping[str, Any]) -> None:
    """Step from the first frame to the last, back to the first, and to both ends at once."""
    said = stepper(inputs)
    frames = list(said)

    def check(phase: str, t: int) -> None:
        assert driven.attribute(where, "data-phase") == phase
        assert driven.attribute(where, "data-step") == str(t)
        sentence = driven.text(f"{where} [role=status]")
        assert sentence.startswith(f"{phase.capitalize()}, step {t}:")
        assert_says(sentence, said[phase, t])

    driven.focus(f"{where} .bptt-window")
    for key, path in (("ArrowRight", frames), ("ArrowLeft", frames[::-1])):
        driven.press("Home" if key == "ArrowRight" else "End")
        for frame in path:
            check(*frame)
            driven.press(key)
        check(*path[-1])  # the end holds
    assert driven.holds_focus(where)
