"""Settings that hold for every test, and the one Playwright that all of them share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

# What they assert is told in full as well.
pytest.register_assert_rewrite("tests.by_hand", "tests.e2e.walks")

# No deadline: a slow machine is no failed test. Derandomised: a red test stays red when it is
# run again, and a green one does not turn red in somebody else's change.
settings.register_profile("course", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("course")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start Playwright; there can be only one in a process."""
    with sync_playwright() as playwright:
        yield playwright
