"""Where JupyterLab has no setting for what this page needs: changed in its joined files.

Few, small, and each with its reason; the build stops when JupyterLab no longer says what one of
them looks for.
"""

import json
import re
from pathlib import Path

from .together import JOINED

__all__ = ["LEFT_OUT", "PATCHES", "patch_jupyterlab"]

# Extensions of JupyterLab that this page has no use for: whatever they do is disabled or has no
# place to be seen. It can be told to leave out single plugins, but would still load, compile and
# begin all that they come with. What needs one of these is disabled in lite/jupyter-lite.json.
LEFT_OUT = [
    "@jupyter-notebook/console-extension",
    "@jupyterlab/cell-toolbar-extension",
    "@jupyterlab/celltags-extension",
    "@jupyterlab/console-extension",
    "@jupyterlab/fileeditor-extension",
    "@jupyterlab/logconsole-extension",
    "@jupyterlab/lsp-extension",
    "@jupyterlab/metadataform-extension",
    "@jupyterlab/toc-extension",
]

# What JupyterLab says, and what it says here.
PATCHES = {
    # Those that another extension takes the place of are left out: begin with ours.
    r"(\.PageConfig\.getOption\(\"federated_extensions\"\)\),\w+=new Set)(?=;function\*)": (
        rf"\1({json.dumps(LEFT_OUT)})"
    ),
    # The settings' validator, from notebook_page/settings.js.
    r"this\.validator=(\w+)\.validator\|\|new (\w+)\b": (
        r"this.validator=\1.validator||(self.settingsValidator?.(()=>new \2)??new \2)"
    ),
}


def patch_jupyterlab(site: Path) -> None:
    """Apply each patch where it belongs: exactly once.

    Raises
    ------
    ValueError
        JupyterLab has changed there.
    """
    texts = {name: (site / name).read_text(encoding="utf-8") for name in JOINED}
    for theirs, ours in PATCHES.items():
        patched = {name: re.subn(theirs, ours, text) for name, text in texts.items()}
        found = sum(times for _, times in patched.values())
        if found != 1:
            raise ValueError(
                f"JupyterLab says {theirs!r} {found} times, not once; look there, and adjust "
                "site_config/bptt_site/patches.py"
            )
        texts = {name: text for name, (text, _) in patched.items()}
    for name, text in texts.items():
        (site / name).write_text(text, encoding="utf-8")
