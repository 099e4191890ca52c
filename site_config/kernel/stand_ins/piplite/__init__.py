"""In the place of JupyterLite's installer: says what there is, for nothing can be installed.

The page asks no other site, so an installer could find nothing. JupyterLite's brings a copy of
a resolver, and each visitor would fetch and start it for one sentence.
"""

import asyncio
import re
from importlib.util import find_spec
from typing import Any

__all__ = ["install"]

THERE_IS = "numpy, ipywidgets, anywidget, bptt_lib and Python's standard library"


def install(requirements: str | list[str], *_: Any, **__: Any) -> "asyncio.Future[None]":
    """Say that each of ``requirements`` is here already, or cannot be had; return at once."""
    for requirement in [requirements] if isinstance(requirements, str) else requirements:
        print(_answer(requirement))
    done: asyncio.Future[None] = asyncio.get_event_loop().create_future()
    done.set_result(None)
    return done


def _answer(requirement: str) -> str:
    name = re.split(r"[^\w.-]", requirement.strip())[0]
    if name.isidentifier() and find_spec(name):
        return f"{name} is here already: import it."
    return (
        f"{requirement} cannot be installed: this page asks no other site for anything. "
        f"The course brings all that it needs. You can import {THERE_IS}."
    )
