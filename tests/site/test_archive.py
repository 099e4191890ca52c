"""One archive of many wheels: whole, the same twice, and never two files of one name."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from bptt_site.archive import contents_of, pack
from bptt_site.wheel import write_wheel


def test_it_holds_what_the_wheels_hold_and_is_the_same_twice(tmp_path: Path) -> None:
    wheels = [
        write_wheel("one", "1.0", "", tmp_path, {"one/__init__.py": "x = 1\n"}),
        write_wheel("two", "1.0", "", tmp_path, {"two/deep/down.py": "y = 2\n" * 100}),
    ]
    for name in ("first", "second"):
        pack(contents_of(wheels), tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    with tarfile.open(tmp_path / "first") as archive:
        assert archive.extractfile("two/deep/down.py").read() == b"y = 2\n" * 100
        assert "one-1.0.dist-info/METADATA" in archive.getnames()


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    wheels = [
        write_wheel(name, "1.0", "", tmp_path, {"same/module.py": ""}) for name in ("one", "two")
    ]
    with pytest.raises(ValueError, match=r"same/module.py is in two-1.0.* and in one-1.0"):
        contents_of(wheels)
