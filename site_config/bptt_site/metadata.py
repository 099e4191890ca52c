"""What a wheel says of itself, as the page's Python would understand it."""

import zipfile
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

__all__ = ["PAGE", "imports_of", "name_and_version", "requirements_of"]

# The environment in which a requirement's marker is judged: Pyodide's, not the builder's.
PAGE = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_system": "Emscripten",
    "python_full_version": "3.14.0",
    "python_version": "3.14",
    "sys_platform": "emscripten",
    "extra": "",
}


def name_and_version(wheel: Path) -> tuple[str, str]:
    """Return the distribution's normalised name and its version."""
    headers = _metadata(wheel)
    return canonicalize_name(headers["Name"]), headers["Version"]


def requirements_of(wheel: Path) -> list[Requirement]:
    """Return what the wheel requires in the page, extras excepted."""
    stated = (Requirement(text) for text in _metadata(wheel).get_all("Requires-Dist") or [])
    return [req for req in stated if req.marker is None or req.marker.evaluate(PAGE)]


def imports_of(wheel: Path) -> tuple[str, ...]:
    """Return the names that can be imported once the wheel is installed."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {path.split("/")[0] for path in archive.namelist() if path.endswith(".py")}
    names = {top.removesuffix(".py") for top in tops}
    return tuple(sorted(name for name in names if name.isidentifier()))


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (p for p in archive.namelist() if p.endswith(".dist-info/METADATA"))
        return HeaderParser().parsestr(archive.read(path).decode("utf-8"))
