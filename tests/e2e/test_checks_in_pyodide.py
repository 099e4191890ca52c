"""The checks judge in the browser's Python as they do natively: the whole confusion table."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.bare_pyodide import bare_site, run_python
from tests.browsers import launch_chromium
from tests.checks.confusion import TABLE

pytestmark = pytest.mark.e2e

WHOLE_TABLE = "from tests.checks.confusion import as_markdown, rows\nas_markdown(list(rows()))"


def test_the_whole_confusion_table_is_the_same_in_pyodide(
    playwright: Playwright, tmp_path: Path
) -> None:
    with bare_site(tmp_path) as url, launch_chromium(playwright) as browser:
        in_the_browser = run_python(browser.new_page(), url, WHOLE_TABLE)
    assert in_the_browser == TABLE.read_text(encoding="utf-8")
