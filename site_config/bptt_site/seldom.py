"""What can be imported and no lesson imports: an archive of its own, fetched when there is time.

A module that is loaded while a notebook opens has been compiled (compiled/). What has not is there
for the learner who tries `np.ma`, or `help`: a fifth of Python's bytes, which need not be fetched
before the first cell can run.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

__all__ = ["SITE_PACKAGES", "module_names", "split_packages", "split_stdlib"]

SITE_PACKAGES = "site-packages/"  # in the page, below the folder of the standard library
# Python has these built in, and never reads the files; but takes them for a sign of where it lies.
BUILT_IN = {
    "_collections_abc", "_sitebuiltins", "abc", "codecs", "genericpath", "io", "os", "posixpath",
    "site", "stat",
}  # fmt: skip
DATE = (1980, 1, 1, 0, 0, 0)

Files = dict[str, bytes]


def split_packages(files: Mapping[str, bytes]) -> tuple[Files, Files]:
    """Return what is loaded with the notebook, and the rest: modules without bytecode."""
    seldom = {name for name in files if name.endswith(".py") and _bytecode_of(name) not in files}
    return (
        {name: content for name, content in files.items() if name not in seldom},
        {SITE_PACKAGES + name: files[name] for name in seldom},
    )


def split_stdlib(library: Path, target: Path) -> Files:
    """Write what is loaded with the notebook into ``target``; return the rest.

    A package goes whole or stays whole: Python looks for its parts where it found the package.
    """
    with zipfile.ZipFile(library) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    wanted = {_top(name) for name in files if name.endswith(".pyc")} | BUILT_IN
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            if _top(name) in wanted:
                archive.writestr(zipfile.ZipInfo(name, DATE), content, zipfile.ZIP_DEFLATED, 9)
    target.write_bytes(kept.getvalue())
    return {name: content for name, content in files.items() if _top(name) not in wanted}


def module_names(names: Iterable[str]) -> list[str]:
    """Return by which names the files are imported."""
    paths = [PurePosixPath(name.removeprefix(SITE_PACKAGES)) for name in names]
    parts = [path.with_suffix("").parts for path in paths if path.suffix == ".py"]
    return sorted(".".join(part[:-1] if part[-1] == "__init__" else part) for part in parts)


def _bytecode_of(name: str) -> str:
    """Return where our own modules have their bytecode, beside their source."""
    path = PurePosixPath(name)
    return str(path.parent / "__pycache__" / f"{path.stem}.cpython-314.pyc")


def _top(name: str) -> str:
    return name.split("/")[0].split(".")[0]
