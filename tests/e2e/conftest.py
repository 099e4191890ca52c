"""The built site, served under a sub-path as project pages are, and a watched browser."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bptt_site.places import ROOT
from bptt_site.serve import site_server
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Playwright

from tests.browsers import launch_chromium_profile
from tests.driven import Chromium, Driven
from tests.e2e.deployment import SUB_PATH, Deployment
from tests.firefox import launch_firefox

BROWSERS = ("chromium", "firefox")


@pytest.fixture(scope="session")
def site_url() -> Iterator[str]:
    """The address of the site as built from this tree, under a sub-path."""
    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    with site_server(ROOT / "_output", prefix=SUB_PATH) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
        server.shutdown()


@pytest.fixture
def deployment(site_url: str, tmp_path: Path) -> Iterator[Deployment]:
    """A copy of the site that a test may change, and cut off."""
    deployment = Deployment(tmp_path / "site")
    yield deployment
    deployment.pull()


class Outside:
    """A proxy for every address but the site's: it refuses, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outside = self

        class Refuse(BaseHTTPRequestHandler):
            def refuse(self) -> None:
                outside.asked.append(f"{self.command} {self.path}")
                self.send_error(403)

            do_GET = do_HEAD = do_POST = do_CONNECT = refuse  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


class Watch:
    """What went wrong in a browser that a learner would not be told.

    Firefox cannot be asked what stands in its console, only what it asks of the world.
    """

    def __init__(self, outside: Outside, context: BrowserContext | None = None) -> None:
        self.outside = outside
        self.console_errors: list[str] = []
        self.page_errors: list[str] = []
        if context:
            context.on("console", self._on_console)
            context.on("weberror", lambda error: self.page_errors.append(str(error.error)))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location or {}
            self.console_errors.append(f"{message.text} ({where.get('url', '?')})")

    def assert_quiet(self) -> None:
        """No console error, no unhandled exception, no request to another origin."""
        assert self.page_errors == []
        assert self.console_errors == []
        assert self.outside.asked == []


@contextmanager
def reaching_nothing_else() -> Iterator[Outside]:
    """All the world but the site."""
    outside = Outside()
    yield outside
    outside.close()


@contextmanager
def quiet_chromium(playwright: Playwright, profile: Path) -> Iterator[tuple[BrowserContext, Watch]]:
    """A browser on a cold profile that can reach nothing but the site, watched."""
    with ExitStack() as stack:
        outside = stack.enter_context(reaching_nothing_else())
        context = launch_chromium_profile(
            playwright,
            profile,
            proxy={"server": outside.address, "bypass": "127.0.0.1"},
            viewport={"width": 1280, "height": 900},
        )
        stack.callback(context.close)
        context.set_default_timeout(60_000)
        yield context, Watch(outside, context)


@contextmanager
def quiet_browser(
    name: str, playwright: Playwright, profile: Path
) -> Iterator[tuple[Driven, Watch]]:
    """Either browser on such a profile, driven in the words that both know."""
    if name == "firefox":
        with (
            reaching_nothing_else() as outside,
            launch_firefox(profile, proxy=outside.address) as firefox,
        ):
            yield firefox, Watch(outside)
    else:
        with quiet_chromium(playwright, profile) as (context, watch):
            yield Chromium(context.pages[0]), watch


@pytest.fixture(params=BROWSERS)
def watched(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path: Path
) -> Iterator[tuple[Driven, Watch]]:
    """A learner's browser, each of them in turn."""
    with quiet_browser(request.param, playwright, tmp_path / "profile") as watched:
        yield watched


@pytest.fixture
def driven(watched: tuple[Driven, Watch]) -> Driven:
    """Its one window."""
    return watched[0]


@pytest.fixture
def learner(playwright: Playwright, tmp_path: Path) -> Iterator[tuple[BrowserContext, Watch]]:
    """A learner's Chromium, for what only Playwright can do."""
    with quiet_chromium(playwright, tmp_path / "profile") as learner:
        yield learner


@pytest.fixture
def page(learner: tuple[BrowserContext, Watch]) -> Iterator[Page]:
    """Its one tab; at the end of the test nothing may have gone wrong unseen."""
    context, watch = learner
    yield context.pages[0]
    watch.assert_quiet()
