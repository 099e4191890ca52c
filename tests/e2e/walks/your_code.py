"""From a failed check into one's own function, through each of its executed lines, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from bptt_lib.checks import check
from tests.by_hand import assert_says
from tests.driven import Driven
from tests.e2e.lesson import PYTHON, Lesson
from tests.mistakes import BACKWARD, BACKWARD_MISTAKES, Mistake, define

CELL = "import numpy as np\n\nfrom bptt_lib.checks import exercise\n\n\n@exercise"
MISTAKE = BACKWARD_MISTAKES[0]  # h_t for h_{t-1} in the gradient of W_hh
DIFFERENCE = re.compile(r"(\S+)\[([\d, ]+)\] is (\S+), the reference has (\S+)\.$")


def walk_your_code(lesson: Lesson) -> None:
    """Fail the check, open the stepper with Enter, walk its lines down and up, and its steps."""
    driven, cell = lesson.driven, lesson.cell("task-2-exercise")
    button = lesson.widget("task-2-exercise", "[data-bptt-check='rnn_bptt'] .bptt-open-code")
    driven.focus(button)
    driven.press("Enter")
    where = lesson.widget("task-2-exercise", "[data-bptt-stepper][data-source=yours]")
    arguments = check(define(MISTAKE.source, "rnn_bptt")).call.arguments
    T = len(arguments[0]["inputs"])
    assert driven.attribute(where, "data-step") == str(T - 1)
    assert driven.attribute(f"{where} [data-departs][data-variable]", "data-variable") == "dW_hh"
    assert driven.holds_focus(f"{where} .bptt-source")

    events = list(_lines(T))
    for _ in events:
        driven.press("ArrowUp")
    for key, path in (("ArrowDown", events), ("ArrowUp", events[::-1])):
        for line, t in path:
            _check_line(driven, where, line, t, arguments)
            driven.press(key)
    driven.press("Home")
    for t in reversed(range(T)):
        assert driven.attribute(where, "data-step") == str(t)
        assert "which departs" in driven.text(f"{where} [role=status]") or t == T - 1
        driven.press("ArrowRight")
    assert driven.holds_focus(f"{where} .bptt-source")
    driven.wait_for(f"{cell} .bptt-beside", PYTHON)


def _lines(T: int) -> Iterator[tuple[int, int | None]]:
    """Yield the lines that run, in order, with their time steps; line 0 is the `def`."""
    (loop,) = (i for i, line in enumerate(_own_lines()) if "for t in" in line)
    end = len(_own_lines()) - 1
    yield from ((i, None) for i in range(1, loop))
    for t in reversed(range(T)):
        yield from ((i, t) for i in range(loop, end))
    yield loop, None  # nothing is left to loop over
    yield end, None
    yield end, None  # what was returned


def _own_lines() -> list[str]:
    return MISTAKE.source.strip().splitlines()


def _check_line(driven: Driven, where: str, line: int, t: int | None, arguments: tuple) -> None:
    said = driven.text(f"{where} [role=status]")
    place = "Outside the loop over time" if t is None else f"Backward, step {t}"
    number = line + len(CELL.splitlines()) + 1
    assert said.startswith(f"{place}: line {number} of your rnn_bptt "), (said, number)
    if t is not None:
        assert driven.attribute(where, "data-step") == str(t)
    text = _own_lines()[line].strip()
    if not text.startswith(("dW_hh +=", "return")):
        assert "nothing in it is known to depart" in said
        return
    found = DIFFERENCE.search(said)
    if text.startswith("return") and found is None:
        return  # the line itself; what it returned comes next
    assert found, said
    name, entry, mine, right = found.groups()
    i, j = map(int, entry.split(","))
    if t is None:
        assert name == 'returned["W_hh"]'
        values = [
            define(source, "rnn_bptt")(*arguments)["W_hh"] for source in (MISTAKE.source, BACKWARD)
        ]
    else:
        assert name == "dW_hh"
        values = list(_sums(arguments, t))
    assert_says(mine, [values[0][i, j]])
    assert_says(right, [values[1][i, j]])


def _sums(arguments: tuple, t: int) -> Iterator[np.ndarray]:
    """Yield the sum so far, and what it would be had this step added the right share."""
    none = np.zeros_like(arguments[3])
    seen = [_after(t), _after(t + 1)]
    (mine, right), (mine_before, right_before) = (
        one.values(arguments) if one.step < len(arguments[0]["inputs"]) else (none, none)
        for one in seen
    )
    yield mine
    yield mine_before + (right - right_before)


def _after(t: int) -> Mistake:
    return Mistake(MISTAKE.name, MISTAKE.right, MISTAKE.wrong, MISTAKE.line, MISTAKE.variable, t)
