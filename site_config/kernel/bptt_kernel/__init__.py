"""What the page's Python does beyond JupyterLite's own kernel; in place before any cell runs."""

from typing import Any

from .time_limit import set_time_limit

__all__ = ["install", "set_time_limit"]


def install(shell: Any, lookout: Any) -> None:
    """Add our manners to the kernel's IPython ``shell``, once, before anything is run in it.

    ``lookout`` is the worker's side of them, from ``lookout.mjs``.
    """
    from .installing import install

    install(shell, lookout)
