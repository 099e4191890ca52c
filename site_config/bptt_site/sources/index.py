"""Pure-Python wheels from the package index, by pip."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ..download import SourceError
from ..manifest import Artifact
from .source import run_client

__all__ = ["PURE", "PackageIndex"]

# The page's Python, not the one that builds: 3.14, and pure wheels only.
PURE = ["--no-deps", "--only-binary=:all:", "--python-version", "3.14"]
PURE += ["--implementation", "py", "--abi", "none", "--platform", "any"]


class PackageIndex:
    """The index that pip is set up to use, mirrors and proxies included."""

    name = "the Python package index (pip)"

    def offers(self, artifact: Artifact) -> bool:
        """Whatever was pinned from an index."""
        return artifact.origin == "index"

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        """Let pip find the release; the manifest's sha256 is verified afterwards."""
        with tempfile.TemporaryDirectory(prefix="bptt-site-") as folder:
            room = Path(folder)
            command = [sys.executable, "-m", "pip", "download", "--quiet", *PURE]
            run_client([*command, f"{artifact.name}=={artifact.version}"], room)
            wheel = room / artifact.file
            if not wheel.exists():
                came = ", ".join(path.name for path in room.iterdir()) or "nothing"
                raise SourceError(f"it gave {came}")
            shutil.move(wheel, part)
        progress(part.stat().st_size)
