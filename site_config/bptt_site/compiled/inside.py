"""Compile archives' modules to bytecode; runs inside Pyodide, whose bytecode it must be.

The same archives give the same bytes: each .pyc carries the hash of its source
instead of a date, is never compared with a source that is not there, and lies
in the new archive under the one date that zip archives begin with.
"""

import importlib
import io
import sys
import zipfile
from collections.abc import Container, Iterable
from importlib.util import MAGIC_NUMBER, source_hash
from marshal import dumps

__all__ = ["compile_archive", "imported_by"]

HASH_BASED_UNCHECKED = (1).to_bytes(4, "little")
DATE = (1980, 1, 1, 0, 0, 0)


def imported_by(names: Iterable[str], folders: Iterable[str]) -> set[str]:
    """Import ``names``; return the files of all modules then loaded, below the ``folders``."""
    for name in names:
        importlib.import_module(name)
    files = [getattr(module, "__file__", None) or "" for module in [*sys.modules.values()]]
    return {
        file.removeprefix(folder) for file in files for folder in folders if file.startswith(folder)
    }


def compile_archive(
    archive: bytes, installed_in: str, keep: Container[str], hot: Container[str]
) -> bytes:
    """Return ``archive`` with only the names in ``keep``, and those in ``hot`` compiled.

    ``installed_in`` is the folder that tracebacks name, the one in which the
    modules will be found in the page.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in old.namelist():
            if name.endswith("/") or name not in keep:
                continue
            content = old.read(name)
            if name in hot and name.endswith(".py"):
                content = _bytecode(content, f"{installed_in}/{name}")
                name += "c"
            new.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()


def _bytecode(source: bytes, path: str) -> bytes:
    code = compile(source, path, "exec", dont_inherit=True, optimize=0)
    return MAGIC_NUMBER + HASH_BASED_UNCHECKED + source_hash(source) + dumps(code)
