"""What the standard library lacks here is not looked for in the notebook's folder."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest
from bptt_kernel.absent import dont_look_for_absent

ABSENT = ["winreg", "_winapi"]  # on any machine that these tests run on


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notebook's folder, where imports look last."""
    for name in (*ABSENT, "_mine", "_bisect"):
        (tmp_path / f"{name}.py").write_text("where = 'here'\n")
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "path", [*sys.path, ""])
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.chdir(tmp_path)
    importlib.invalidate_caches()
    return tmp_path


@pytest.mark.parametrize("name", ABSENT)
def test_nobody_looks_there_for_a_private_module_of_the_library(folder: Path, name: str) -> None:
    assert importlib.import_module(name).where == "here"
    del sys.modules[name]
    dont_look_for_absent()
    with pytest.raises(ModuleNotFoundError, match=f"No module named '{name}'") as caught:
        importlib.import_module(name)
    assert caught.value.name == name


def test_all_others_are_found_as_ever(folder: Path) -> None:
    dont_look_for_absent()
    assert importlib.import_module("_mine").where == "here"
    assert not hasattr(importlib.import_module("_bisect"), "where")
