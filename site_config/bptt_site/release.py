"""Each notebook says which release it is, and what its cells looked like when shipped.

The learner's own copy keeps these lines. By them the page can tell that the
site has a newer version, which cells the learner has changed, and to which
notebook a downloaded file belongs, whatever it is called by then.
"""

import hashlib
import json
import zlib
from pathlib import Path

__all__ = ["RELEASE", "stamp_notebooks"]

RELEASE = "bptt_site"  # the key in a notebook's metadata


def stamp_notebooks(site: Path) -> None:
    """Add the release to the metadata of every notebook in the site."""
    for path in sorted((site / "files").glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["metadata"][RELEASE] = {
            "release": hashlib.sha256(path.read_bytes()).hexdigest()[:12],
            "name": path.name,
            "cells": {cell["id"]: _checksum("".join(cell["source"])) for cell in notebook["cells"]},
        }
        text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")


def _checksum(text: str) -> str:
    """Return what ``crc32.js`` makes of the same text."""
    return f"{zlib.crc32(text.encode()):08x}"
