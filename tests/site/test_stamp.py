"""Stale or not: by content, whatever the clocks say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from bptt_site.stamp import inputs_digest, read_stamp, write_stamp


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("content/10.ipynb", "bptt_lib/rnn.py", "pyproject.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("as it was")
    return tmp_path


def test_a_changed_added_removed_or_renamed_file_shows(tree: Path) -> None:
    seen = {inputs_digest(tree)}
    (tree / "content/10.ipynb").write_text("changed")
    seen.add(inputs_digest(tree))
    (tree / "content/11.ipynb").write_text("added")
    seen.add(inputs_digest(tree))
    (tree / "content/10.ipynb").unlink()
    seen.add(inputs_digest(tree))
    (tree / "content/11.ipynb").rename(tree / "content/12.ipynb")
    seen.add(inputs_digest(tree))
    assert len(seen) == 5


def test_clocks_and_caches_do_not_show(tree: Path) -> None:
    before = inputs_digest(tree)
    os.utime(tree / "pyproject.toml", (1, 1))
    (tree / "bptt_lib/__pycache__").mkdir()
    (tree / "bptt_lib/__pycache__/rnn.pyc").write_text("compiled")
    (tree / "notes.txt").write_text("no input")
    assert inputs_digest(tree) == before


def test_a_site_says_what_it_was_built_from(tmp_path: Path) -> None:
    assert read_stamp(tmp_path) is None
    write_stamp(tmp_path, "abc")
    assert read_stamp(tmp_path) == "abc"
    (tmp_path / "build.json").write_text("half a fi")
    assert read_stamp(tmp_path) is None
