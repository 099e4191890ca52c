"""What the page's Python does beyond JupyterLite's own kernel; in place before any cell runs."""

from typing import Any

__all__ = ["install"]


def install(shell: Any) -> None:
    """Add our manners to the kernel's IPython ``shell``, once, before anything is run in it."""
