"""Every page says what it may load and whom it may ask."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from bptt_site.policy import CHARSET, write_policies

TAG = re.compile(
    r'<head>.*?<meta http-equiv="content-security-policy" content="([^"]*)">', re.DOTALL
)


def policy_of(page: Path) -> dict[str, list[str]]:
    found = TAG.search(page.read_text())
    assert found, page
    parts = [directive.split() for directive in found[1].split(";")]
    return {name: values for name, *values in parts}


def test_every_page_has_one_before_anything_that_it_governs(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) >= 3
    for page in pages:
        policy = policy_of(page)
        text = page.read_text()
        assert text.index("content-security-policy") < min(
            text.index(mark) for mark in ("<link", "<script", "<body")
        )
        assert text.encode().index(CHARSET.encode()) < 1024  # where browsers look for it
        assert text.count(CHARSET) == 1
        assert policy["default-src"] == ["'self'"]
        assert policy["object-src"] == ["'none'"]
        assert "'unsafe-inline'" not in policy["script-src"]
        # Whatever is allowed is the site itself, or made in the page.
        sources = {source for values in policy.values() for source in values}
        assert not [source for source in sources if "*" in source or "://" in source]
        assert not {"http:", "https:", "ws:", "wss:"} & sources


def test_only_the_notebook_page_makes_code_out_of_strings(site: Path) -> None:
    with_eval = {
        page.relative_to(site).as_posix()
        for page in site.rglob("*.html")
        if "'unsafe-eval'" in policy_of(page)["script-src"]
    }
    assert with_eval == {"notebooks/index.html"}


def test_a_script_in_a_page_is_allowed_by_its_sha256(tmp_path: Path) -> None:
    run, data = "run()", "{}"
    page = tmp_path / "index.html"
    page.write_text(
        f'<html><head><meta charset="utf-8"><script>{run}</script><script src="a.js"></script>'
        f'<script id="x" type="application/json">{data}</script></head></html>'
    )
    write_policies(tmp_path)
    sha256 = base64.b64encode(hashlib.sha256(run.encode()).digest()).decode()
    assert policy_of(page)["script-src"] == ["'self'", f"'sha256-{sha256}'"]


def test_a_page_without_a_place_for_it_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html></html>")
    with pytest.raises(ValueError, match="the policy goes into <head>"):
        write_policies(tmp_path)
