"""Pure-Python wheels from the package index, by pip."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..download import SourceDownError, SourceError
from ..manifest import Artifact
from .source import run_client

__all__ = ["PATIENCE", "PURE", "PackageIndex"]

# Of pip with a network that does not answer: seconds, where its own default is minutes.
PATIENCE = ["--quiet", "--retries=1", "--timeout=10"]

# The page's Python, not the one that builds: 3.14, and pure wheels only.
PURE = ["--no-deps", "--only-binary=:all:", "--python-version", "3.14"]
PURE += ["--implementation", "py", "--abi", "none", "--platform", "any"]


class PackageIndex:
    """The index that pip is set up to use, mirrors and proxies included.

    pip does not tell an index that is away from a release that is not there; so
    after two failures in a row the index counts as away, and is not asked again.
    """

    name = "the Python package index (pip)"

    def __init__(self) -> None:
        self._failures = 0

    def offers(self, artifact: Artifact) -> bool:
        """Offer whatever was pinned from an index."""
        return artifact.origin == "index"

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        """Let pip find the release; the manifest's sha256 is verified afterwards."""
        if self._failures >= 2:
            raise SourceDownError("not asked again, after two failures in a row")
        self._failures += 1
        with tempfile.TemporaryDirectory(prefix="bptt-site-") as folder:
            room = Path(folder)
            command = [sys.executable, "-m", "pip", "download", *PATIENCE, *PURE]
            run_client([*command, f"{artifact.name}=={artifact.version}"], room)
            wheel = room / artifact.file
            if not wheel.exists():
                came = ", ".join(path.name for path in room.iterdir()) or "nothing"
                raise SourceError(f"it gave {came}")
            shutil.move(wheel, part)
        self._failures = 0
        progress(part.stat().st_size)
