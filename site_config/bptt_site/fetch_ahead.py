"""What the start page may fetch while it is read, so that notebooks open faster."""

import json
import re
from pathlib import Path

from .together import JOINED

__all__ = ["write_fetch_ahead"]

NOTEBOOK_PAGE = "notebooks/index.html"
INTERFACE = re.compile(r'src="\.\./(build/notebooks/\w+\.js)(\?[^"]*)"')
# In the order in which a notebook asks for them. The small files are left to the notebook page.
PATTERNS = (
    "static/pyodide/pyodide.asm.mjs",
    "static/pyodide/pyodide.asm.wasm",
    "static/pyodide/python_stdlib.zip",
    "static/pyodide/packages.tar.gz",
)


def write_fetch_ahead(site: Path) -> None:
    """List the files with their sizes, for ``start/fetch-ahead.js``."""
    interface = INTERFACE.findall((site / NOTEBOOK_PAGE).read_text(encoding="utf-8"))
    if len(interface) != len(JOINED):
        raise ValueError(f"{NOTEBOOK_PAGE} does not name {JOINED}; look at it, and adjust")
    files = [path for pattern in PATTERNS for path in sorted(site.glob(pattern))]
    # By the very address that the page uses, or the browser would keep it for nothing.
    listed = [
        {"url": path + version, "bytes": (site / path).stat().st_size}
        for path, version in interface
    ]
    listed += [
        {"url": path.relative_to(site).as_posix(), "bytes": path.stat().st_size} for path in files
    ]
    (site / "fetch-ahead.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
