"""The checks judge in the browser's Python as they do natively: the whole confusion table.

There nothing can interrupt Python from outside: the clock has to be looked at wherever a
learner's function may stay for ever, and, because looking costs time, nowhere else.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.bare_pyodide import bare_site, run_python
from tests.browsers import launch_chromium
from tests.checks.confusion import TABLE
from tests.e2e.lesson_page import STARTUP, LessonPage

pytestmark = pytest.mark.e2e

WHOLE_TABLE = "from tests.checks.confusion import as_markdown, rows\nas_markdown(list(rows()))"

LOOKS = """
import itertools, statistics
import numpy as np
from bptt_lib import rnn_forward_cache
from bptt_lib.checks import check
from bptt_lib.checks.budget import Budget
from bptt_lib.widgets.your_code import shown

def looks(work):
    with Budget(60) as budget:
        for _ in range(1000):
            budget.call(work)
        return budget._events

def stays_in_a_library(grads, max_norm):
    return {"mean": statistics.mean(itertools.count())}

def ours():
    return rnn_forward_cache(np.vstack([one, one]), np.zeros(1), one, one, np.zeros(1))

def rnn_forward_cache_without_end(X_seq, h0, W_xh, W_hh, b_h):
    while True: pass

one = np.ones((1, 1))
rnn_forward_cache_without_end.__name__ = "rnn_forward_cache"
print("watched:", shown(rnn_forward_cache_without_end).code["error"])
print("looks:", looks(ours) - looks(lambda: None))
print(check(stays_in_a_library, "clip_gradients").criteria[0].message)
"""


def test_the_whole_confusion_table_is_the_same_in_pyodide(
    playwright: Playwright, tmp_path: Path
) -> None:
    with bare_site(tmp_path) as url, launch_chromium(playwright) as browser:
        in_the_browser = run_python(browser.new_page(), url, WHOLE_TABLE)
    assert in_the_browser == TABLE.read_text(encoding="utf-8")


def test_the_clock_is_looked_at_where_a_function_may_stay_for_ever_and_nowhere_else(
    page: Page, site_url: str
) -> None:
    page.goto(site_url + "notebooks/index.html?path=10_rnn_bptt.ipynb")
    lesson = LessonPage(page)
    lesson.wait_until_open()
    cell = lesson.cell(lesson.index_of("stepper-first-walk"))
    lesson.replace(cell, LOOKS.strip())
    lesson.run(cell)
    said = cell.locator(".jp-OutputArea")
    expect(said).to_contain_text("too long", timeout=STARTUP)
    # By the clock or by the count of lines, whichever comes first on this machine.
    expect(said).to_contain_text(re.compile(r"watched: .*stopped"))
    looks = re.search(r"looks: (\d+)", said.inner_text())
    assert looks, said.inner_text()
    assert int(looks[1]) < 1000, "a thousand calls of ours and of NumPy's cost no look each"
