"""Compile archives' modules to bytecode; runs inside Pyodide, whose bytecode it must be.

The same archives give the same bytes: each .pyc carries the hash of its source
instead of a date, is never compared with a source that is not there, and lies
in the new archive under the one date that zip archives begin with.
"""

import ast
import importlib
import io
import sys
import zipfile
from collections.abc import Container, Iterable
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from marshal import dumps

__all__ = ["compile_archive", "compile_beside", "imported_by"]

HASH_BASED_UNCHECKED = (1).to_bytes(4, "little")
# Whose documentation a learner asks for, by `np.dot?` or `help`, or IPython itself takes apart; a
# sixth of the others' bytes.
DOCUMENTED = ("numpy/", "ipywidgets/", "IPython/core/magic")
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
    files = {name: content for name, content in _files(archive).items() if name in keep}
    compiled = {}
    for name, content in files.items():
        if name in hot and name.endswith(".py"):
            documented = name.startswith(DOCUMENTED)
            content = _bytecode(content, f"{installed_in}/{name}", documented=documented)
            name += "c"
        compiled[name] = content
    return _archive(compiled)


def compile_beside(archive: bytes, installed_in: str) -> bytes:
    """Return ``archive`` with each module's bytecode added, where Python looks for it."""
    files = _files(archive)
    modules = {name: text for name, text in files.items() if name.endswith(".py")}
    bytecode = {
        cache_from_source(name): _bytecode(text, f"{installed_in}/{name}")
        for name, text in modules.items()
    }
    return _archive(files | bytecode)


def _files(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}


def _archive(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, content in files.items():
            new.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED, 9)
    return target.getvalue()


def _bytecode(source: bytes, path: str, *, documented: bool = True) -> bytes:
    tree = compile(source, path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    if not documented:
        _drop_docstrings(tree)
    code = compile(tree, path, "exec", dont_inherit=True, optimize=0)
    return MAGIC_NUMBER + HASH_BASED_UNCHECKED + source_hash(source) + dumps(code)


def _drop_docstrings(tree: ast.Module) -> None:
    """Let each docstring be empty: there still is one, for code that takes it apart."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = next(iter(node.body), None)
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                first.value.value = ""
