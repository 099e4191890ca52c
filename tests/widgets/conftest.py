"""A real browser with a page that hosts one widget, as anywidget would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, Route

import bptt_lib.widgets._assets as assets
from tests.browsers import launch_chromium

# No server stands behind this address: each request is answered from the tree.
HOST = "http://widget.test"

PAGE = """<!doctype html><html lang="en"><title>A widget</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark }
  body { margin: 0; padding: 12px; background: light-dark(#fff, #0d1014) }
</style>
<link rel="stylesheet" href="/widgets/stepper.css">
<link rel="stylesheet" href="/widgets/line_chart.css">
<link rel="stylesheet" href="/widgets/explorer.css">
<link rel="stylesheet" href="/widgets/training.css">
<link rel="stylesheet" href="/widgets/still.css">
<div id="here"></div>
"""

HOST_SCRIPT = (Path(__file__).parent / "host.js").read_text()


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with launch_chromium(playwright) as browser:
        yield browser


def answer(route: Route) -> None:
    """Serve the page, the widgets' own files, and the scripts as they go to a notebook."""
    path = route.request.url.removeprefix(HOST).split("?")[0]
    if path == "/":
        route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")
    elif path.startswith("/joined/"):
        body = assets.script(path.removeprefix("/joined/"))
        route.fulfill(body=body, content_type="text/javascript; charset=utf-8")
    elif path.startswith("/widgets/"):
        route.fulfill(path=assets.HERE / Path(path.removeprefix("/widgets/")))
    else:
        route.abort()


Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    """Open the empty page; afterwards nothing may have gone wrong unseen."""
    troubles: list[str] = []
    contexts = []

    def open_(**options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1000, "height": 900}, **options})
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda message: troubles.append(message.text) if message.type == "error" else None,
        )
        page.goto(HOST)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def host(open_page: Open) -> Callable[..., Page]:
    """Open the page with a widget in it: `host("stepper.js", {"run": ..., "position": 0})`."""

    def host_(entry: str, values: dict[str, Any], *, joined: bool = True, **options: Any) -> Page:
        page = open_page(**options)
        address = f"{HOST}/{'joined' if joined else 'widgets'}/{entry}"
        values = json.loads(json.dumps(values))
        page.evaluate(HOST_SCRIPT, {"address": address, "values": values})
        return page

    return host_
