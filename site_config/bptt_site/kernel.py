"""What runs in the kernel's worker beside JupyterLite's kernel: modules, a wheel, an archive."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from .archive import contents_of, integrity_of, pack
from .modules import join_modules
from .places import KERNEL
from .seldom import module_names, split_packages, split_stdlib
from .wheel import write_wheel

__all__ = ["ENTRY", "PACKAGE", "build_manners", "place_kernel"]

ENTRY = "kernel.mjs"  # what JupyterLite is told to import in place of pyodide.mjs
PACKAGE = "bptt-kernel"
ARCHIVE = "packages.tar.gz"
SELDOM = "seldom.tar.gz"
WASM = "pyodide.asm.wasm"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", WASM)  # ... and the standard library


def place_kernel(
    folder: Path, library: Path, wheels: Iterable[Path], lock_info: Mapping[str, str]
) -> None:
    """Put the worker's modules into ``folder``, the standard library, and two archives.

    One holds what is loaded with a notebook, of all ``wheels``; the other what seldom is.
    """
    packages, seldom = split_packages(contents_of(wheels))
    seldom |= split_stdlib(library, folder / library.name)
    pack(packages, folder / ARCHIVE)
    pack(seldom, folder / SELDOM)
    # Pyodide's lock names no wheel: everything is there before anything is asked for.
    built = {
        "archive": {"url": f"./{ARCHIVE}", "integrity": integrity_of(folder / ARCHIVE)},
        "seldom": {
            "url": f"./{SELDOM}",
            "integrity": integrity_of(folder / SELDOM),
            "modules": module_names(seldom),
        },
        "core": {name: integrity_of(folder / name) for name in (*CORE, library.name)},
        "sizes": {name: (folder / name).stat().st_size for name in (WASM, library.name, ARCHIVE)},
        "lock": json.dumps({"info": dict(lock_info), "packages": {}}),
    }
    lines = [f"export const {name} = {json.dumps(value)};\n" for name, value in built.items()]
    with TemporaryDirectory() as room:
        modules = Path(shutil.copytree(KERNEL, Path(room) / "kernel"))
        (modules / "built.mjs").write_text("".join(lines), encoding="utf-8")
        joined = join_modules(modules / ENTRY)
    (folder / ENTRY).write_text(joined, encoding="utf-8")


def build_manners(folder: Path) -> Path:
    """Build the wheel of ``bptt_kernel``."""
    modules = {
        path.relative_to(KERNEL).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((KERNEL / "bptt_kernel").rglob("*.py"))
    }
    return write_wheel(PACKAGE, "0.1.0", "The manners of the page's Python", folder, modules)
