"""The landing page takes the place of JupyterLite's own front door."""

import re
import shutil
from pathlib import Path

from .places import LANDING

__all__ = ["place_landing"]

CONFIG_SCRIPT = re.compile(r'<script id="jupyter-config-data".*?</script>', re.DOTALL)
PLACEHOLDER = "<!-- jupyter-config-data -->"


def place_landing(site: Path) -> None:
    """Copy ``landing/`` over the site's root, keeping what other pages need of it.

    Every notebook page reads the ``jupyter-config-data`` script out of the root's
    index.html; without that script, every notebook would be blank.
    """
    theirs = (site / "index.html").read_text(encoding="utf-8")
    script = CONFIG_SCRIPT.search(theirs)
    ours = (LANDING / "index.html").read_text(encoding="utf-8")
    if script is None or PLACEHOLDER not in ours:
        raise ValueError(
            "index.html: JupyterLite's page has no jupyter-config-data script, or "
            f"site_config/landing/index.html has no {PLACEHOLDER} to put it in"
        )
    shutil.copytree(LANDING, site, dirs_exist_ok=True)
    page = ours.replace(PLACEHOLDER, script[0], 1)
    (site / "index.html").write_text(page, encoding="utf-8")
