"""No request leaves the site: not from a page, not from Python, not from the service worker."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.attempts import (
    IN_A_PAGE,
    IN_PYTHON,
    IN_SERVICE_WORKER,
    PAGE,
    PYTHON,
    SERVICE_WORKER,
    got_out,
    without_policies,
)
from tests.e2e.conftest import Watch
from tests.e2e.deployment import LESSON, Deployment
from tests.e2e.lesson_page import STARTUP, LessonPage

pytestmark = pytest.mark.e2e


def try_everything(context: BrowserContext, url: str) -> None:
    page = context.pages[0]
    page.goto(url)
    page.evaluate(IN_A_PAGE)
    page.goto(url + LESSON)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    cell = lesson.exercise("rnn_forward_cache")
    lesson.replace(cell, IN_PYTHON)
    lesson.run(cell)
    expect(cell.locator(".jp-OutputArea-output").last).to_contain_text("tried", timeout=STARTUP)
    page.evaluate(IN_A_PAGE)
    (worker,) = context.service_workers
    worker.evaluate(IN_SERVICE_WORKER)


def test_nothing_gets_out(learner: tuple[BrowserContext, Watch], site_url: str) -> None:
    context, watch = learner
    try_everything(context, site_url)
    assert got_out(watch.outside.asked) == set()
    assert watch.outside.asked == []


def test_without_the_policies_all_of_it_would_get_out(
    learner: tuple[BrowserContext, Watch], deployment: Deployment
) -> None:
    """The attempts are real: what holds them back is the policy, and nothing else."""
    context, watch = learner
    without_policies(deployment)
    try_everything(context, deployment.url)
    assert got_out(watch.outside.asked) == PAGE | PYTHON | SERVICE_WORKER


@pytest.mark.parametrize(
    "link",
    [
        "notebooks/index.html?code=window.ran%3D1",
        "notebooks/index.html?path=10_rnn_bptt.ipynb&code=print(1)&execute=1",
        "notebooks/index.html?fromURL=https://link.elsewhere.example/evil.ipynb",
        "notebooks/index.html?path=https://link.elsewhere.example/evil.ipynb",
        "notebooks/index.html?path=10_rnn_bptt.ipynb&fromURL=https://link.elsewhere.example/e.ipynb",
        "tree/index.html?path=https://link.elsewhere.example/evil.ipynb",
        "tree/index.html?path=javascript:window.ran=1#javascript:window.ran=1",
        "index.html?path=javascript:window.ran=1#<img src=x onerror=window.ran=1>",
    ],
)
def test_no_link_runs_code(learner: tuple[BrowserContext, Watch], site_url: str, link: str) -> None:
    context, watch = learner
    page: Page = context.pages[0]
    page.goto(site_url + link)
    page.wait_for_timeout(4_000)
    assert page.url.startswith(site_url)
    assert page.evaluate("window.ran") is None
    prompts = page.locator(".jp-InputArea-prompt").all_inner_texts()
    assert [prompt for prompt in prompts if prompt.strip("[]: \n")] == []
    assert watch.outside.asked == []
