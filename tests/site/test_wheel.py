"""Our own wheels: the same bytes from the same sources, and nothing missing."""

from __future__ import annotations

import zipfile
from pathlib import Path

from bptt_site.metadata import imports_of, name_and_version, requirements_of
from bptt_site.places import ROOT
from bptt_site.wheel import build_library, write_stand_in


def test_the_library_is_built_the_same_twice(tmp_path: Path) -> None:
    first = build_library(tmp_path / "first")
    second = build_library(tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()


def test_the_library_wheel_holds_the_package_and_its_data(tmp_path: Path) -> None:
    wheel = build_library(tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if name.startswith("bptt_lib/")}
    kept = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "bptt_lib").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == kept
    assert name_and_version(wheel)[0] == "bptt-lib"
    assert imports_of(wheel) == ("bptt_lib",)
    assert [str(requirement) for requirement in requirements_of(wheel)] == ["numpy>=2.0"]


def test_a_stand_in_is_a_wheel_without_code(tmp_path: Path) -> None:
    wheel = write_stand_in("jedi", "0.0.0", "Left out", tmp_path)
    assert name_and_version(wheel) == ("jedi", "0.0.0")
    assert imports_of(wheel) == ()
    assert requirements_of(wheel) == []
    first = wheel.read_bytes()
    assert write_stand_in("jedi", "0.0.0", "Left out", tmp_path).read_bytes() == first
