"""``python -m tests.benchmarks.waterfall``: what a warm start of the notebook page waits for.

One cold visit, then warm ones. The moments are the page's own marks; to them come the longest of
what the page fetched, and how busy its main thread was in between.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bptt_site.places import ROOT
from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.pages_server import pages_server
from tests.benchmarks.startup import first_output
from tests.browsers import launch_chromium_profile

LONGEST = 6  # fetched files shown
BUSY = """
  window.bpttTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) bpttTasks.push([startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
"""
ENTRIES = """(kind) => performance.getEntriesByType(kind).map(
  ({ name, startTime, responseEnd }) => ({ name, start: startTime, end: responseEnd }))"""


def main() -> None:
    """Visit, and print each visit's moments in milliseconds since it began."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--visits", type=int, default=2, help="warm ones, after one that is cold")
    visits: int = parser.parse_args().visits
    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    with (
        sync_playwright() as playwright,
        TemporaryDirectory() as profile,
        pages_server(ROOT / "_output") as url,
    ):
        for visit in range(visits + 1):
            context = launch_chromium_profile(playwright, Path(profile))
            page = context.pages[0]
            page.add_init_script(BUSY)
            seconds = first_output(page, url)
            print(f"\n{'warm' if visit else 'cold'}: first output after {1000 * seconds:.0f} ms")
            for line in _moments(page):
                print(line)
            context.close()


def _moments(page: Page) -> list[str]:
    marks: list[dict[str, Any]] = page.evaluate(ENTRIES, "mark")
    tasks: list[tuple[float, float]] = page.evaluate("bpttTasks")
    now: float = page.evaluate("performance.now()")
    points = [{"name": "the page is opened", "start": 0.0}, *marks, {"name": "now", "start": now}]
    points.sort(key=lambda point: float(point["start"]))
    lines = [f"{'ms':>6}  {'main thread busy until the next':>32}  moment"]
    for point, after in pairwise(points):
        busy = _within(tasks, point["start"], after["start"])
        lines.append(f"{point['start']:6.0f}  {busy:29.0f} ms  {point['name']}")
    files: list[dict[str, Any]] = page.evaluate(ENTRIES, "resource")
    files.sort(key=lambda file: float(file["start"] - file["end"]))
    lines += [
        f"{file['start']:6.0f} -{file['end']:5.0f}  fetched {file['name'].split('/')[-1]}"
        for file in files[:LONGEST]
    ]
    return lines


def _within(tasks: list[tuple[float, float]], start: float, end: float) -> float:
    """Return how much of the time was taken by tasks of 50 ms and more."""
    return sum(max(0.0, min(end, at + took) - max(start, at)) for at, took in tasks)


if __name__ == "__main__":
    main()
