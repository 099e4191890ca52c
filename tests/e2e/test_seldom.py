"""What no lesson imports comes when it is imported, however early; or says why it does not."""

from __future__ import annotations

import gzip

import pytest
from bptt_site.places import ROOT
from playwright.sync_api import Page, expect

from tests.e2e.lesson_page import STARTUP
from tests.e2e.test_site_pages import open_lesson

pytestmark = pytest.mark.e2e

ARCHIVE = "**/static/pyodide/seldom.tar.gz"
USES = """
import numpy.ma, numpy.polynomial, unittest.mock, xml.etree.ElementTree
from numpy import *
print(numpy.ma.masked_equal([1, 2], 2).sum(), numpy.polynomial.Polynomial([1, 2])(3))
"""


def run_it(page: Page, site_url: str, sees: str) -> None:
    lesson = open_lesson(page, site_url)
    cell = lesson.exercise("rnn_forward_cache")
    lesson.replace(cell, USES)
    lesson.run(cell)
    expect(cell.locator(".jp-OutputArea-output").last).to_contain_text(sees, timeout=STARTUP)


def test_an_import_fetches_it_at_once_and_it_comes_once(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    run_it(page, site_url, "1 7.0")
    page.wait_for_timeout(6_000)  # it would be fetched by now, if nobody had asked
    assert sum("seldom.tar.gz" in url for url in asked) == 1


def test_without_a_network_the_import_says_so(page: Page, site_url: str) -> None:
    page.context.route(ARCHIVE, lambda route: route.abort())
    run_it(page, site_url, "Connect to the network, and run this cell again.")


def test_another_file_in_its_place_is_refused(page: Page, site_url: str) -> None:
    genuine = gzip.decompress((ROOT / "_output/static/pyodide/seldom.tar.gz").read_bytes())
    changed = gzip.compress(genuine.replace(b"masked", b"marked"))
    page.context.route(ARCHIVE, lambda route: route.fulfill(body=changed))
    run_it(page, site_url, "is not the one that belongs to this page")
