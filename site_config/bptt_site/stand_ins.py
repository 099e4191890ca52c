"""What takes the place of packages that the kernel insists on, and the page does without."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from .manifest import Manifest
from .places import KERNEL
from .wheel import write_stand_in, write_wheel

__all__ = ["STAND_INS", "build_stand_ins", "without_those"]

# Their files in kernel/stand_ins/. The real ones stay pinned: a stock site has need of them.
STAND_INS = {"micropip": "micropip.py", "piplite": "piplite/*.py"}


def without_those(manifest: Manifest) -> Manifest:
    """Return the manifest without the packages that ours take the place of."""
    packages = tuple(package for package in manifest.packages if package.name not in STAND_INS)
    return replace(manifest, packages=packages)


def build_stand_ins(folder: Path) -> Iterator[Path]:
    """Write the wheels that pass for the packages left out."""
    yield write_stand_in("jedi", "0.0.0", "Left out; the kernel insists on it", folder)
    source = KERNEL / "stand_ins"
    for name, pattern in STAND_INS.items():
        modules = {
            path.relative_to(source).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(source.glob(pattern))
        }
        yield write_wheel(name, "0.0.0", "Says that nothing can be installed", folder, modules)
