"""A folder of verified files: nothing enters it whose sha256 is not the manifest's."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .manifest import Artifact

try:
    import fcntl
except ImportError:  # Windows: two builds at once are then on their own
    fcntl = None  # type: ignore[assignment]

__all__ = ["Cache", "WrongContentError", "locked", "sha256_of"]


class WrongContentError(Exception):
    """A file is not, byte for byte, the one that was pinned."""


class Cache:
    """Verified files under their own names; unfinished ones apart, under ``partial/``.

    A file can also be put into the folder by hand: it is verified like any other.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.partial = folder / "partial"
        self.partial.mkdir(parents=True, exist_ok=True)

    def find(self, artifact: Artifact) -> Path | None:
        """Return the verified file, or None when it is missing or not the pinned one."""
        path = self.folder / artifact.file
        if path.is_file() and sha256_of(path) == artifact.sha256:
            return path
        return None

    def part(self, artifact: Artifact) -> Path:
        """Return where the file may grow until it is whole, from one run to the next."""
        return self.partial / f"{artifact.sha256[:16]}-{artifact.file}"

    def accept(self, artifact: Artifact) -> Path:
        """Verify the finished part and move it in, in one step; else delete it."""
        part = self.part(artifact)
        found = sha256_of(part)
        if found != artifact.sha256:
            size = part.stat().st_size
            part.unlink()
            raise WrongContentError(
                f"wrong content: sha256 {found[:12]}… ({size:,} bytes), "
                f"pinned is {artifact.sha256[:12]}… ({artifact.size:,} bytes)"
            )
        path = self.folder / artifact.file
        os.replace(part, path)
        return path


def sha256_of(path: Path) -> str:
    """Return the file's sha256 as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process at a time through; the others wait."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as stream:
        if fcntl is not None:
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield
