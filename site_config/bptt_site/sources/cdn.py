"""Pyodide's files by plain HTTP."""

from collections.abc import Callable
from pathlib import Path

from ..download import SourceDownError, download
from ..manifest import Artifact

__all__ = ["Cdn"]


class Cdn:
    """A folder on a web server that holds a Pyodide release.

    Behind a firewall it is asked once, and then no more in this run.
    """

    def __init__(self, base_url: str, **options: float) -> None:
        self.name = f"Pyodide's CDN ({base_url})"
        self.base_url = base_url
        self.options = options
        self.down: str | None = None

    def offers(self, artifact: Artifact) -> bool:
        """Its copies of pure packages are repacked, so only Pyodide's own files match."""
        return artifact.origin == "pyodide"

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        """Download, going on from an unfinished part."""
        if self.down:
            raise SourceDownError(f"{self.down} (not asked again)")
        try:
            download(self.base_url + artifact.file, part, progress=progress, **self.options)
        except SourceDownError as error:
            self.down = str(error)
            raise
