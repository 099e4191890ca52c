"""What the page's Python does beyond JupyterLite's own kernel; in place before any cell runs."""

from typing import Any

from .time_limit import set_time_limit

__all__ = ["install", "set_time_limit"]


def install(shell: Any, lookout: Any, seldom: Any) -> None:
    """Add our manners to the kernel's IPython ``shell``, once, before anything is run in it.

    ``lookout`` and ``seldom`` are the worker's side of them, from the modules of these names.
    """
    from .absent import dont_look_for_absent
    from .seldom import find_seldom

    dont_look_for_absent()
    find_seldom(seldom)
    from .installing import install

    install(shell, lookout)
