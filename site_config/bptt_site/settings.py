"""What the page's kernel is told: where its runtime is, and what it loads at once."""

import json
from pathlib import Path

from .kernel import ENTRY, PACKAGE
from .manifest import Manifest

__all__ = ["write_kernel_settings"]

KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"


def write_kernel_settings(site: Path, manifest: Manifest) -> None:
    """Add the kernel's settings to the site's jupyter-lite.json."""
    config = site / "jupyter-lite.json"
    data = json.loads(config.read_text(encoding="utf-8"))
    plugins = data["jupyter-config-data"].setdefault("litePluginSettings", {})
    plugins.setdefault(KERNEL, {}).update(
        pyodideUrl=f"./static/pyodide/{ENTRY}",
        loadPyodideOptions={"packages": [*manifest.preload, PACKAGE]},
        # `%pip install` finds what the site holds, and asks nobody else.
        disablePyPIFallback=True,
    )
    config.write_text(json.dumps(data, indent=2, sort_keys=True) + "\n", encoding="utf-8")
