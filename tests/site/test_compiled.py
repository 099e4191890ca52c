"""The compiled runtime: made from the pinned files, from nothing else, and always the same."""

from __future__ import annotations

import _imp
import io
import json
import zipfile
from pathlib import Path

import pytest
from bptt_site.compiled.inside import compile_archive
from bptt_site.compiled.trim import kept_in
from bptt_site.fetch import fetch_runtime
from bptt_site.manifest import Artifact, load_manifest

MANIFEST = load_manifest()
ARCHIVES = [a for a in MANIFEST.artifacts if a.file.endswith((".whl", "stdlib.zip"))]


def in_the_site(site: Path, artifact: Artifact) -> zipfile.ZipFile:
    folder = site / "static/pyodide"
    if artifact in MANIFEST.core:
        return zipfile.ZipFile(folder / artifact.file)
    lock = json.loads((folder / "pyodide-lock.json").read_text())
    return zipfile.ZipFile(folder / lock["packages"][artifact.name]["file_name"])


def source_hash(pyc: bytes, source: bytes) -> bytes:
    """What a .pyc of this source carries, by its own interpreter's magic number."""
    return _imp.source_hash(int.from_bytes(pyc[:4], "little"), source)


@pytest.mark.parametrize("artifact", ARCHIVES, ids=lambda artifact: artifact.name)
def test_every_file_is_the_pinned_one_or_the_bytecode_of_it(site: Path, artifact: Artifact) -> None:
    pinned = zipfile.ZipFile(fetch_runtime(MANIFEST)[artifact.file])
    ours = in_the_site(site, artifact)
    keeps = kept_in(artifact.name)
    expected = {name for name in pinned.namelist() if keeps(name) and not name.endswith("/")}
    found = set(ours.namelist())
    assert {name.removesuffix("c") if name.endswith(".pyc") else name for name in found} == expected
    assert len(found) == len(expected)  # no module twice
    for name in found:
        content = ours.read(name)
        if name.endswith(".pyc"):
            assert content[4:8] == b"\1\0\0\0", name  # hash-based, never compared
            assert content[8:16] == source_hash(content, pinned.read(name.removesuffix("c"))), name
        else:
            assert content == pinned.read(name), name


@pytest.mark.parametrize(
    ("name", "module"),
    [("numpy", "numpy/__init__"), ("ipython", "IPython/core/interactiveshell")],
)
def test_what_is_loaded_at_the_start_is_compiled(site: Path, name: str, module: str) -> None:
    (artifact,) = (a for a in MANIFEST.packages if a.name == name)
    assert f"{module}.pyc" in in_the_site(site, artifact).namelist()


def test_our_own_library_stays_source(site: Path) -> None:
    (wheel,) = (site / "static/pyodide").glob("bptt_lib-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "bptt_lib/rnn.py" in names
    assert not [name for name in names if name.endswith(".pyc")]


def test_compiling_again_gives_the_same_bytes() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr("package/hot.py", "answer = 42\n")
        package.writestr("package/cold.py", "answer = 43\n")
        package.writestr("package/tests/test_it.py", "assert True\n")
    keep = {"package/hot.py", "package/cold.py"}
    once, again = (
        compile_archive(archive.getvalue(), "/lib", keep, {"package/hot.py"}) for _ in range(2)
    )
    assert once == again
    names = zipfile.ZipFile(io.BytesIO(once)).namelist()
    assert sorted(names) == ["package/cold.py", "package/hot.pyc"]
