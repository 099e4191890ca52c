"""Keeps recursion within what the browser can bear: beyond it, Python would not survive."""

from __future__ import annotations

import sys

__all__ = ["DEEPEST", "keep_recursion_shallow"]

DEEPEST = 3_000


def keep_recursion_shallow() -> None:
    """Let ``sys.setrecursionlimit`` go as far as the page's Python can, and say so beyond."""
    set_limit = sys.setrecursionlimit

    def setrecursionlimit(limit: int, /) -> None:
        if limit > DEEPEST:
            print(
                f"In the page, functions can call each other {DEEPEST:,} deep at most; "
                f"the limit is that now, not {limit:,}.",
                file=sys.stderr,
            )
        set_limit(min(limit, DEEPEST))

    sys.setrecursionlimit = setrecursionlimit
