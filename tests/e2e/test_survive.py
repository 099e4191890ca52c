"""Endless loops, endless output, Stop, and the death of Python: the learner goes on working."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.deployment import Deployment
from tests.e2e.lesson_page import STARTUP, LessonPage

pytestmark = pytest.mark.e2e

ANSWER = "# what I have thought about for an hour"
LIMIT = "%time_limit 2\n"
OUTPUT = ".jp-OutputArea-output"


class Desk:
    """The lesson, with an answer in it that must never be lost, and a cell to try things in."""

    def __init__(self, page: Page, site_url: str) -> None:
        self.page = page
        self.lesson = LessonPage(page)
        page.goto(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
        self.lesson.wait_until_open()
        self.lesson.replace(self.lesson.exercise("clip_gradients"), ANSWER)
        self.state = page.locator("#python-state")
        self.cell = self.lesson.cell(self.lesson.index_of("first-question"))

    def start(self, code: str) -> Locator:
        """Type `code` into the cell and run it; return its output, whatever comes of it."""
        self.lesson.replace(self.cell, code)
        self.page.keyboard.press("Control+Enter")
        return self.cell.locator(OUTPUT)

    def run(self, code: str) -> Locator:
        """Run `code` to its end."""
        before = self.lesson.execution_count(self.cell)
        output = self.start(code)
        self.expect_end(before)
        return output

    def expect_end(self, before: str) -> None:
        expect(self.cell.locator(".jp-InputArea-prompt")).not_to_have_text(
            re.compile(rf"^\[({re.escape(before)}|\*)?\]:?$"), timeout=STARTUP
        )

    def wait_until_running(self) -> None:
        expect(self.cell.locator(".jp-InputArea-prompt")).to_have_text("[*]:", timeout=STARTUP)

    def expect_alive(self, number: int) -> None:
        """Python computes, and nothing that was written is lost."""
        expect(self.run(f"print({number} + 1)")).to_have_text(f"{number + 1}", timeout=STARTUP)
        expect(self.lesson.exercise("clip_gradients").locator(".cm-content")).to_have_text(ANSWER)


@pytest.fixture
def desk(page: Page, site_url: str) -> Iterator[Desk]:
    return Desk(page, site_url)


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
        output = desk.run(LIMIT + code)
        expect(output.last, name).to_contain_text("Ended after 2 seconds, the time limit.")
        expect(output.last, name).to_contain_text(where)
        expect(output.last, name).to_contain_text("write %time_limit 4")

    desk.run(IN_A_WIDGET)
    desk.page.get_by_role("button", name="Begin").click()
    expect(desk.state).to_contain_text("Ended after 2 seconds, the time limit.", timeout=STARTUP)
    expect(desk.state).to_contain_text(re.compile(r"line [56] of cell \[\d+\]"))
    desk.state.get_by_role("button", name="Close").click()
    expect(desk.state).to_have_text("Python is ready.")
    desk.expect_alive(1)


def test_stop_stops_what_runs_and_what_waits(desk: Desk) -> None:
    stop = desk.page.locator('[data-jp-item-name="interrupt"]').get_by_role("button")
    for code in (
        "while True:\n    pass",
        "import asyncio\nawait asyncio.sleep(3600)",
        "import time\ntime.sleep(3600)",
        'input("your name? ")',
    ):
        before = desk.lesson.execution_count(desk.cell)
        desk.start(code)
        desk.wait_until_running()
        if "input" in code:
            expect(desk.page.locator(".jp-Stdin")).to_be_visible(timeout=STARTUP)
        stop.click()
        desk.expect_end(before)
        expect(desk.cell).to_contain_text("Stopped.")
        expect(desk.cell).to_contain_text("of this cell: " + code.splitlines()[-1].strip())
        expect(desk.page.locator(".jp-Stdin")).to_be_hidden()
    desk.expect_alive(2)


def test_printing_for_ever_leaves_the_page_responsive(desk: Desk) -> None:
    desk.run("1")
    desk.page.evaluate(LONGEST_STANDSTILL)
    output = desk.run("for i in range(100_000):\n    print(i)")
    expect(output).to_contain_text("output stopped after 2,000 lines")
    expect(output).to_contain_text("99999")
    # On a machine that does nothing else, a fraction of a second; before, half a minute.
    assert desk.page.evaluate("window.longestStandstill") < 5_000

    desk.start(LIMIT + "while True:\n    print('for ever')")
    expect(desk.cell.locator(OUTPUT).last).to_contain_text("the time limit", timeout=STARTUP)
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
    output = desk.run(
        "import sys\nsys.setrecursionlimit(10**6)\ndef deep(n):\n    return deep(n + 1)\n"
        "try:\n    deep(0)\nexcept RecursionError as error:\n    print(error)"
    )
    expect(output.first).to_contain_text("3,000 deep at most")
    expect(output.last).to_contain_text("maximum recursion depth exceeded")
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


def test_a_dead_python_is_noticed_and_comes_back(
    learner: tuple[object, object], site_url: str
) -> None:
    page: Page = learner[0].pages[0]  # type: ignore[attr-defined]
    desk = Desk(page, site_url)
    desk.expect_alive(5)
    for name, code in DEATHS.items():
        desk.start(code)
        begun = time.monotonic()
        expect(desk.state, name).to_contain_text("Python has stopped", timeout=STARTUP)
        print(f"{name}: noticed within {time.monotonic() - begun:.1f} s")
        expect(desk.state).to_contain_text("Your text and the outputs stay")
        expect(desk.state).to_contain_text(re.compile(r"it takes about \d+ s"))
        desk.state.get_by_role("button", name="Restart Python").click()
        expect(desk.state).to_have_text("Python is ready.", timeout=STARTUP)
        desk.expect_alive(6)


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
    desk = Desk(page, deployment.url)
    expect(desk.state).to_contain_text("Python could not start", timeout=STARTUP)
    wasm.with_suffix(".away").rename(wasm)
    desk.state.get_by_role("button", name="Restart Python").click()
    expect(desk.state).to_have_text("Python is ready.", timeout=STARTUP)
    desk.expect_alive(7)
    # Nor does a byte that is counted late undo what has been reached.
    page.evaluate("window.python.tell({ stage: 'loading', loaded: 1, total: 2 })")
    page.wait_for_timeout(1500)
    expect(desk.state).to_have_text("Python is ready.")


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
    desk = Desk(learner[0].pages[0], deployment.url)  # type: ignore[attr-defined]
    expect(desk.state).to_contain_text("Python could not start", timeout=STARTUP)
