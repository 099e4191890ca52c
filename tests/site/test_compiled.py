"""The compiled runtime: made from the pinned files, from nothing else, and always the same."""

from __future__ import annotations

import _imp
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
from bptt_site.compiled.inside import compile_archive
from bptt_site.compiled.trim import kept_in
from bptt_site.fetch import fetch_runtime
from bptt_site.manifest import Artifact, load_manifest
from bptt_site.places import ROOT
from bptt_site.seldom import SITE_PACKAGES
from bptt_site.stand_ins import without_those

MANIFEST = without_those(load_manifest())
ARCHIVES = [a for a in MANIFEST.artifacts if a.file.endswith((".whl", "stdlib.zip"))]


@pytest.fixture(scope="module")
def seldom(site: Path) -> dict[str, bytes]:
    """What is put aside, by its place below the standard library's folder."""
    with tarfile.open(site / "static/pyodide/seldom.tar.gz") as archive:
        return {name: archive.extractfile(name).read() for name in archive.getnames()}


def in_the_site(
    site: Path, packages: tarfile.TarFile, seldom: dict[str, bytes], artifact: Artifact
) -> dict[str, bytes]:
    """What the site has of an archive: each file's content by its name."""
    pinned = zipfile.ZipFile(fetch_runtime(MANIFEST)[artifact.file]).namelist()
    theirs = {*pinned, *(name + "c" for name in pinned if name.endswith(".py"))}
    if artifact in MANIFEST.core:
        with zipfile.ZipFile(site / "static/pyodide" / artifact.file) as opened:
            there = {name: opened.read(name) for name in opened.namelist()}
        aside = {name: seldom[name] for name in seldom if not name.startswith(SITE_PACKAGES)}
    else:
        there = {
            name: packages.extractfile(name).read()
            for name in packages.getnames()
            if name in theirs
        }
        aside = {
            name: seldom[SITE_PACKAGES + name] for name in theirs if SITE_PACKAGES + name in seldom
        }
    assert not there.keys() & aside.keys()
    return there | aside


def source_hash(pyc: bytes, source: bytes) -> bytes:
    """What a .pyc of this source carries, by its own interpreter's magic number."""
    return _imp.source_hash(int.from_bytes(pyc[:4], "little"), source)


@pytest.mark.parametrize("artifact", ARCHIVES, ids=lambda artifact: artifact.name)
def test_every_file_is_the_pinned_one_or_the_bytecode_of_it(
    site: Path, packages: tarfile.TarFile, seldom: dict[str, bytes], artifact: Artifact
) -> None:
    pinned = zipfile.ZipFile(fetch_runtime(MANIFEST)[artifact.file])
    ours = in_the_site(site, packages, seldom, artifact)
    keeps = kept_in(artifact.name)
    expected = {name for name in pinned.namelist() if keeps(name) and not name.endswith("/")}
    assert {name.removesuffix("c") if name.endswith(".pyc") else name for name in ours} == expected
    assert len(ours) == len(expected)  # no module twice
    for name, content in ours.items():
        if name.endswith(".pyc"):
            assert content[4:8] == b"\1\0\0\0", name  # hash-based, never compared
            assert content[8:16] == source_hash(content, pinned.read(name.removesuffix("c"))), name
        else:
            assert content == pinned.read(name), name


@pytest.mark.parametrize("module", ["numpy/__init__", "IPython/core/interactiveshell"])
def test_what_is_loaded_at_the_start_is_compiled(packages: tarfile.TarFile, module: str) -> None:
    assert f"{module}.pyc" in packages.getnames()


def test_our_own_library_keeps_its_source_beside_its_bytecode(packages: tarfile.TarFile) -> None:
    source = packages.extractfile("bptt_lib/rnn.py").read()
    assert source == (ROOT / "bptt_lib/rnn.py").read_bytes()
    bytecode = packages.extractfile("bptt_lib/__pycache__/rnn.cpython-314.pyc").read()
    assert bytecode[8:16] == source_hash(bytecode, source)


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
