"""All that Python imports in the page beyond its standard library, as one archive.

Pyodide would fetch, verify and unpack thirty wheels, in Python, while Python starts. The page
unpacks one archive instead, in a few milliseconds of JavaScript: a compressed tar, with what
each wheel holds under the names that it will have among the installed packages.
"""

import base64
import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

__all__ = ["contents_of", "integrity_of", "pack"]


def contents_of(wheels: Iterable[Path]) -> dict[str, bytes]:
    """Return what the wheels hold, by name.

    Raises
    ------
    ValueError
        Two wheels hold the same file.
    """
    files: dict[str, bytes] = {}
    came_in: dict[str, str] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as opened:
            for name in opened.namelist():
                if name.endswith("/"):
                    continue
                if name in files:
                    raise ValueError(f"{name} is in {wheel.name} and in {came_in[name]}")
                files[name], came_in[name] = opened.read(name), wheel.name
    return files


def pack(files: Mapping[str, bytes], target: Path) -> None:
    """Write the files into ``target``; the same files give the same bytes."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in sorted(files, key=lambda name: (PurePosixPath(name).suffix, name)):
            entry = tarfile.TarInfo(name)  # like beside like: that compresses better
            entry.size = len(files[name])
            archive.addfile(entry, io.BytesIO(files[name]))
    target.write_bytes(gzip.compress(tar.getvalue(), 9, mtime=0))


def integrity_of(path: Path) -> str:
    """Return what a browser compares the file with, as ``fetch`` takes it."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
