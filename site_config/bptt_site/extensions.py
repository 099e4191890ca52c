"""Which JupyterLab extensions the page loads: those it needs, whatever else is installed."""

import json
import shutil
from pathlib import Path

__all__ = ["EXTENSIONS", "keep_our_extensions"]

EXTENSIONS = {
    "@jupyterlite/pyodide-kernel-extension",  # Python
    "@jupyter-widgets/jupyterlab-manager",  # the page's half of ipywidgets
    "anywidget",  # the page's half of our own widgets
}


def keep_our_extensions(site: Path) -> None:
    """Drop the extensions that happen to be installed where the site is built."""
    config = site / "jupyter-lite.json"
    data = json.loads(config.read_text(encoding="utf-8"))
    listed = data["jupyter-config-data"]["federated_extensions"]
    kept = [extension for extension in listed if extension["name"] in EXTENSIONS]
    absent = EXTENSIONS - {extension["name"] for extension in kept}
    if absent:
        raise ValueError(
            f"the extensions {', '.join(sorted(absent))} are not installed; "
            f"install site_config/constraints.txt"
        )
    for extension in listed:
        if extension not in kept:
            shutil.rmtree(site / "extensions" / extension["name"])
    data["jupyter-config-data"]["federated_extensions"] = kept
    config.write_text(json.dumps(data, indent=2, sort_keys=True) + "\n", encoding="utf-8")
