"""Remove what JupyterLite leaves in the site and no page asks for."""

import shutil
from pathlib import Path

__all__ = ["tidy"]

# JupyterLite's build recipes and its own documentation stub.
UNUSED = ["doc", "package.json", "rspack.config.js", "rspack.config.analyze.js"]
UNUSED += ["rspack.config.watch.js"]


def tidy(site: Path) -> None:
    """Remove the files and folders in ``UNUSED``."""
    for name in UNUSED:
        path = site / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
