"""Through every state of an explorer: its slider there and back, for each choice beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.driven import Driven


def walk_the_states(
    driven: Driven,
    where: str,
    positions: Sequence[float],
    choices: Sequence[Any],
    check: Callable[[str, float, Any], None],
) -> None:
    """Walk an explorer; ``check(sentence, position, choice)`` judges what it says.

    The choice that the explorer begins with is set back to the first one by keyboard as well.
    """
    slider, status = f"{where} input[type=range]", f"{where} [role=status]"
    driven.focus(slider)
    for k, choice in enumerate(choices):
        if len(choices) > 1:
            driven.press("Tab")
            assert driven.holds_focus(f"{where} select")
            for key in ["ArrowUp"] * len(choices) + ["ArrowDown"] * k:
                driven.press(key)
            driven.press("Shift", "Tab")
        for key, path in (("ArrowRight", positions), ("ArrowLeft", positions[::-1])):
            driven.press("Home" if key == "ArrowRight" else "End")
            for position in path:
                assert float(str(driven.attribute(slider, "aria-valuetext"))) == position
                check(driven.text(status), position, choice)
                driven.press(key)
        assert driven.holds_focus(slider)
