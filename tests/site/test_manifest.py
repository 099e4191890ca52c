"""Versions that must agree: what is wanted, what is pinned, what is installed."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from bptt_site.lock import lock_of
from bptt_site.manifest import load_manifest, save_manifest
from bptt_site.metadata import PAGE
from bptt_site.places import ROOT, SITE_CONFIG
from bptt_site.wheel import write_stand_in
from jupyterlite_pyodide_kernel.constants import PYODIDE_PYTHON_VERSION, PYODIDE_VERSION
from packaging.requirements import Requirement

RENEW = "look at the difference, then run: python -m bptt_site.renew"


@pytest.fixture(scope="module")
def wanted() -> dict:
    return tomllib.loads((SITE_CONFIG / "runtime.toml").read_text())


def test_pinned_is_what_was_wanted(wanted: dict) -> None:
    manifest = load_manifest()
    assert manifest.pyodide == wanted["pyodide"]["version"], RENEW
    assert list(manifest.preload) == wanted["preload"], RENEW
    assert manifest.sources == wanted["sources"], RENEW
    assert {a.file for a in manifest.core} == set(wanted["pyodide"]["core"]), RENEW
    names = {a.name for a in manifest.packages}
    assert names >= {*wanted["pyodide"]["packages"], *wanted["index"]["packages"]}, RENEW
    assert not names & set(wanted["left_out"]), RENEW


def test_the_kernel_expects_the_pyodide_that_we_looked_at(wanted: dict) -> None:
    """A new kernel names a new Pyodide: then somebody has to see that ours still suits it."""
    assert wanted["pyodide"]["kernel_expects"] == PYODIDE_VERSION, RENEW
    ours, theirs = load_manifest().pyodide.split("."), PYODIDE_VERSION.split(".")
    assert ours[:2] == theirs[:2], "another Pyodide series has another ABI"
    assert load_manifest().lock_info["python"].startswith(PYODIDE_PYTHON_VERSION)
    assert PAGE["python_version"] == PYODIDE_PYTHON_VERSION


def test_the_installed_tools_are_the_pinned_ones() -> None:
    for line in (SITE_CONFIG / "constraints.txt").read_text().splitlines():
        if line.startswith(
            ("jupyterlite", "anywidget", "jupyterlab_widgets", "jupyterlab-widgets")
        ):
            name, pinned = line.split("==")
            assert version(name) == pinned, f"{name}: install site_config/constraints.txt"


def test_the_two_halves_of_the_widgets_agree() -> None:
    """The page's half is an installed labextension, Python's half a pinned wheel."""
    pinned = {a.name: a.version for a in load_manifest().packages}
    assert pinned["anywidget"] == version("anywidget")
    assert pinned["ipywidgets"] == version("ipywidgets")
    assert pinned["piplite"] == version("jupyterlite-pyodide-kernel")


def test_the_page_has_the_numpy_that_the_library_asks_for() -> None:
    pinned = {a.name: a.version for a in load_manifest().packages}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["widgets"]]
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(pinned[requirement.name]), requirement


def test_the_manifest_survives_a_round_trip(tmp_path: Path) -> None:
    manifest = load_manifest()
    save_manifest(manifest, tmp_path / "runtime.json")
    assert load_manifest(tmp_path / "runtime.json") == manifest
    assert (tmp_path / "runtime.json").read_text() == (SITE_CONFIG / "runtime.json").read_text()


def test_a_manifest_that_cannot_be_verified_is_refused() -> None:
    manifest = load_manifest()
    short = replace(manifest.core[0], sha256="abc")
    with pytest.raises(ValueError, match=r"needs a plain file name and a sha256"):
        replace(manifest, core=(short,))
    with pytest.raises(ValueError, match="twice"):
        replace(manifest, core=manifest.core * 2)


def test_a_lock_with_something_missing_is_refused(tmp_path: Path) -> None:
    manifest = load_manifest()
    stand_in = write_stand_in("jedi", "0.0.0", "Left out", tmp_path)
    with pytest.raises(ValueError, match="the preload list needs bptt-lib, which is not among"):
        lock_of(manifest, [stand_in])
    without = tuple(a for a in manifest.packages if a.name != "traitlets")
    with pytest.raises(ValueError, match=r"needs traitlets"):
        lock_of(replace(manifest, packages=without, preload=()), [stand_in])


def test_the_constraints_are_plain_pins() -> None:
    """No path of a machine, no address: just names and versions."""
    for line in (SITE_CONFIG / "constraints.txt").read_text().splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.+!]+", line), line


def test_the_config_files_are_json() -> None:
    for path in (ROOT / "jupyter_lite_config.json", *(SITE_CONFIG / "lite").glob("*.json")):
        assert json.loads(path.read_text()), path
