"""When running code is ended, and with which sentence; the looking itself is the browser's."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bptt_kernel import set_time_limit
from bptt_kernel.learners_code import place_in, place_of, place_waiting_in
from bptt_kernel.time_limit import DEFAULT, EndedError, time_limit
from bptt_kernel.watch import GRACE, LONGEST_GAP, LOOK_EVERY, Watch


class Lookout:
    """The worker's side: knows when Python is to look next, and whether Stop was pressed."""

    def __init__(self) -> None:
        self.stopped = False
        self.next: Any = None

    def lookIn(self, seconds: float) -> None:  # noqa: N802 - its name in JavaScript
        self.next = seconds

    def lookSoon(self) -> None:  # noqa: N802
        self.next = "soon"

    def stopAsked(self) -> bool:  # noqa: N802
        return self.stopped

    def press_stop(self) -> None:
        self.stopped = True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def run_cell(number: int, source: str, names: dict[str, Any]) -> None:
    """Run ``source`` as IPython runs its cell of that number."""
    name = f"<ipython-input-{number}-abc>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), names)


@pytest.fixture
def lookout() -> Lookout:
    return Lookout()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(lookout: Lookout, clock: Clock) -> Iterator[Watch]:
    yield Watch(lookout, on_look=lambda: None, clock=clock)
    set_time_limit(DEFAULT)


def looks(watch: Watch, clock: Clock, seconds: float = LOOK_EVERY) -> Callable[[], None]:
    """Return what a cell calls, so that time passes and Python looks up."""

    def look() -> None:
        clock.now += seconds
        watch.look(None, sys._getframe(1))

    return look


def test_the_sentence_names_the_line_and_the_loop() -> None:
    seen = []
    names = {"look": lambda: seen.append(place_of(sys._getframe(1)))}
    run_cell(3, "def helper():\n    look()\n", names)
    run_cell(
        7, "n = 0\nwhile n < 1:\n    n += 1\n    for i in range(1):\n        helper()\n", names
    )
    (place,) = seen
    assert place is not None
    assert place.sentence(7) == (
        "Python was in line 2 of cell [3]: look()\n"
        "That is in the loop of line 2 of this cell: while n < 1:"
    )
    assert place_of(sys._getframe()) is None  # no learner's code runs here


def test_the_line_of_an_error_is_found() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        run_cell(4, "x = 1\nx / 0\n", {})
    place = place_in(raised.tb)
    assert place is not None
    assert place.sentence() == "Python was in line 2 of cell [4]: x / 0"


def test_the_line_that_awaits_is_found() -> None:
    class Never:
        def __await__(self) -> Iterator[None]:
            yield

    names: dict[str, Any] = {"Never": Never}
    run_cell(5, "async def wait():\n    while True:\n        await Never()\n", names)
    coroutine = names["wait"]()
    coroutine.send(None)
    place = place_waiting_in(coroutine)
    coroutine.close()
    assert place is not None
    assert place.sentence(5) == (
        "Python was in line 3 of this cell: await Never()\n"
        "That is in the loop of line 2 of this cell: while True:"
    )


def test_a_loop_is_ended_when_its_time_is_up(watch: Watch, clock: Clock) -> None:
    set_time_limit(60)
    with pytest.raises(EndedError) as raised, watch.over(2):
        run_cell(2, "while True: look()\n", {"look": looks(watch, clock)})
    assert clock.now == pytest.approx(60, abs=2 * LOOK_EVERY)
    assert str(raised.value) == (
        "Ended after 60 seconds, the time limit.\n"
        "Python was in line 1 of this cell: while True: look()\n"
        "If it needs longer, write %time_limit 120 as the first line of the cell."
    )
    assert raised.value._render_traceback_() == str(raised.value).splitlines()


def test_stop_ends_a_loop_at_the_next_look(watch: Watch, clock: Clock, lookout: Lookout) -> None:
    names = {"look": looks(watch, clock), "press_stop": lookout.press_stop}
    with pytest.raises(EndedError, match=r"^Stopped\.\nPython was in line 3"), watch.over(2):
        run_cell(2, "press_stop()\nwhile True:\n    look()\n", names)
    assert clock.now == LOOK_EVERY
    with watch.over(3):
        assert not lookout.stopped  # the next cell runs


def test_code_has_a_moment_to_put_things_in_order(
    watch: Watch, clock: Clock, lookout: Lookout
) -> None:
    seen = []
    with watch.over(2):
        lookout.stopped = True
        names = {"look": looks(watch, clock), "note": lambda: seen.append(lookout.next)}
        run_cell(2, "try:\n    while True: look()\nexcept KeyboardInterrupt:\n    note()\n", names)
    assert seen == [GRACE]


def test_what_swallows_the_error_meets_it_at_every_turn(
    watch: Watch, clock: Clock, lookout: Lookout
) -> None:
    source = (
        "press_stop()\nwhile True:\n    try:\n        look()\n"
        "    except BaseException:\n        note()\n"
    )
    seen = []

    def note() -> None:
        seen.append(lookout.next)
        if len(seen) == 3:
            raise StopIteration

    names = {"look": looks(watch, clock), "note": note, "press_stop": lookout.press_stop}
    with pytest.raises(StopIteration), watch.over(2):
        run_cell(2, source, names)
    assert seen == [GRACE, "soon", "soon"]


def test_nothing_is_raised_outside_a_learner_s_code(watch: Watch, lookout: Lookout) -> None:
    with watch.over(2):
        lookout.stopped = True
        watch.look(None, sys._getframe())
        assert lookout.next == "soon"


def test_neither_a_question_nor_a_nap_of_the_computer_counts(watch: Watch, clock: Clock) -> None:
    set_time_limit(60)
    with watch.over(2) as run:
        with watch.not_counting():
            clock.now += 600
        clock.now += 3_600  # the lid was closed
        watch.look(None, sys._getframe())
        assert run.spent == LONGEST_GAP


def test_without_a_limit_nothing_is_ended(watch: Watch, clock: Clock) -> None:
    set_time_limit(None)
    with watch.over(2):
        names = {"look": looks(watch, clock, seconds=9)}
        run_cell(2, "for i in range(1000): look()\n", names)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "A cell may run for 5 minutes."),
        ("90", "A cell may run for 90 seconds."),
        ("off", "A cell may run for any time."),
        ("soon", "%time_limit: expected seconds, such as 600, or off; got 'soon'."),
        ("-1", "%time_limit: expected seconds, such as 600, or off; got '-1'."),
    ],
)
def test_the_magic_answers(
    watch: Watch, line: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    time_limit(line)
    assert capsys.readouterr().out.strip() == told
