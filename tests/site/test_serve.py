"""The little web server: content types, sub-paths, and nothing above them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from bptt_site.serve import site_server


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    for name in ("index.html", "a.mjs", "a.wasm", "a.whl", "a.ipynb", "a.webmanifest", "a.svg"):
        (tmp_path / name).write_text(name)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.html").write_text("in the folder")
    with site_server(tmp_path, prefix="some-repo") as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("", "text/html"),
        ("a.mjs", "text/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.whl", "application/zip"),
        ("a.ipynb", "application/json"),
        ("a.webmanifest", "application/manifest+json"),
        ("a.svg", "image/svg+xml"),
    ],
)
def test_content_types(url: str, name: str, content_type: str) -> None:
    answer = requests.get(f"{url}/some-repo/{name}", timeout=5)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].split(";")[0] == content_type
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_site_is_under_its_prefix_only(url: str) -> None:
    assert requests.get(f"{url}/index.html", timeout=5).status_code == 404
    assert requests.get(f"{url}/some-repo/absent", timeout=5).status_code == 404
    assert requests.get(f"{url}/some-repo/../../pyproject.toml", timeout=5).status_code == 404
    folder = requests.get(f"{url}/some-repo/folder?path=a", timeout=5)
    assert folder.url == f"{url}/some-repo/folder/?path=a"
    assert folder.text == "in the folder"
    moved = requests.get(f"{url}/some-repo", timeout=5, allow_redirects=False)
    assert moved.status_code == 301
    assert moved.headers["Location"] == "/some-repo/"
