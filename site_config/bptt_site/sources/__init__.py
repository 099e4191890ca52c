"""Where files come from: each source gives some artifacts, in its own way."""

from contextlib import ExitStack

from ..manifest import Manifest
from .archives import InsideWheel, NpmPackage
from .cdn import Cdn
from .index import PackageIndex
from .kernel import InstalledKernel
from .source import Source

__all__ = ["Source", "default_sources"]


def default_sources(manifest: Manifest, stack: ExitStack) -> list[Source]:
    """Return the sources in the order in which they are asked.

    ``stack`` owns the temporary folders that some of them need.
    """
    wanted = manifest.sources
    return [
        InstalledKernel(),
        Cdn(wanted["cdn"].format(version=manifest.pyodide)),
        NpmPackage(wanted["npm"], manifest.pyodide, stack),
        InsideWheel(**wanted["wheel"], stack=stack),
        PackageIndex(),
    ]
