"""From navigation to the first cell's output: our site, a stock site, and the floor.

Each round visits all of them, one after the other, each on a profile of its own: first cold; a
second time, when the browser has the files, and writes down what it has compiled of them; and twice
more, warm. All are served as GitHub Pages serves. Then our site alone: over a slow line, from the
start page on; and a restart.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import TimeoutError as StillWaiting

from tests.benchmarks.pages_server import Line, pages_server
from tests.browsers import launch_chromium_profile

NOTEBOOK = "notebooks/index.html?path=10_rnn_bptt.ipynb"
PATIENCE = 240_000
OUTPUT = ".jp-OutputArea-output"


def floor(page: Page, url: str) -> float:
    """Seconds until bare Pyodide has imported NumPy."""
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_function("globalThis.pyodide && document.body.textContent", timeout=PATIENCE)
    return time.perf_counter() - start


def first_output(page: Page, url: str) -> float:
    """Seconds until the notebook's first code cell, run as early as can be, shows its output."""
    start = time.perf_counter()
    page.goto(url + NOTEBOOK)
    run_first_cell(page)
    return time.perf_counter() - start


def run_first_cell(page: Page) -> None:
    """Run the first code cell as early as can be; return when it shows what it put out."""
    # Until it has read the notebook, JupyterLab has an empty one there, of a single code cell.
    cell = page.locator(".jp-Notebook:has(.jp-MarkdownCell) .jp-CodeCell").first
    cell.wait_for(timeout=PATIENCE)
    # What an earlier visit has left there does not count.
    page.evaluate(f"for (const old of document.querySelectorAll({OUTPUT!r})) old.dataset.old = ''")
    fresh = cell.locator(f"{OUTPUT}:not([data-old])")
    while True:  # a stock site loses a Shift+Enter that comes too early, so press again
        cell.locator(".cm-content").focus()  # a click would wait until nothing moves any more
        page.keyboard.press("Shift+Enter")
        try:
            cell.locator(".jp-InputArea-prompt", has_text="*").or_(fresh).first.wait_for(
                timeout=2_000
            )
            break
        except StillWaiting:
            continue
    fresh.first.wait_for(timeout=PATIENCE)


@dataclass(frozen=True)
class StartUp:
    """Median seconds, and the megabytes of a cold visit."""

    cold: float
    second: float
    warm: float
    megabytes: float


def measure(
    playwright: Playwright, ours: Path, stock: Path, bare: Path, rounds: int = 3
) -> dict[str, StartUp]:
    """Visit each folder's site, cold and warm, over rounds taken in turns."""
    contestants = {
        "our site": (first_output, ours),
        "stock JupyterLite": (first_output, stock),
        "bare Pyodide + NumPy": (floor, bare),
    }
    seconds: dict[str, dict[str, list[float]]] = {
        name: {"cold": [], "second": [], "warm": []} for name in contestants
    }
    sent: dict[str, int] = {}
    for _ in range(rounds):
        for name, (visit, folder) in contestants.items():
            line = Line()
            with TemporaryDirectory() as profile, pages_server(folder, line=line) as url:
                for state in ("cold", "second", "warm", "warm"):
                    context = launch_chromium_profile(playwright, Path(profile))
                    seconds[name][state].append(visit(context.pages[0], url))
                    sent.setdefault(name, line.bytes_sent)  # of the first visit, which is cold
                    _leave(context)
    return {
        name: StartUp(
            **{state: statistics.median(times) for state, times in states.items()},
            megabytes=sent[name] / 1e6,
        )
        for name, states in seconds.items()
    }


def over_a_slow_line(playwright: Playwright, ours: Path, reading: float = 20) -> float:
    """Seconds from the click on "Open the lesson" to the first output, at 5 Mb/s and 80 ms."""
    line = Line(bits_per_second=5e6, round_trip=0.08)
    with TemporaryDirectory() as profile, pages_server(ours, line=line) as url:
        context = launch_chromium_profile(playwright, Path(profile))
        page = context.pages[0]
        page.goto(url)
        page.wait_for_timeout(1000 * reading)
        start = time.perf_counter()
        page.locator(".actions .button").first.click()
        run_first_cell(page)
        seconds = time.perf_counter() - start
        _leave(context)
    return seconds


def restart(playwright: Playwright, ours: Path) -> float:
    """Seconds from asking for a new kernel to the first cell's output in it."""
    with TemporaryDirectory() as profile, pages_server(ours) as url:
        context = launch_chromium_profile(playwright, Path(profile))
        page = context.pages[0]
        first_output(page, url)
        start = time.perf_counter()
        page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
        run_first_cell(page)
        seconds = time.perf_counter() - start
        _leave(context)
    return seconds


def _leave(context: BrowserContext) -> None:
    context.pages[0].goto("about:blank")  # or a worker would go on with what it has begun
    context.close()
