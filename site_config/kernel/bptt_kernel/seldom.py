"""Imports of modules that no lesson needs: they come when somebody asks for one."""

from __future__ import annotations

import sys
import zlib
from base64 import b64encode
from hashlib import sha256
from importlib import invalidate_caches
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

from pyodide.ffi import to_js

__all__ = ["find_seldom"]

GZIP = 31  # as zlib calls it


def find_seldom(store: Any) -> None:
    """Have the modules that ``store``, from ``seldom.mjs``, knows of found when they are imported.

    Ours looks first: a package of which only a part is there would be found, and be empty.
    """
    sys.meta_path.insert(0, _Finder(store))


class _Finder(MetaPathFinder):
    def __init__(self, store: Any) -> None:
        self._store = store
        self._names = frozenset(store.modules.to_py())

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Bring the archive, should it be the first time; then look where all modules are."""
        if fullname not in self._names or self._store.isThere:
            return None
        self._bring(fullname)
        return PathFinder.find_spec(fullname, path, target)

    def _bring(self, fullname: str) -> None:
        try:
            packed = self._store.fetchNow().to_bytes()
        except Exception as error:
            raise ImportError(
                f"{fullname} is fetched when it is first imported, and cannot be had now: {error}. "
                "Connect to the network, and run this cell again.",
                name=fullname,
            ) from None
        if f"sha256-{b64encode(sha256(packed).digest()).decode()}" != self._store.integrity:
            raise ImportError(
                f"The file that holds {fullname} is not the one that belongs to this page. "
                "Reload the page, and run this cell again.",
                name=fullname,
            )
        self._store.unpack(to_js(zlib.decompress(packed, GZIP)))
        invalidate_caches()
