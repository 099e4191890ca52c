"""From navigation to the first cell's output: our site, a stock site, and the floor.

Each round visits all of them, one after the other, each on a profile of its
own: first cold, then once more with what the browser has kept.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, Playwright
from playwright.sync_api import TimeoutError as StillWaiting

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
    cell = page.locator(".jp-CodeCell").first
    cell.wait_for(timeout=PATIENCE)
    # What an earlier visit has left there does not count.
    page.evaluate(f"for (const old of document.querySelectorAll({OUTPUT!r})) old.dataset.old = ''")
    fresh = cell.locator(f"{OUTPUT}:not([data-old])")
    while True:  # a stock site loses a Shift+Enter that comes too early, so press again
        cell.locator(".cm-content").click()
        page.keyboard.press("Shift+Enter")
        try:
            cell.locator(".jp-InputArea-prompt", has_text="*").or_(fresh).first.wait_for(
                timeout=2_000
            )
            break
        except StillWaiting:
            continue
    fresh.first.wait_for(timeout=PATIENCE)
    return time.perf_counter() - start


def measure(
    playwright: Playwright, ours: str, stock: str, bare: str, rounds: int = 3
) -> dict[str, dict[str, float]]:
    """Median seconds, cold and warm, of each site over rounds taken in turns."""
    contestants = {
        "our site": (first_output, ours),
        "stock JupyterLite": (first_output, stock),
        "bare Pyodide + NumPy": (floor, bare),
    }
    seconds: dict[str, dict[str, list[float]]] = {
        name: {"cold": [], "warm": []} for name in contestants
    }
    for _ in range(rounds):
        for name, (visit, url) in contestants.items():
            with TemporaryDirectory() as profile:
                for state in ("cold", "warm"):
                    context = launch_chromium_profile(playwright, Path(profile))
                    seconds[name][state].append(visit(context.pages[0], url))
                    context.close()
    return {
        name: {state: statistics.median(times) for state, times in states.items()}
        for name, states in seconds.items()
    }
