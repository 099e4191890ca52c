"""What axe-core finds on a page (WCAG 2.2 AA and its best practices), and what is known of it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    "preload": False,  # axe looks for imported styles beside the page, where they are not
}

Found = set[tuple[str, str]]  # a rule, and what violates it

# What JupyterLab leaves and this page cannot mend cheaply. A new violation fails a test, and so
# does one that is here and is no longer found: the list stays true.
UPSTREAM: dict[str, Found] = {
    # Its open menus: separators, entries that open other menus, and none of it in a landmark.
    "menu": {
        ("aria-required-children", ".lm-Menu-content"),
        ("listitem", ".lm-Menu-item"),
        ("presentation-role-conflict", ".lm-Menu-item"),
        ("region", ".lm-Menu-item"),
    },
}

# Cells that are scrolled out of sight are judged, too.
ALL_IN_SIGHT = ".jp-Notebook .jp-Cell { content-visibility: visible !important; }"

# axe names an element by the whole way to it, which changes with each cell; these stay.
KIND = """([selector, kinds]) => {
    const element = document.querySelector(selector);
    return kinds.find((kind) => element?.closest(kind)) ?? selector;
}"""

# JupyterLab puts in editors one by one, also while axe looks; each has its name a moment after.
ALL_NAMED = """document.querySelectorAll('.cm-content[aria-label]').length
    === (window.jupyterapp?.shell.currentWidget?.content.widgets.length ?? 0)"""


def violations(page: Page) -> Found:
    """Each violated rule with what violates it, by its kind if it is a known one."""
    kinds = [".lm-Menu-item", ".lm-Menu-content"]
    response = Axe().run(page, options=OPTIONS).response
    return {
        (violation["id"], page.evaluate(KIND, [node["target"][0], kinds]))
        for violation in response["violations"]
        for node in violation["nodes"]
    }


def assert_only(page: Page, known: Found) -> None:
    """Find what is known, all of it, and nothing else."""
    page.wait_for_function(ALL_NAMED)
    found = violations(page)
    assert found == known, f"new: {sorted(found - known)}; mended: {sorted(known - found)}"
