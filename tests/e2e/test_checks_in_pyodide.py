"""The checks judge in the browser's Python as they do natively: the whole confusion table.

There nothing can interrupt Python from outside: the clock has to be looked at wherever a
learner's function may stay for ever, and, because looking costs time, nowhere else.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.bare_pyodide import bare_site, run_python
from tests.browsers import launch_chromium
from tests.checks.confusion import TABLE

pytestmark = pytest.mark.e2e

WHOLE_TABLE = "from tests.checks.confusion import as_markdown, rows\nas_markdown(list(rows()))"

LOOKS = """
import itertools, json, statistics
import numpy as np
from bptt_lib import rnn_forward_cache
from bptt_lib.checks import check
from bptt_lib.checks.budget import Budget

def looks(work):
    with Budget(60) as budget:
        for _ in range(1000):
            budget.call(work)
        return budget._events

def stays_in_a_library(grads, max_norm):
    return {"mean": statistics.mean(itertools.count())}

def ours():
    return rnn_forward_cache(np.vstack([one, one]), np.zeros(1), one, one, np.zeros(1))

one = np.ones((1, 1))
report = check(stays_in_a_library, "clip_gradients")
json.dumps([looks(ours) - looks(lambda: None), report.criteria[0].message])
"""


def test_the_whole_confusion_table_is_the_same_in_pyodide(
    playwright: Playwright, tmp_path: Path
) -> None:
    with bare_site(tmp_path) as url, launch_chromium(playwright) as browser:
        in_the_browser = run_python(browser.new_page(), url, WHOLE_TABLE)
    assert in_the_browser == TABLE.read_text(encoding="utf-8")


def test_the_clock_is_looked_at_where_a_function_may_stay_for_ever_and_nowhere_else(
    playwright: Playwright, tmp_path: Path
) -> None:
    with bare_site(tmp_path) as url, launch_chromium(playwright) as browser:
        more_looks, said = json.loads(run_python(browser.new_page(), url, LOOKS))
    assert more_looks < 1000, "a thousand calls of ours and of NumPy's cost no look each"
    assert "too long" in said
