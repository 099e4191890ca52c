"""The notebook page: JupyterLite's own, in our words, with our modules beside it."""

import re
import shutil
from pathlib import Path

from .page_config import page_config
from .places import NOTEBOOK_PAGE, ROOT
from .together import FIRST, JOINED

__all__ = ["place_notebook_page"]

PAGE = "notebooks/index.html"
FOLDER = "notebook-page"  # in the site, where our modules lie
# JupyterLite's worker, in which its kernel lives; its name has a hash in it.
KERNEL_WORKER = "extensions/@jupyterlite/pyodide-kernel-extension/static/comlink.worker.*.js"
# How JupyterLite begins: with an empty configuration, and a script that fetches the parts of it.
BEGINNING = re.compile(
    r'<link id="jupyter-lite-main" rel="preload" href="(?P<bundle>[^"]*)"[^>]*>\s*'
    r'<script id="jupyter-config-data"(?P<attributes>[^>]*)>\s*\{\}\s*</script>\s*'
    r"<script>.*?config-utils\.js.*?</script>",
    re.DOTALL,
)
WORDING = {
    "<html>": '<html lang="en">',
    "<title>Jupyter Notebook - Notebooks</title>": (
        f'<script src="../{FOLDER}/python-worker.js"></script>\n    '
        "<title>BPTT, step by step</title>\n"
        # Named at once, or the browser asks the domain's root for one.
        '    <link rel="icon" href="../favicon.ico" sizes="32x32">\n'
        f'    <link rel="stylesheet" href="../{FOLDER}/notebook.css">\n'
        f'    <script type="module" src="../{FOLDER}/main.js"></script>'
    ),
    'content="WASM powered Jupyter running in the browser."': (
        'content="A lesson on Backpropagation Through Time; Python runs in this page."'
    ),
    '<body class="jp-ThemedContainer" data-notebook="notebooks">': (
        '<body class="jp-ThemedContainer" data-notebook="notebooks">\n'
        + (NOTEBOOK_PAGE / "header.html").read_text(encoding="utf-8")
    ),
    "Loading JupyterLite...": "Opening the notebook…",
    "JupyterLite requires JavaScript to be enabled in your browser.": (
        "The notebook runs Python in this page, which needs JavaScript. "
        '<a href="../index.html">Back to the start page</a>'
    ),
}


def place_notebook_page(site: Path) -> None:
    """Copy ``notebook_page/`` into the site, and have JupyterLite's page load it."""
    beside = shutil.ignore_patterns("*.html", "configure.js")  # these stand in the page itself
    shutil.copytree(NOTEBOOK_PAGE, site / FOLDER, ignore=beside, dirs_exist_ok=True)
    # Needed before any widget has brought it along: for the pictures in a saved notebook.
    shutil.copy(ROOT / "bptt_lib" / "widgets" / "still.css", site / FOLDER / "still.css")
    early = site / FOLDER / "python-worker.js"
    (worker,) = site.glob(KERNEL_WORKER)
    script = early.read_text(encoding="utf-8")
    name = worker.relative_to(site).as_posix()
    early.write_text(script.replace("KERNEL_WORKER", name), encoding="utf-8")
    page = (site / PAGE).read_text(encoding="utf-8")
    for theirs, ours in WORDING.items():
        if theirs not in page:
            raise ValueError(
                f"{PAGE} no longer says {theirs!r}; look at it, and adjust WORDING in "
                f"site_config/bptt_site/notebook_page.py"
            )
        page = page.replace(theirs, ours)
    page, found = BEGINNING.subn(lambda theirs: _beginning(site, **theirs.groupdict()), page)
    if found != 1:
        raise ValueError(f"{PAGE} no longer begins JupyterLab as {BEGINNING.pattern!r}; look at it")
    (site / PAGE).write_text(page, encoding="utf-8")


def _beginning(site: Path, bundle: str, attributes: str) -> str:
    """Return how ours begins: with its configuration, and JupyterLab itself."""
    scripts = [bundle.replace(FIRST, name) for name in JOINED]
    configure = (NOTEBOOK_PAGE / "configure.js").read_text(encoding="utf-8")
    return (
        f'<script id="jupyter-config-data"{attributes}>{page_config(site)}</script>\n'
        f"    <script>\n{configure}    </script>\n"
        + "\n".join(f'    <script defer src="{address}"></script>' for address in scripts)
    )
