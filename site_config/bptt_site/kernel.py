"""What runs in the kernel's worker beside JupyterLite's kernel: modules, a wheel, an archive."""

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from .archive import integrity_of, pack
from .places import KERNEL
from .wheel import write_wheel

__all__ = ["ENTRY", "PACKAGE", "build_manners", "place_kernel"]

ENTRY = "kernel.mjs"  # what JupyterLite is told to import in place of pyodide.mjs
PACKAGE = "bptt-kernel"
ARCHIVE = "packages.tar.gz"


def place_kernel(folder: Path, wheels: Iterable[Path], lock_info: Mapping[str, str]) -> None:
    """Put the worker's modules into ``folder``, and the archive of all ``wheels``."""
    pack(wheels, folder / ARCHIVE)
    for module in KERNEL.glob("*.mjs"):
        shutil.copyfile(module, folder / module.name)
    # Pyodide's lock names no wheel: everything is there before anything is asked for.
    built = {
        "archive": f"./{ARCHIVE}",
        "integrity": integrity_of(folder / ARCHIVE),
        "lock": json.dumps({"info": dict(lock_info), "packages": {}}),
    }
    lines = [f"export const {name} = {json.dumps(value)};\n" for name, value in built.items()]
    (folder / "built.mjs").write_text("".join(lines), encoding="utf-8")


def build_manners(folder: Path) -> Path:
    """Build the wheel of ``bptt_kernel``."""
    modules = {
        path.relative_to(KERNEL).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((KERNEL / "bptt_kernel").rglob("*.py"))
    }
    return write_wheel(PACKAGE, "0.1.0", "The manners of the page's Python", folder, modules)
