"""What the start page may fetch while it is read, so that notebooks open faster."""

import json
from pathlib import Path

__all__ = ["write_fetch_ahead"]

# In the order in which a notebook asks for them. The interface's hundred small
# files are left to the notebook page.
PATTERNS = (
    "build/jlab_core.*.js",
    "static/pyodide/*.mjs",
    "static/pyodide/pyodide.asm.wasm",
    "static/pyodide/python_stdlib.zip",
    "static/pyodide/packages.tar.gz",
)


def write_fetch_ahead(site: Path) -> None:
    """List the files with their sizes, for ``start/fetch-ahead.js``."""
    files = [path for pattern in PATTERNS for path in sorted(site.glob(pattern))]
    listed = [
        {"url": path.relative_to(site).as_posix(), "bytes": path.stat().st_size} for path in files
    ]
    (site / "fetch-ahead.json").write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
