"""The wheels that jupyterlite-pyodide-kernel brings along."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from ..download import SourceError
from ..manifest import Artifact

__all__ = ["KERNEL_WHEELS", "InstalledKernel"]

KERNEL_WHEELS = (
    Path(sys.prefix)
    / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
)


class InstalledKernel:
    """The JupyterLite kernel that is installed beside us."""

    name = "the installed jupyterlite-pyodide-kernel"

    def offers(self, artifact: Artifact) -> bool:
        """Its own stand-ins: piplite, pyodide_kernel, ipykernel, widgetsnbextension."""
        return artifact.origin == "kernel"

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        """Copy it."""
        wheel = KERNEL_WHEELS / artifact.file
        if not wheel.is_file():
            raise SourceError(
                "it has no such file: the installed version is not the pinned one; "
                "install site_config/constraints.txt, or renew the manifest"
            )
        shutil.copyfile(wheel, part)
        progress(artifact.size)
