"""The lesson in a driven browser: its cells by their names, run as a learner runs them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from tests.driven import Driven

CONTENT = Path(__file__).parents[2] / "content"
PYTHON = 180  # seconds; it starts in ten to twenty on two slow cores

NOTEBOOK = "jupyterapp.shell.currentWidget"
IS_OPEN = """() => document.querySelector(".jp-Notebook .jp-Cell") !== null
  && document.querySelector("body[data-work-is-kept]") !== null"""
SOURCES = f"() => [...{NOTEBOOK}.content.model.sharedModel.cells].map((cell) => cell.source)"
HAS_TEXT = f"text => ({SOURCES})().some((source) => source.includes(text))"
IS_SAVED = f"() => !{NOTEBOOK}.context.model.dirty"
HAS_RUN = """([css, before]) => {
  const prompt = document.querySelector(css).textContent;
  return /\\d/.test(prompt) && prompt !== before;
}"""


class Lesson:
    """The lesson's notebook in one window."""

    def __init__(self, driven: Driven, site_url: str) -> None:
        self.driven = driven
        self.address = f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb"
        self._cells = json.loads((CONTENT / "10_rnn_bptt.ipynb").read_text())["cells"]
        self.open()

    def open(self) -> None:
        """Open it, or open it anew; return when all that keeps work is at work."""
        self.driven.goto(self.address)
        self.driven.wait_until(IS_OPEN, seconds=PYTHON)

    def cell(self, name: str) -> str:
        """Return where a cell is, as CSS."""
        index = [cell["id"] for cell in self._cells].index(name)
        return f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]'

    def enter(self, name: str, text: str | None = None) -> None:
        """Go into a cell's editor, and put another text there if one is given."""
        editor = f"{self.cell(name)} .cm-content"
        self.driven.wait_for(editor)
        self.driven.focus(editor)
        if text is not None:
            self.driven.press("Control", "a")
            self.driven.paste(text)

    def write(self, name: str, text: str) -> None:
        """Write an answer; return when the notebook has it."""
        self.enter(name, text)
        self.wait_for_text(text)

    def wait_for_text(self, text: str) -> None:
        """Return as soon as a text stands in one of the notebook's cells."""
        self.driven.wait_until(HAS_TEXT, text)

    def save(self) -> None:
        """Save by key."""
        self.driven.press("Control", "s")
        self.wait_until_saved()

    def wait_until_saved(self) -> None:
        """Return when the browser has stored all of it, asked to or of its own accord."""
        self.driven.wait_until(IS_SAVED)

    def source(self) -> str:
        """Return all text of the notebook's cells."""
        sources = self.driven.call(SOURCES)
        assert isinstance(sources, list)
        return "\n".join(sources)

    def wait_for_python(self) -> None:
        """Return when Python says that it is ready."""
        self.driven.wait_for("#python-state[data-state=ready]", PYTHON)

    def run(self, name: str, text: str | None = None) -> None:
        """Run a cell, with another text in it if one is given."""
        self.enter(name, text)
        self.driven.press("Shift", "Enter")

    def start(self, name: str, text: str) -> None:
        """Run another text in a cell, and stay there."""
        self.enter(name, text)
        self.driven.press("Control", "Enter")

    def run_to_its_end(self, name: str, text: str) -> str:
        """Run another text in a cell, stay there, and return what it shows in the end."""
        prompt = f"{self.cell(name)} .jp-InputArea-prompt"
        self.driven.wait_for(prompt)
        before = self.driven.text(prompt)
        self.start(name, text)
        self.driven.wait_until(HAS_RUN, [prompt, before], PYTHON)
        return self.driven.text(f"{self.cell(name)} .jp-OutputArea")

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
