"""Modules of the standard library that a browser's Python lacks: nobody waits for their absence.

The library tries some of its own accelerators as it is imported (``_hashlib``, ``_winapi``) and
does without them. Looked for in the notebook's folder, too, each would ask the page, which has its
hands full.
"""

from __future__ import annotations

import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from typing import Any

__all__ = ["dont_look_for_absent"]

WINDOWS = {"winreg"}  # the one that has no underscore before its name, and is asked for


def dont_look_for_absent() -> None:
    """Have private modules of the standard library looked for where Python's own files are."""
    sys.meta_path.insert(sys.meta_path.index(PathFinder), _Finder())


class _Finder(MetaPathFinder):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Find such a module, or say that there is none; leave others to who comes next."""
        is_private = fullname.startswith("_") or fullname in WINDOWS
        if not is_private or fullname not in sys.stdlib_module_names:
            return None
        spec = PathFinder.find_spec(fullname, [folder for folder in sys.path if folder], target)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return spec
