"""Wheels made here: our library, the kernel's manners, a stand-in for what is left out."""

import base64
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from .places import ROOT

__all__ = ["build_library", "write_stand_in", "write_wheel"]


def build_library(folder: Path) -> Path:
    """Build ``bptt_lib`` into ``folder``; the same sources give the same bytes."""
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(wheel)


def write_stand_in(name: str, version: str, summary: str, folder: Path) -> Path:
    """Write a wheel that holds metadata and no code.

    A kernel that insists on installing ``name`` is content with it, and whoever
    tries ``import`` meets the ordinary ImportError.
    """
    return write_wheel(name, version, summary, folder, {})


def write_wheel(
    name: str, version: str, summary: str, folder: Path, modules: Mapping[str, str]
) -> Path:
    """Write a pure wheel that holds ``modules``, texts by file name; same texts, same bytes."""
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    files = {
        **modules,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        f"Summary: {summary}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: bptt-site\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = (
        "".join(
            f"{path},sha256={_urlsafe_digest(text)},{len(text.encode())}\n"
            for path, text in files.items()
        )
        + f"{info}/RECORD,,\n"
    )
    wheel = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, (2020, 2, 2, 0, 0, 0)), text)
    return wheel


def _urlsafe_digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
