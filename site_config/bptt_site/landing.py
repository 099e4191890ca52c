"""The landing page takes the place of JupyterLite's own front door."""

import re
import shutil
from pathlib import Path

from .live_stepper import place_stepper
from .places import LANDING

__all__ = ["place_landing"]

CARD = re.compile(r'[ \t]*<li data-notebook="([^"]+)">.*?</li>\n', re.DOTALL)


def place_landing(site: Path) -> None:
    """Copy ``landing/`` over the site's root, with a card for each notebook that is there."""
    page = (LANDING / "index.html").read_text(encoding="utf-8")
    page = CARD.sub(lambda card: card[0] if _has_notebook(site, card[1]) else "", page)
    page = page.replace("RUNTIME_MB", f"{_megabytes(site / 'static' / 'pyodide'):.0f}")
    shutil.copytree(LANDING, site, dirs_exist_ok=True)
    (site / "index.html").write_text(page, encoding="utf-8")
    place_stepper(site)


def _has_notebook(site: Path, name: str) -> bool:
    """Tell whether a card leads somewhere; one that does not is left out."""
    return (site / "files" / name).is_file()


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6
