"""What is put aside: modules without bytecode, and whole packages of the standard library."""

from __future__ import annotations

import zipfile
from pathlib import Path

from bptt_site.seldom import module_names, split_packages, split_stdlib


def test_modules_that_were_not_compiled_are_put_aside() -> None:
    files = {
        "numpy/__init__.pyc": b"hot",
        "numpy/ma/__init__.py": b"cold",
        "numpy/ma/core.py": b"cold",
        "numpy/fft/_pocketfft_umath.so": b"no module of Python's",
        "bptt_lib/rnn.py": b"ours, to be read",
        "bptt_lib/__pycache__/rnn.cpython-314.pyc": b"its bytecode",
        "numpy-2.dist-info/METADATA": b"",
    }
    kept, seldom = split_packages(files)
    assert set(seldom) == {"site-packages/numpy/ma/__init__.py", "site-packages/numpy/ma/core.py"}
    assert set(kept) == files.keys() - {"numpy/ma/__init__.py", "numpy/ma/core.py"}
    assert module_names(seldom) == ["numpy.ma", "numpy.ma.core"]


def test_a_package_of_the_standard_library_goes_whole_or_stays_whole(tmp_path: Path) -> None:
    library = tmp_path / "stdlib.zip"
    with zipfile.ZipFile(library, "w") as archive:
        for name in ("json/__init__.pyc", "json/tool.py", "xml/__init__.py", "xml/dom.py", "os.py"):
            archive.writestr(name, name)
    seldom = split_stdlib(library, tmp_path / "smaller.zip")
    assert seldom == {name: name.encode() for name in ("xml/__init__.py", "xml/dom.py")}
    with zipfile.ZipFile(tmp_path / "smaller.zip") as archive:
        assert archive.namelist() == ["json/__init__.pyc", "json/tool.py", "os.py"]
    assert module_names(seldom) == ["xml", "xml.dom"]
