"""Stairs go one way: ground floor <- recording <- checks <- widgets.

A few lines of `ast` hold the arrows; a fresh interpreter proves that the door stays light.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import bptt_lib

PACKAGE = Path(bptt_lib.__file__).parent
FLOORS = {
    "recording": 1,
    "watching": 1,
    "checks": 2,
    "widgets": 3,
}  # everything else is the ground floor

# What each floor may import from outside the standard library.
OUTSIDE = {0: {"numpy"}, 1: {"numpy"}, 2: {"numpy", "IPython"}, 3: {"numpy", "IPython"}}
OUTSIDE[3] |= {"anywidget", "ipywidgets", "traitlets"}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def room(module: str) -> str:
    """Return the first name below bptt_lib: `checks` for bptt_lib.checks.report."""
    return module.split(".")[1] if "." in module else "__init__"


def imports(source: str, module: str, *, is_package: bool = False) -> set[str]:
    """Return the full names of all that a module imports, at its top or inside functions."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".") if is_package else module.split(".")[:-1]
                parts = parts[: len(parts) - node.level + 1]
                base = ".".join([*parts, base] if base else parts)
            if (
                base == "bptt_lib"
            ):  # `from bptt_lib import checks` means a room, other names the door
                rooms = {alias.name for alias in node.names if alias.name in FLOORS}
                found |= {f"bptt_lib.{name}" for name in rooms} or {"bptt_lib"}
            else:
                found.add(base)
    return found


def wrong_arrows(source: str, module: str, *, is_package: bool = False) -> list[str]:
    here = FLOORS.get(room(module), 0)
    wrong = []
    for name in imports(source, module, is_package=is_package):
        top = name.split(".")[0]
        if top == "bptt_lib":
            if FLOORS.get(room(name), 0) > here:
                wrong.append(f"{module} imports {name}, which lives above it")
            if here == 0 and name == "bptt_lib":
                wrong.append(f"{module} imports the door, which imports it")
        elif top not in sys.stdlib_module_names and top not in OUTSIDE[here]:
            wrong.append(f"{module} imports {top}, which its floor may not use")
    return wrong


SOURCES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_arrows_point_down(path):
    is_package = path.name == "__init__.py"
    module = module_name(path.parent if is_package else path)
    assert wrong_arrows(path.read_text(encoding="utf-8"), module, is_package=is_package) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bptt_lib.rnn", "from .recording import record"),
        ("bptt_lib.rnn", "from bptt_lib.checks import check"),
        ("bptt_lib.rnn", "import IPython"),
        ("bptt_lib.rnn", "from bptt_lib import clip_gradients"),
        ("bptt_lib.recording", "def f():\n    from . import checks"),
        ("bptt_lib.checks.report", "from ..widgets import Stepper"),
        ("bptt_lib.checks.report", "from bptt_lib import widgets"),
        ("bptt_lib.checks.report", "import anywidget"),
        ("bptt_lib.widgets.stepper", "import matplotlib.pyplot"),
    ],
)
def test_a_wrong_arrow_is_seen(module, source):
    assert len(wrong_arrows(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bptt_lib.training", "import numpy as np\nfrom .rnn import rnn_bptt\nimport inspect"),
        ("bptt_lib.checks.report", "from ..recording import record\nfrom .render import html"),
        ("bptt_lib.checks.report", "from bptt_lib import rnn_bptt"),
        ("bptt_lib.widgets.stepper", "import anywidget\nfrom bptt_lib.checks import check"),
    ],
)
def test_a_right_arrow_passes(module, source):
    assert wrong_arrows(source, module) == []


def test_the_door_loads_numpy_and_nothing_above_the_ground_floor():
    """Warnings are errors, so that the first import in the page is a quiet one."""
    program = (
        "import sys; before = set(sys.modules); import bptt_lib; "
        "print(*sorted(set(sys.modules) - before))"
    )
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        check=True,
        capture_output=True,
        text=True,
        cwd=PACKAGE.parent,
    )
    assert answer.stderr == ""
    loaded = answer.stdout.split()
    tops = {name.split(".")[0] for name in loaded}
    assert {"bptt_lib", "numpy"} <= tops
    foreign = {name for name in tops - sys.stdlib_module_names if not name.startswith("_")}
    assert foreign == {"bptt_lib", "numpy"}
    upstairs = [n for n in loaded if n.startswith("bptt_lib.") and room(n) in FLOORS]
    assert upstairs == []
