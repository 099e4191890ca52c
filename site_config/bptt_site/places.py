"""Where things are in the repository."""

import os
from pathlib import Path

__all__ = ["KERNEL", "LANDING", "NOTEBOOK_PAGE", "OFFLINE", "ROOT", "SITE_CONFIG", "cache_folder"]

SITE_CONFIG = Path(__file__).resolve().parents[1]
ROOT = SITE_CONFIG.parent
KERNEL = SITE_CONFIG / "kernel"
LANDING = SITE_CONFIG / "landing"
NOTEBOOK_PAGE = SITE_CONFIG / "notebook_page"
OFFLINE = SITE_CONFIG / "offline"


def cache_folder() -> Path:
    """Return the folder that keeps downloaded files from one build to the next.

    It is ``.cache/runtime`` in the repository, unless the environment variable
    ``BPTT_RUNTIME_CACHE`` names another.
    """
    return Path(os.environ.get("BPTT_RUNTIME_CACHE") or ROOT / ".cache" / "runtime")
