"""How the page starts: within its bytes, and with no key press lost, however early."""

from __future__ import annotations

from pathlib import Path

import pytest
from bptt_site.places import ROOT
from playwright.sync_api import Playwright, expect

from tests.benchmarks.pages_server import Line, pages_server
from tests.benchmarks.startup import NOTEBOOK, first_output
from tests.browsers import launch_chromium_profile
from tests.chunks import CHUNK
from tests.driven import Driven
from tests.e2e.lesson import PYTHON, Lesson
from tests.e2e.test_notebook_page import AT_THE_EARLIEST

pytestmark = pytest.mark.e2e

# What a first visit may cost, compressed as a web host does it. Lower it with every byte won.
BUDGET = 11_900_000
LOADS = 50


def test_a_first_visit_stays_within_its_bytes_and_asks_for_no_piece_alone(
    playwright: Playwright, tmp_path: Path, site_url: str
) -> None:
    line = Line()
    asked: list[str] = []
    with pages_server(ROOT / "_output", line=line) as url:
        context = launch_chromium_profile(playwright, tmp_path / "profile")
        page = context.pages[0]
        page.on("request", lambda request: asked.append(request.url))
        first_output(page, url)
        sent = line.bytes_sent
        early = [address for address in asked if "seldom" in address]
        page.wait_for_selector("mjx-container", timeout=60_000)
        context.close()
    print(f"a first visit took {sent:,} bytes until the first cell's output")
    assert sent <= BUDGET
    alone = [address for address in asked if CHUNK.search(address)]
    assert alone == [], "site_config/chunks.txt lacks them: python -m tests.chunks"
    assert early == [], "something at the start imports what bptt_site/seldom.py puts aside"


def test_no_key_press_is_lost_however_early(driven: Driven, site_url: str) -> None:
    """In one browser, load after load: Python runs the cell each time, as the first of its life."""
    lesson = Lesson(driven, site_url)
    lesson.write("task-1-exercise", "# written before all this")
    lesson.save()
    driven.run_before_each_page(AT_THE_EARLIEST)
    before_there_was_a_kernel = 0
    for load in range(LOADS):
        driven.goto(lesson.address)
        driven.wait_until("() => 'hadKernel' in window", seconds=PYTHON)
        before_there_was_a_kernel += not driven.call("() => window.hadKernel")
        driven.wait_until("() => window.ran === 1")
        assert driven.call("() => document.querySelector('[data-kept-run]') === null"), load
    assert before_there_was_a_kernel > LOADS / 2  # or it was not early
    assert "# written before all this" in lesson.source()


def test_over_a_slow_line_the_page_says_how_much_is_left(
    playwright: Playwright, tmp_path: Path, site_url: str
) -> None:
    seen = """() => {
        const { max, value, hidden } = document.querySelector("#python-state progress") ?? {};
        return hidden === false && [value / max];
    }"""
    # Until JupyterLab itself is there, it has the line to itself; Python's share follows.
    with pages_server(ROOT / "_output", line=Line(bits_per_second=5e6, round_trip=0.08)) as url:
        context = launch_chromium_profile(playwright, tmp_path / "profile")
        page = context.pages[0]
        page.goto(url + NOTEBOOK)
        (first,) = page.wait_for_function(seen, timeout=60_000).json_value()
        more = f"() => {{ const now = ({seen})(); return now && now[0] > {first} && now; }}"
        (later,) = page.wait_for_function(more, timeout=60_000).json_value()
        assert 0 < first < later <= 1
        expect(page.locator("#python-state")).to_have_attribute(
            "data-state", "ready", timeout=180_000
        )
        expect(page.locator("#python-state progress")).to_be_hidden()
        context.close()
