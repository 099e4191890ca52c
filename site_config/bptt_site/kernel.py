"""What runs in the kernel's worker beside JupyterLite's kernel: a module and a small wheel."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from .places import KERNEL
from .wheel import write_wheel

__all__ = ["ENTRY", "PACKAGE", "PACKAGES", "place_kernel"]

ENTRY = "kernel.mjs"  # what JupyterLite is told to import in place of pyodide.mjs
PACKAGE = "bptt-kernel"
PACKAGES = "packages.mjs"  # their names, for the worker, which reads no settings


def place_kernel(folder: Path, preload: Sequence[str]) -> Path:
    """Put the worker's module, what it loads, and our wheel into ``folder``; return the wheel."""
    shutil.copyfile(KERNEL / ENTRY, folder / ENTRY)
    (folder / PACKAGES).write_text(f"export const packages = {json.dumps([*preload, PACKAGE])};\n")
    modules = {
        path.relative_to(KERNEL).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((KERNEL / "bptt_kernel").rglob("*.py"))
    }
    return write_wheel(PACKAGE, "0.1.0", "The manners of the page's Python", folder, modules)
