"""The maintainer's command: ``python -m bptt_site.renew`` pins what runtime.toml wants.

It asks npm for Pyodide's official lock and core (which fix NumPy's sha256), and
pip for the newest pure wheels that fit the page's Python. Look at the
difference in runtime.json, build, run the tests, then commit.
"""

import json
import shutil
import sys
import tempfile
import tomllib
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .cache import sha256_of
from .fetch import fetch_runtime
from .lock import describe
from .manifest import Artifact, Manifest, save_manifest
from .metadata import requirements_of
from .places import SITE_CONFIG
from .sources.archives import NpmPackage
from .sources.index import PATIENCE, PURE
from .sources.kernel import KERNEL_WHEELS
from .sources.source import run_client

__all__ = ["main", "renew"]


def renew(wanted: dict[str, Any]) -> Manifest:
    """Return the manifest that fulfils ``wanted``, the content of runtime.toml."""
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bptt-site-")))
        npm = NpmPackage(wanted["sources"]["npm"], wanted["pyodide"]["version"], stack)
        core = [_core_file(npm, file, wanted, room) for file in wanted["pyodide"]["core"]]
        _take(npm, "pyodide-lock.json", wanted, room)
        official = json.loads((room / "pyodide-lock.json").read_text(encoding="utf-8"))
        compiled = [_official(official, name) for name in wanted["pyodide"]["packages"]]
        wheels = _closure(wanted, {package.name for package in compiled}, room)
    return Manifest(
        pyodide=wanted["pyodide"]["version"],
        lock_info=official["info"],
        preload=tuple(wanted["preload"]),
        sources=wanted["sources"],
        core=tuple(core),
        packages=(*compiled, *wheels),
    )


def _take(npm: NpmPackage, file: str, wanted: dict[str, Any], room: Path) -> Path:
    version = wanted["pyodide"]["version"]
    npm.fetch(Artifact("pyodide", version, file, "", 0, "pyodide"), room / file, lambda _: None)
    return room / file


def _core_file(npm: NpmPackage, file: str, wanted: dict[str, Any], room: Path) -> Artifact:
    path = _take(npm, file, wanted, room)
    version = wanted["pyodide"]["version"]
    return Artifact("pyodide", version, file, sha256_of(path), path.stat().st_size, "pyodide")


def _official(official: dict[str, Any], name: str) -> Artifact:
    """Pin a compiled package by Pyodide's own lock, without having to fetch it."""
    entry = official["packages"][name]
    return Artifact(
        name=name,
        version=entry["version"],
        file=entry["file_name"],
        sha256=entry["sha256"],
        size=0,  # the official lock does not tell; filled in once it is fetched
        origin="pyodide",
        imports=tuple(entry["imports"]),
        depends=tuple(entry["depends"]),
    )


def _closure(wanted: dict[str, Any], have: set[str], room: Path) -> list[Artifact]:
    """Return the wheels of ``[index]``, the kernel's stand-ins, and all that they require.

    Each name is taken once, by the first requirement that asks for it; a later
    requirement that this version does not meet stops the renewal.
    """
    left_out = {canonicalize_name(name) for name in wanted["left_out"]}
    own = {path.name: path for path in KERNEL_WHEELS.glob("*.whl")}
    # The stand-ins come in two majors; ipywidgets 8 wants widgetsnbextension 4.
    stand_ins = {describe(path, "kernel").name: path for _, path in sorted(own.items())}
    queue = [Requirement(text) for text in (*wanted["index"]["packages"], *stand_ins)]
    pinned: dict[str, Artifact] = {}
    while queue:
        requirement = queue.pop(0)
        name = canonicalize_name(requirement.name)
        if name in have or name in left_out:
            continue
        if name not in pinned:
            wheel = stand_ins.get(name) or _newest(requirement, room)
            origin = "kernel" if name in stand_ins else "index"
            pinned[name] = describe(wheel, origin, left_out)
            queue += requirements_of(wheel)
            print(f"  {name} {pinned[name].version} ({origin})", flush=True)
        if not requirement.specifier.contains(pinned[name].version, prereleases=True):
            raise SystemExit(f"{requirement} is asked for, but {pinned[name].version} was taken")
    return list(pinned.values())


def _newest(requirement: Requirement, room: Path) -> Path:
    folder = room / canonicalize_name(requirement.name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    plain = f"{requirement.name}{requirement.specifier}"  # its marker has been judged already
    run_client([sys.executable, "-m", "pip", "download", *PATIENCE, *PURE, plain], folder)
    (wheel,) = folder.iterdir()
    return wheel


def _with_sizes(manifest: Manifest) -> Manifest:
    """Fetch everything, which proves that it can be had, and note what the lock left open."""
    files = fetch_runtime(manifest)
    packages = (replace(a, size=files[a.file].stat().st_size) for a in manifest.packages)
    return replace(manifest, packages=tuple(packages))


def main() -> None:
    """Renew site_config/runtime.json."""
    wanted = tomllib.loads((SITE_CONFIG / "runtime.toml").read_text(encoding="utf-8"))
    save_manifest(_with_sizes(renew(wanted)))
    print("site_config/runtime.json is renewed; look at its difference, build, test, commit")


if __name__ == "__main__":
    main()
