"""JupyterLab in two files: the pieces that the notebook page always loads, joined beforehand.

JupyterLab comes in hundreds of pieces, each asked for by itself when it is needed; the page
needs more than a hundred, whatever the learner does. Asking, answering and starting each by itself
takes longer than running them. Each piece only puts its modules into a list, where JupyterLab looks
before it asks: so they stand in front of JupyterLab's own first file, and it never asks.

That file keeps the modules that mostly run as the page opens. It begins with V8's hint (explicit
compile hints, Chrome 136 and later) that what it holds is called at once: so it is compiled beside
the page, not in it, function by function, and from the third visit on comes compiled from the
browser's own cache. Other browsers read a comment. The other modules are in a file without it.
"""

import re
from pathlib import Path

from .cut import cut
from .places import SITE_CONFIG

__all__ = ["CALLED", "CHUNKS", "FIRST", "JOINED", "OTHERS", "join_chunks", "wanted_chunks"]

CHUNKS = SITE_CONFIG / "chunks.txt"
CALLED = SITE_CONFIG / "called.txt"
FIRST = "build/notebooks/bundle.js"
OTHERS = "build/notebooks/others.js"
JOINED = (OTHERS, FIRST)  # in the order in which the page loads them
COMPILE_HINT = "//# allFunctionsCalledOnLoad"  # nothing may stand before it
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def wanted_chunks() -> list[str]:
    """Return the pieces' names, without the hash that each carries in the site."""
    return _listed(CHUNKS)


def join_chunks(site: Path) -> None:
    """Move the pieces into the two files.

    Raises
    ------
    ValueError
        A piece, or a module that is said to be called, is not there: JupyterLab or an extension
        has changed.
    """
    pieces = [_found(site, name) for name in wanted_chunks()]
    called = set(" ".join(_listed(CALLED)).split())
    halves = [cut(_text(piece), called) for piece in pieces]
    missing = called.difference(*(half.called for half in halves))
    if missing:
        raise ValueError(
            f"site_config/called.txt names {sorted(missing)}, and no piece holds such a module; "
            "write the list anew: python -m tests.chunks"
        )
    first = site / FIRST
    start = _text(first)
    _write(first, [COMPILE_HINT, *(_alone(half.at_once) for half in halves), start])
    _write(site / OTHERS, [_alone(half.other) for half in halves])
    for piece in pieces:
        piece.unlink()


def _listed(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _alone(piece: str) -> str:
    """In a function of its own, for each has its own strictness."""
    return f"(function(){{{piece}\n}})();"


def _write(file: Path, parts: list[str]) -> None:
    file.write_text("\n".join(parts), encoding="utf-8")


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
