"""The lesson as its reader handles it: find a cell, type into it, run it, read its output."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Error as Detached
from playwright.sync_api import Locator, Page, TimeoutError, expect

CONTENT = Path(__file__).parents[2] / "content"

# The kernel starts in ten to twenty seconds on two slow cores; a test that
# waits longer than this has found a fault, not a slow machine.
STARTUP = 180_000


class LessonPage:
    """One open notebook."""

    def __init__(self, page: Page, name: str = "10_rnn_bptt.ipynb") -> None:
        self.page = page
        self.name = name
        self.cells_as_shipped = json.loads((CONTENT / name).read_text())["cells"]

    def wait_until_open(self) -> None:
        """Return when the notebook's cells are on screen, and not an empty one's."""
        self.page.wait_for_function(
            "window.jupyterapp?.shell?.currentWidget?.context?.isReady", timeout=STARTUP
        )
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=STARTUP)

    def wait_until_idle(self) -> None:
        """Return when the kernel has nothing left to do."""
        expect(self.page.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute(
            "data-status", "idle", timeout=STARTUP
        )

    def cell(self, index: int) -> Locator:
        """The cell at `index`, scrolled into view."""
        cell = self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]')
        for _ in range(5):
            try:
                cell.scroll_into_view_if_needed()
                break
            except TimeoutError:
                raise
            except Detached:  # JupyterLab is laying cells out, and has put it in anew
                continue
        return cell

    def index_of(self, cell_id: str) -> int:
        """Where the cell with this id stands."""
        return [cell["id"] for cell in self.cells_as_shipped].index(cell_id)

    def index_of_exercise(self, function: str) -> int:
        """Where the cell stands in which `function` is to be written."""
        (index,) = (
            i
            for i, cell in enumerate(self.cells_as_shipped)
            if cell["metadata"].get("bptt", {}).get("exercise") == function
        )
        return index

    def exercise(self, function: str) -> Locator:
        """The cell in which `function` is to be written."""
        return self.cell(self.index_of_exercise(function))

    def run(self, cell: Locator) -> None:
        """Click into the cell's editor, press Shift+Enter, wait until it has run."""
        before = self.execution_count(cell)
        cell.locator(".cm-content").first.click()
        self.page.keyboard.press("Shift+Enter")
        expect(cell.locator(".jp-InputArea-prompt")).not_to_have_text(
            re.compile(rf"^\[({re.escape(before)}|\*)?\]:?$"), timeout=STARTUP
        )

    def execution_count(self, cell: Locator) -> str:
        """What stands between the brackets beside the cell."""
        text = cell.locator(".jp-InputArea-prompt").inner_text()
        return text.strip("[]: \n")

    def replace(self, cell: Locator, text: str) -> None:
        """Select all that the cell holds and put `text` in its place, as pasting does."""
        cell.locator(".cm-content").first.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def report(self, function: str) -> Locator:
        """The report of the instant check of `function`."""
        return self.page.locator(f'[data-bptt-check="{function}"]')
