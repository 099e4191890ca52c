"""Each notebook says which release it is, and what its exercises looked like when shipped.

The learner's own copy keeps these lines. By them the page can tell that the
site has a newer version, and which answers are the learner's.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

__all__ = ["RELEASE", "stamp_notebooks"]

RELEASE = "bptt_site"  # the key in a notebook's metadata


def stamp_notebooks(site: Path) -> None:
    """Add the release to the metadata of every notebook in the site."""
    for path in sorted((site / "files").glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["metadata"][RELEASE] = {
            "release": hashlib.sha256(path.read_bytes()).hexdigest()[:12],
            "scaffolds": {
                cell["id"]: "".join(cell["source"])
                for cell in notebook["cells"]
                if _is_answered(cell["metadata"])
            },
            "cells": [cell["id"] for cell in notebook["cells"]],
        }
        text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")


def _is_answered(metadata: dict[str, Any]) -> bool:
    return "exercise" in metadata.get("bptt", {}) or "question" in metadata.get("tags", [])
