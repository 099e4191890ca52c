"""The watch on the browser must itself see what it is there to see."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from tests.e2e.conftest import Watch

pytestmark = pytest.mark.e2e

ELSEWHERE = "http://elsewhere.invalid/pixel.gif"


@pytest.mark.parametrize(
    "fault",
    [
        f"fetch('{ELSEWHERE}').catch(() => {{}})",
        f"new Worker(URL.createObjectURL(new Blob([\"fetch('{ELSEWHERE}').catch(() => 0)\"])))",
        "console.error('planted')",
        "setTimeout(() => { throw new Error('planted') })",
    ],
    ids=["request", "request from a worker", "console error", "exception"],
)
def test_a_planted_fault_is_seen(
    learner: tuple[BrowserContext, Watch], site_url: str, fault: str
) -> None:
    context, watch = learner
    page = context.pages[0]
    page.goto(site_url)
    watch.assert_quiet()
    page.evaluate(f"() => {{ {fault} }}")
    page.wait_for_timeout(1_000)
    with pytest.raises(AssertionError):
        watch.assert_quiet()
