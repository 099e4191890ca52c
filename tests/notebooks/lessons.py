"""The notebooks as they are shipped, and what they give when they are run."""

from __future__ import annotations

import asyncio
import re
import warnings
from pathlib import Path

import nbformat

CONTENT = Path(__file__).parents[2] / "content"
LESSON = CONTENT / "10_rnn_bptt.ipynb"
NEXT = CONTENT / "11_char_rnn.ipynb"


def read(path: Path) -> nbformat.NotebookNode:
    """Return a notebook, refusing one that does not keep to its format."""
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    return notebook


def run(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Run every cell in order under the native kernel; an exception ends it."""
    with warnings.catch_warnings():
        # Jupyter's own packages warn about each other; our code runs in the kernel, not here.
        warnings.simplefilter("ignore")
        from nbclient import NotebookClient

        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=120,
            resources={"metadata": {"path": str(CONTENT.parent)}},
        )
        return asyncio.run(client.async_execute())


def outputs(notebook: nbformat.NotebookNode, cell_id: str) -> str:
    """Return all that a cell printed and displayed, as text."""
    (cell,) = (cell for cell in notebook.cells if cell.id == cell_id)
    parts = []
    for output in cell.outputs:
        if output.output_type == "stream":
            parts.append(output.text)
        else:
            parts += [str(shown) for mime, shown in output.data.items() if mime.startswith("text/")]
    return "\n".join(parts)


def training_told(notebook: nbformat.NotebookNode) -> tuple[float, float]:
    """Return the first and the last loss as the training monitor's status says them."""
    widgets = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    said = (str(widget["state"].get("status", "")) for widget in widgets.values())
    (status,) = (words for words in said if "the loss went from" in words)
    first, last = re.search(r"the loss went from (\S+) to (\S+);", status).groups()
    return float(first), float(last)
