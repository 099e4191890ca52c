"""The lesson in a driven browser: its cells by their names, run as a learner runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from tests.driven import Driven

CONTENT = Path(__file__).parents[3] / "content"
PYTHON = 180  # seconds; it starts in ten to twenty on two slow cores


class Lesson:
    """The lesson's notebook in one window."""

    def __init__(self, driven: Driven, site_url: str) -> None:
        self.driven = driven
        self._cells = json.loads((CONTENT / "10_rnn_bptt.ipynb").read_text())["cells"]
        driven.goto(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
        driven.wait_for(".jp-Notebook .jp-Cell", PYTHON)

    def cell(self, name: str) -> str:
        """Return where a cell is, as CSS."""
        index = [cell["id"] for cell in self._cells].index(name)
        return f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]'

    def run(self, name: str, text: str | None = None) -> None:
        """Run a cell, with another text in it if one is given."""
        editor = f"{self.cell(name)} .cm-content"
        self.driven.wait_for(editor)
        self.driven.focus(editor)
        if text is not None:
            self.driven.press("Control", "a")
            self.driven.paste(text)
        self.driven.press("Shift", "Enter")

    def widget(self, name: str, css: str) -> str:
        """Wait until a widget stands in a cell's output; return where it is."""
        where = f"{self.cell(name)} {css}"
        self.driven.wait_for(where, PYTHON)
        return where

    def arrays(self, name: str) -> dict[str, Any]:
        """Return what the lines of a cell define that need nothing but NumPy."""
        (cell,) = (cell for cell in self._cells if cell["id"] == name)
        lines = "".join(cell["source"]).splitlines()
        own = [line for line in lines if not any(w in line for w in ("bptt_lib", "step(", "run ="))]
        names: dict[str, Any] = {"np": np}
        exec("\n".join(own), names)
        return names
