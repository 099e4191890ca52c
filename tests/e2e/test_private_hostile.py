"""A stranger's notebook does nothing on opening, whatever is saved in it, trusted or not."""

from __future__ import annotations

import json
import time

import pytest

from tests.driven import Driven
from tests.e2e.conftest import Watch
from tests.e2e.deployment import Deployment
from tests.e2e.lesson import PYTHON

pytestmark = pytest.mark.e2e

RUN = "window.ran = (window.ran || []).concat('{}')"
AWAY = "https://{}.elsewhere.example/"
HTML = """
<script>{script}</script>
<img src="x" onerror="{onerror}"><svg onload="{svgload}"><script>{svgscript}</script></svg>
<iframe srcdoc="<script>parent.{srcdoc}</script>"></iframe><iframe src="{away}frame"></iframe>
<iframe src="javascript:parent.{framed}"></iframe>
<a id="js-link" href="javascript:{link}">click me</a>
<form action="{away}form" id="evil-form"><button id="evil-button">go</button></form>
<meta http-equiv="refresh" content="0; url={away}refresh">
<base href="{away}base/"><link rel="stylesheet" href="{away}style">
<style>body::after {{ content: "overlay"; position: fixed; inset: 0; z-index: 99999; }}</style>
<div style="position: fixed; inset: 0; z-index: 99999; background: url({away}background)">over</div>
<details open ontoggle="{toggle}"><summary>x</summary></details>
<video src="{away}video" onerror="{video}" autoplay></video><object data="{away}object"></object>
<input autofocus onfocus="{focus}"><math><mtext><style><img src=x onerror="{mathml}"></style>
"""


def hostile_html(where: str) -> str:
    names = ["script", "onerror", "svgload", "svgscript", "srcdoc", "framed", "link", "toggle"]
    names += ["video", "focus", "mathml"]
    code = {name: RUN.format(f"{where} {name}").replace('"', "&quot;") for name in names}
    return HTML.format(away=AWAY.format(where), **code)


HAS_CELLS = "count => document.querySelectorAll('.jp-Cell').length === count"
IS_COVERED = """() => {
  const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  return middle.closest("[style*=fixed]") !== null;
}"""

WIDGET = {
    "model_name": "AnyModel",
    "model_module": "anywidget",
    "model_module_version": "~0.11.*",
    "state": {
        "_model_module": "anywidget",
        "_model_name": "AnyModel",
        "_view_module": "anywidget",
        "_view_name": "AnyView",
        "_esm": f"{RUN.format('esm module')}; export default {{"
        f" initialize() {{ {RUN.format('esm initialize')} }},"
        f" render() {{ {RUN.format('esm render')} }} }}",
        "_anywidget_id": "evil",
    },
}
HTML_WIDGET = {
    "model_name": "HTMLModel",
    "model_module": "@jupyter-widgets/controls",
    "model_module_version": "2.0.0",
    "state": {"value": hostile_html("widget"), "layout": None, "style": None},
}


def hostile_notebook(*, trusted: bool) -> dict:
    outputs = {
        "html": {"text/html": hostile_html("html")},
        "javascript": {"application/javascript": RUN.format("javascript")},
        "svg": {
            "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" '
            f'onload="{RUN.format("svg")}"><script>{RUN.format("svg script")}</script></svg>'
        },
        "markdown": {"text/markdown": hostile_html("output-markdown")},
        "latex": {"text/latex": r"$\href{javascript:window.ran=['latex']}{x}$"},
        "widget": {
            "application/vnd.jupyter.widget-view+json": {"model_id": "evil", "version_major": 2},
        },
        "htmlwidget": {
            "application/vnd.jupyter.widget-view+json": {"model_id": "page", "version_major": 2},
        },
        "vega": {
            "application/vnd.vegalite.v5+json": {
                "data": {"url": AWAY.format("vega")},
                "mark": "point",
                "usermeta": {"embedOptions": {"loader": {"target": AWAY.format("vegaload")}}},
            }
        },
    }
    metadata = {"trusted": True} if trusted else {}
    cells: list[dict] = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": name,
            "metadata": metadata,
            "outputs": [{"output_type": "display_data", "data": data, "metadata": {}}],
            "source": "# harmless",
        }
        for name, data in outputs.items()
    ]
    cells.insert(
        0,
        {
            "cell_type": "markdown",
            "id": "markdown",
            "metadata": metadata,
            "source": f"# Hello\n\n{hostile_html('markdown')}\n\n[link](javascript:window.ran=1)",
        },
    )
    return {
        "cells": cells,
        "metadata": {
            "kernelspec": {
                "display_name": "Python (Pyodide)",
                "language": "python",
                "name": "python",
            },
            "widgets": {
                "application/vnd.jupyter.widget-state+json": {
                    "state": {"evil": WIDGET, "page": HTML_WIDGET},
                    "version_major": 2,
                    "version_minor": 0,
                }
            },
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def test_a_hostile_notebook_does_nothing_on_opening(
    watched: tuple[Driven, Watch], deployment: Deployment
) -> None:
    driven, watch = watched
    for name, trusted in {"10_rnn_bptt.ipynb": False, "11_char_rnn.ipynb": True}.items():
        notebook = hostile_notebook(trusted=trusted)
        (deployment.folder / "files" / name).write_text(json.dumps(notebook))
        address = f"{deployment.url}notebooks/index.html?path={name}"
        driven.goto(address)
        driven.wait_for("#python-state[data-state=ready]", PYTHON)
        driven.wait_until(HAS_CELLS, len(notebook["cells"]))
        time.sleep(3)  # for what comes late
        assert driven.call("() => window.ran ?? null") is None
        assert driven.call("() => location.href") == address
        assert driven.tabs() == 1
        assert driven.call(IS_COVERED) is False
        assert driven.call("() => getComputedStyle(document.body, '::after').content") == "none"
    assert watch.outside.asked == []
