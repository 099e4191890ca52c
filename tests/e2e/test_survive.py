"""Endless loops, endless output, Stop, and the death of Python: the learner goes on working.

One page in each browser for all of it; what kills Python comes last.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Route

from tests.driven import Chromium, Driven
from tests.e2e.conftest import BROWSERS, Watch, quiet_browser
from tests.e2e.deployment import Deployment
from tests.e2e.lesson import PYTHON, Lesson

pytestmark = pytest.mark.e2e

ANSWER = "# what I have thought about for an hour"
LIMIT = "%time_limit 2\n"
STATE = "#python-state"


class Desk:
    """The lesson, with an answer in it that must never be lost, and a cell to try things in."""

    NAME = "first-question"

    def __init__(self, driven: Driven, site_url: str) -> None:
        self.driven = driven
        self.lesson = Lesson(driven, site_url)
        self.lesson.write("task-3-exercise", ANSWER)
        self.cell = self.lesson.cell(self.NAME)

    def start(self, code: str) -> None:
        """Run `code` in the cell, whatever comes of it."""
        self.lesson.start(self.NAME, code)

    def run(self, code: str) -> str:
        """Run `code` to its end; return what it shows."""
        return self.lesson.run_to_its_end(self.NAME, code)

    def expect_state(self, text: str) -> None:
        self.driven.wait_for_text(STATE, text, PYTHON)

    def expect_alive(self, number: int) -> None:
        """Python computes, and nothing that was written is lost."""
        assert self.run(f"print({number} + 1)").strip() == f"{number + 1}"
        assert ANSWER in self.lesson.source()

    def restart(self) -> None:
        """Press the button that a dead Python offers."""
        self.driven.press_button(STATE, "Restart Python", PYTHON)
        self.expect_state("Python is ready.")


@pytest.fixture(scope="module", params=BROWSERS)
def watched(
    request: pytest.FixtureRequest,
    playwright: Playwright,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Driven, Watch]]:
    profile = tmp_path_factory.mktemp(request.param) / "profile"
    with quiet_browser(request.param, playwright, profile) as watched:
        yield watched


@pytest.fixture(scope="module")
def mortal(watched: tuple[Driven, Watch], site_url: str) -> Desk:
    """A desk whose Python may die, which is not done quietly."""
    driven = watched[0]
    # By way of the start page, as a learner comes: Firefox gives a service worker to no Python
    # that began before it, and `input()` needs one.
    driven.goto(site_url)
    driven.call("() => navigator.serviceWorker.ready.then(() => null)")
    return Desk(driven, site_url)


@pytest.fixture
def desk(mortal: Desk, watched: tuple[Driven, Watch]) -> Iterator[Desk]:
    yield mortal
    watched[1].assert_quiet()


ENDLESS = {
    "plain": ("x = 0\nwhile True:\n    x += 1", "line 4 of this cell: x += 1"),
    "swallows all": (
        "while True:\n    try:\n        for i in range(9):\n            str(i)\n"
        "    except BaseException:\n        pass",
        "loop of line 2 of this cell: while True:",
    ),
    "awaits, in a helper": (
        "import asyncio\nasync def helper():\n    while True:\n        await asyncio.sleep(0)\n"
        "await helper()",
        "loop of line 4 of this cell: while True:",
    ),
    "inside the library": (
        "import itertools\nsum(1 for _ in itertools.count())",
        "line 3 of this cell: sum(1 for _ in itertools.count())",
    ),
    "one regular expression": (
        "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
        "line 3 of this cell: re.match(",
    ),
}
IN_A_WIDGET = """%time_limit 2
import ipywidgets
button = ipywidgets.Button(description="Begin")
def begin(_):
    while True:
        pass
button.on_click(begin)
button"""


def test_endless_loops_are_ended_with_a_sentence_that_names_the_line(desk: Desk) -> None:
    for name, (code, where) in ENDLESS.items():
        shown = desk.run(LIMIT + code)
        assert "Ended after 2 seconds, the time limit." in shown, name
        assert where in shown, name
        assert "write %time_limit 4" in shown, name

    desk.run(IN_A_WIDGET)
    desk.driven.press_button(desk.cell, "Begin")
    desk.expect_state("Ended after 2 seconds, the time limit.")
    assert re.search(r"line [56] of cell \[\d+\]", desk.driven.text(STATE))
    desk.driven.press_button(STATE, "Close")
    desk.expect_state("Python is ready.")
    desk.expect_alive(1)


def test_stop_stops_what_runs_and_what_waits(desk: Desk) -> None:
    prompt = f"{desk.cell} .jp-InputArea-prompt"
    shown = "css => document.querySelector(css)?.offsetParent != null"
    for code in (
        "while True:\n    pass",
        "import asyncio\nawait asyncio.sleep(3600)",
        "import time\ntime.sleep(3600)",
        'input("your name? ")',
    ):
        desk.start(code)
        desk.driven.wait_for_text(prompt, "[*]", PYTHON)
        if "input" in code:
            desk.driven.wait_until(shown, ".jp-Stdin", PYTHON)
        desk.driven.click('[data-jp-item-name="interrupt"] [title]')
        desk.driven.wait_for_text(desk.cell, "Stopped.", PYTHON)
        line = "of this cell: " + code.splitlines()[-1].strip()
        desk.driven.wait_for_text(desk.cell, line)
        assert not desk.driven.call(shown, ".jp-Stdin")
    desk.expect_alive(2)


def test_printing_for_ever_leaves_the_page_responsive(desk: Desk) -> None:
    desk.run("1")
    desk.driven.call(LONGEST_STANDSTILL)
    shown = desk.run("%time_limit 300\nfor i in range(100_000):\n    print(i)")
    assert "output stopped after 2,000 lines" in shown
    assert "99999" in shown
    # On a machine that does nothing else, a fraction of a second; before, half a minute.
    standstill = desk.driven.call("() => window.longestStandstill")
    assert isinstance(standstill, int | float)
    assert standstill < 5_000

    assert "the time limit" in desk.run(LIMIT + "while True:\n    print('for ever')")
    desk.expect_alive(3)


# The longest time for which the page did not answer.
LONGEST_STANDSTILL = """() => {
    let last = performance.now();
    window.longestStandstill = 0;
    setInterval(() => {
        const now = performance.now();
        window.longestStandstill = Math.max(window.longestStandstill, now - last - 20);
        last = now;
    }, 20);
}"""


def test_deep_recursion_is_an_error_like_any_other(desk: Desk) -> None:
    shown = desk.run(
        "import sys\nsys.setrecursionlimit(10**6)\ndef deep(n):\n    return deep(n + 1)\n"
        "try:\n    deep(0)\nexcept RecursionError as error:\n    print(error)"
    )
    assert "3,000 deep at most" in shown
    assert "maximum recursion depth exceeded" in shown
    desk.expect_alive(4)


DEATHS = {
    "the worker ends": "import js\njs.self.close()",
    "recursion that kills Python": (
        "import sys\nsys.setrecursionlimit(10**6)\n"
        "class Deep:\n    def __getattr__(self, name):\n        return getattr(self, name + 'x')\n"
        "Deep().y"
    ),
    "every byte is taken": (
        "kept, size = [], 2**28\nwhile size >= 16:\n    try:\n"
        "        kept.append(bytearray(size))\n"
        "    except MemoryError:\n        size //= 2\nraise MemoryError"
    ),
}


def test_a_dead_python_is_noticed_and_comes_back(mortal: Desk) -> None:
    for name, code in DEATHS.items():
        mortal.start(code)
        begun = time.monotonic()
        mortal.expect_state("Python has stopped")
        print(f"{name}: noticed within {time.monotonic() - begun:.1f} s")
        mortal.expect_state("Your text and the outputs stay")
        assert re.search(r"it takes about \d+ s", mortal.driven.text(STATE))
        mortal.restart()
        mortal.expect_alive(6)


def bring_late(route: Route) -> None:
    answer = route.fetch()
    route.request.frame.page.wait_for_timeout(1000)
    route.fulfill(response=answer)


def test_a_python_that_cannot_start_says_so_and_can_be_tried_again(
    learner: tuple[object, object], deployment: Deployment
) -> None:
    page: Page = learner[0].pages[0]  # type: ignore[attr-defined]
    page.route("**/packages.tar.gz*", bring_late)  # in vain: Python has failed by then
    wasm = deployment.folder / "static/pyodide/pyodide.asm.wasm"
    wasm.rename(wasm.with_suffix(".away"))
    desk = Desk(Chromium(page), deployment.url)
    desk.expect_state("Python could not start")
    wasm.with_suffix(".away").rename(wasm)
    desk.restart()
    desk.expect_alive(7)
    # Nor does a byte that is counted late undo what has been reached.
    page.evaluate("window.python.tell({ stage: 'loading', loaded: 1, total: 2 })")
    page.wait_for_timeout(1500)
    assert desk.driven.text(STATE) == "Python is ready."


# With this at its end, a file would run as it did.
HARMLESS = {".mjs": b"\n", ".wasm": b"\0\1\0", ".zip": b"\0"}


@pytest.mark.parametrize(
    "name", ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"]
)
def test_a_core_that_is_not_the_built_one_does_not_run(
    learner: tuple[object, object], deployment: Deployment, name: str
) -> None:
    """Not on a first visit, either, when nothing is kept yet."""
    with (deployment.folder / "static/pyodide" / name).open("ab") as file:
        file.write(HARMLESS[Path(name).suffix])
    desk = Desk(Chromium(learner[0].pages[0]), deployment.url)  # type: ignore[attr-defined]
    desk.expect_state("Python could not start")
