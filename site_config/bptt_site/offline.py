"""The course without a network: our service worker, in the place of JupyterLite's."""

import json
import shutil
from pathlib import Path

from .places import OFFLINE

__all__ = ["PARTS", "WORKER", "place_offline"]

WORKER = "service-worker.js"  # the name and the place that JupyterLite registers
FOLDER = "offline"  # in the site, where the page's half lies
# The parts of the worker, in an order in which each finds what it builds upon.
PARTS = ["walls", "store", "releases", "keep", "answer", "listen"]
# By these we see that JupyterLite's worker still does what ours leaves to it.
DUTIES = ["/sw-api.v1", "/api/service-worker-heartbeat", "/api/drive", "/api/stdin/"]
DUTIES += ["skipWaiting", "clients.claim"]


def place_offline(site: Path) -> None:
    """Join our parts and JupyterLite's own worker into one file, and place the page's half.

    One file, because the browser then takes a new worker whole or not at all.
    """
    theirs = (site / WORKER).read_text(encoding="utf-8")
    for duty in DUTIES:
        if duty not in theirs:
            raise ValueError(
                f"JupyterLite's {WORKER} no longer says {duty!r}; look at it, and at what "
                f"site_config/offline/worker/listen.js leaves to it"
            )
    parts = [(OFFLINE / "worker" / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    ours = "\n".join(['"use strict";\n', *parts, "// JupyterLite's own, as it is."])
    (site / WORKER).write_text(f"{ours}\n{{\n{theirs}\n}}\n", encoding="utf-8")
    shutil.copytree(OFFLINE / "page", site / FOLDER, dirs_exist_ok=True)
    register = site / FOLDER / "register.js"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("JUPYTERLITE_VERSION", _version(site)), encoding="utf-8")


def _version(site: Path) -> str:
    """Return what JupyterLite's pages compare a worker's version with."""
    config = json.loads((site / "jupyter-lite.json").read_text(encoding="utf-8"))
    return str(config["jupyter-config-data"]["appVersion"])
