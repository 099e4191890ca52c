"""release.json: every file that a visitor may need, as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bptt_site.cache import sha256_of
from bptt_site.contents import CONTENTS, write_contents


def listed(site: Path) -> dict:
    return json.loads((site / CONTENTS).read_text())


def test_it_names_every_file_with_its_sha256_and_size(site: Path) -> None:
    release = listed(site)
    for name, (sha256, size) in release["files"].items():
        assert sha256_of(site / name) == sha256, name
        assert (site / name).stat().st_size == size, name
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    left_out = there - set(release["files"])
    assert not [name for name in left_out if name.endswith((".html", ".css", ".mjs", ".whl"))]
    assert {name for name in left_out if name.endswith(".js")} == {"service-worker.js"}


def test_another_content_is_another_release(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one")
    names = []
    for text in ("one", "two", "one"):
        (tmp_path / "a.txt").write_text(text)
        write_contents(tmp_path)
        names.append(listed(tmp_path)["release"])
    assert names[0] == names[2] != names[1]
    assert re.fullmatch("[0-9a-f]{12}", names[0])
    assert set(listed(tmp_path)["files"]) == {"a.txt"}  # not itself
