"""JupyterLab in one file: the pieces that the notebook page always loads, joined beforehand.

JupyterLab comes in hundreds of pieces, each asked for by itself when it is needed; the page
needs more than a hundred, whatever the learner does. Asking, answering and starting each by itself
takes longer than running them. Each piece only puts itself into a list, where JupyterLab looks
before it asks: so they stand in front of JupyterLab's own first file, and it never asks.
"""

import re
from pathlib import Path

from .places import SITE_CONFIG

__all__ = ["FIRST", "join_chunks", "wanted_chunks"]

CHUNKS = SITE_CONFIG / "chunks.txt"
FIRST = "build/notebooks/bundle.js"
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def wanted_chunks() -> list[str]:
    """Return the pieces' names, without the hash that each carries in the site."""
    lines = CHUNKS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def join_chunks(site: Path) -> None:
    """Move the pieces into the first file.

    Raises
    ------
    ValueError
        A piece is not there: JupyterLab or an extension has changed.
    """
    pieces = [_found(site, name) for name in wanted_chunks()]
    first = site / FIRST
    # In a function each, for each has its own strictness.
    joined = [f"(function(){{{_text(piece)}\n}})();" for piece in pieces]
    first.write_text("\n".join([*joined, _text(first)]), encoding="utf-8")
    for piece in pieces:
        piece.unlink()


def _found(site: Path, name: str) -> Path:
    found = [path for path in site.glob(f"{name}.*.js") if path.name.count(".") == 2]
    if len(found) != 1:
        raise ValueError(
            f"site_config/chunks.txt names {name}, and the site has {len(found)} of it; "
            "write the list anew: python -m tests.chunks"
        )
    return found[0]


def _text(path: Path) -> str:
    return SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))
