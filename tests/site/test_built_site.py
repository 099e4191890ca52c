"""What is in _output/, looked at as files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bptt_site.archive import integrity_of
from bptt_site.cache import sha256_of
from bptt_site.extensions import EXTENSIONS
from bptt_site.manifest import load_manifest
from bptt_site.places import ROOT, SITE_CONFIG
from bptt_site.release import RELEASE
from packaging.utils import canonicalize_name

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"


@pytest.fixture(scope="module")
def config(site: Path) -> dict:
    return json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]


def test_the_runtime_is_the_pinned_one_and_nothing_else(site: Path) -> None:
    folder = site / "static/pyodide"
    manifest = load_manifest()
    for artifact in manifest.core:
        if artifact.file != "python_stdlib.zip":  # compiled: test_compiled.py
            assert sha256_of(folder / artifact.file) == artifact.sha256, artifact.file
    core = {artifact.file for artifact in manifest.core}
    ours = {"kernel.mjs", "packages.tar.gz", "seldom.tar.gz"}
    assert {path.name for path in folder.iterdir()} == core | ours


@pytest.mark.parametrize("archive", ["packages.tar.gz", "seldom.tar.gz"])
def test_the_worker_knows_the_archives_by_their_sha256(site: Path, archive: str) -> None:
    folder = site / "static/pyodide"
    assert integrity_of(folder / archive) in (folder / "kernel.mjs").read_text()


def test_every_package_is_in_the_archive_and_says_so(packages: tarfile.TarFile) -> None:
    """Python in the page asks these folders what is installed."""
    installed = {
        canonicalize_name(name.split("-")[0])
        for name in packages.getnames()
        if name.endswith(".dist-info/METADATA") and name.count("/") == 1
    }
    pinned = {package.name for package in load_manifest().packages}
    assert installed == pinned | {"bptt-lib", "bptt-kernel", "jedi"}


def test_the_kernel_finds_everything_there_and_asks_no_index(config: dict) -> None:
    kernel = config["litePluginSettings"][KERNEL]
    assert kernel["pyodideUrl"] == "./static/pyodide/kernel.mjs"
    assert kernel["disablePyPIFallback"] is True
    # The kernel installs each of these by itself, one after the other, if they are not named.
    assert {"micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"} <= set(
        kernel["loadPyodideOptions"]["packages"]
    )


def test_the_widgets_front_ends_are_in_the_site(site: Path, config: dict) -> None:
    names = {extension["name"] for extension in config["federated_extensions"]}
    assert names == EXTENSIONS
    for extension in config["federated_extensions"]:
        assert (site / "extensions" / extension["name"] / extension["load"]).is_file()


def test_there_are_no_source_maps(site: Path) -> None:
    assert list(site.rglob("*.map")) == []


def test_only_the_notebook_app_is_there(site: Path) -> None:
    """``repl`` would run code out of a link; the others lead a learner astray."""
    with_pages = {path.parent.name for path in site.glob("*/index.html")}
    assert with_pages == {"notebooks", "tree"}
    assert "bundle.js" not in (site / "tree/index.html").read_text()  # a signpost, no file browser
    assert {path.parent.name for path in site.glob("build/*/bundle.js")} == {"notebooks"}


def test_the_notebooks_are_those_of_content(site: Path) -> None:
    shipped = {path.name for path in (ROOT / "content").iterdir() if path.is_file()}
    assert {path.name for path in (site / "files").iterdir()} == shipped
    listing = json.loads((site / "api/contents/all.json").read_text())
    assert {entry["name"] for entry in listing["content"]} == shipped
    for name in shipped:
        ours, theirs = site / "files" / name, ROOT / "content" / name
        if name.endswith(".ipynb"):
            notebook = json.loads(ours.read_text())
            assert len(notebook["metadata"].pop(RELEASE)["release"]) == 12
            assert notebook == json.loads(theirs.read_text())
        else:
            assert ours.read_bytes() == theirs.read_bytes()


class Links(HTMLParser):
    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def test_every_link_is_relative_and_leads_somewhere(site: Path) -> None:
    pages = [site / "index.html", site / "notebooks/index.html", site / "tree/index.html"]
    for page in pages:
        links = Links(page).found
        assert links, page
        for link in links:
            parts = urlsplit(link)
            assert not parts.scheme, link
            assert not parts.netloc, link
            assert not parts.path.startswith("/"), link
            if parts.path:
                assert (page.parent / unquote(parts.path)).exists(), f"{page}: {link}"
            notebook = re.fullmatch(r"path=(.+)", parts.query)
            if notebook:
                assert (site / "files" / notebook[1]).is_file(), f"{page}: {link}"
            if parts.fragment:
                assert f'id="{parts.fragment}"' in page.read_text(), f"{page}: {link}"


def test_every_address_in_the_configuration_is_relative(config: dict) -> None:
    def addresses(value: object, key: str = "") -> list[str]:
        if isinstance(value, dict):
            return [found for k, v in value.items() for found in addresses(v, k)]
        if isinstance(value, list):
            return [found for v in value for found in addresses(v, key)]
        return [value] if isinstance(value, str) and key.endswith(("Url", "Urls", "load")) else []

    for address in addresses(config):
        assert not urlsplit(address).netloc, address
        assert not address.startswith("/"), address


def test_the_notebook_page_has_its_configuration_in_it(site: Path, config: dict) -> None:
    page = (site / "notebooks/index.html").read_text()
    script = re.search(r'<script id="jupyter-config-data".*?>(.*?)</script>', page, re.DOTALL)
    assert script
    inside = json.loads(script[1])
    for name in ("litePluginSettings", "settingsOverrides"):
        assert inside[name].keys() == config[name].keys()
    assert "config-utils.js" not in page


def test_the_settings_reach_the_site(config: dict) -> None:
    overrides = json.loads((SITE_CONFIG / "lite/overrides.json").read_text())
    for plugin, settings in overrides.items():
        assert config["settingsOverrides"][plugin] == settings
    ours = json.loads((SITE_CONFIG / "lite/jupyter-lite.json").read_text())["jupyter-config-data"]
    assert config["appName"] == ours["appName"]
    assert sorted(config["disabledExtensions"]) == sorted(ours["disabledExtensions"])


def test_what_is_removed_from_content_leaves_the_site(tmp_path: Path) -> None:
    """JupyterLite remembers earlier builds; a second build must not keep what is gone."""
    content = tmp_path / "content"
    content.mkdir()
    for name in ("kept.txt", "removed.txt"):
        (content / name).write_text("as it was")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--no-sourcemaps"]
    command += ["--apps", "notebooks", "--lite-dir", str(SITE_CONFIG / "lite")]
    command += ["--contents", str(content), "--output-dir", str(tmp_path / "out")]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (content / "removed.txt").unlink()
    (content / "kept.txt").write_text("changed")
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert [path.name for path in (tmp_path / "out/files").iterdir()] == ["kept.txt"]
    assert (tmp_path / "out/files/kept.txt").read_text() == "changed"
