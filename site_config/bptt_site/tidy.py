"""Last touches on JupyterLite's own files: the useless goes, the wording becomes ours."""

import shutil
from pathlib import Path

__all__ = ["tidy"]

# JupyterLite's build recipes and its own documentation stub.
UNUSED = ["doc", "package.json", "rspack.config.js", "rspack.config.analyze.js"]
UNUSED += ["rspack.config.watch.js"]

PAGE = "notebooks/index.html"
WORDING = {
    "<html>": '<html lang="en">',
    "<title>Jupyter Notebook - Notebooks</title>": (
        "<title>BPTT, step by step</title>\n"
        # Named at once, or the browser asks the domain's root for one.
        '    <link rel="icon" href="../favicon.ico" sizes="32x32">\n'
        '    <link rel="stylesheet" href="../notebook.css">\n'
        '    <script type="module" src="../page/notebook.js"></script>'
    ),
    'content="WASM powered Jupyter running in the browser."': (
        'content="A lesson on Backpropagation Through Time; Python runs in this page."'
    ),
    '<body class="jp-ThemedContainer" data-notebook="notebooks">': (
        '<body class="jp-ThemedContainer" data-notebook="notebooks">\n'
        '    <a id="start-page" href="../index.html">Start page</a>'
    ),
    "Loading JupyterLite...": "Opening the notebook…",
    "JupyterLite requires JavaScript to be enabled in your browser.": (
        "The notebook runs Python in this page, which needs JavaScript. "
        '<a href="../index.html">Back to the start page</a>'
    ),
}


def tidy(site: Path) -> None:
    """Remove what no page asks for, and reword the notebook page's few sentences."""
    for name in UNUSED:
        path = site / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    page = (site / PAGE).read_text(encoding="utf-8")
    for theirs, ours in WORDING.items():
        if theirs not in page:
            raise ValueError(f"{PAGE} no longer says {theirs!r}; look at it, and adjust tidy.py")
        page = page.replace(theirs, ours)
    (site / PAGE).write_text(page, encoding="utf-8")
