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
from collections.abc import Iterable
from pathlib import Path

__all__ = ["integrity_of", "pack"]


def pack(wheels: Iterable[Path], target: Path) -> None:
    """Write what the wheels hold into ``target``; the same wheels give the same bytes.

    Raises
    ------
    ValueError
        Two wheels hold the same file.
    """
    tar = io.BytesIO()
    seen: dict[str, str] = {}
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as opened:
                for name in sorted(opened.namelist()):
                    if name.endswith("/"):
                        continue
                    if name in seen:
                        raise ValueError(f"{name} is in {wheel.name} and in {seen[name]}")
                    seen[name] = wheel.name
                    content = opened.read(name)
                    entry = tarfile.TarInfo(name)
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
    target.write_bytes(gzip.compress(tar.getvalue(), 9, mtime=0))


def integrity_of(path: Path) -> str:
    """Return what a browser compares the file with, as ``fetch`` takes it."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
