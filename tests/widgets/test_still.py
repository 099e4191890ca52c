"""What a saved notebook shows of a widget when no kernel is there."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET

import pytest

from bptt_lib.recording import record
from bptt_lib.widgets import Stepper, _still
from bptt_lib.widgets.attention import attention_explorer
from bptt_lib.widgets.clipping import clipping_explorer
from bptt_lib.widgets.vanishing import vanishing_explorer

RUN = record([[1.0], [0.5]], [0.0], [[0.5]], [[-2.0]], [0.0], dL_dh_last=[1.0])

WIDGETS = {
    "stepper": lambda: Stepper(RUN),
    "vanishing": vanishing_explorer,
    "clipping": clipping_explorer,
    "attention": attention_explorer,
}


@pytest.mark.parametrize("name", WIDGETS)
def test_the_still_is_a_picture_with_its_sentence(name):
    page = WIDGETS[name]().still_html()
    pattern = r'src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"'
    address, words = re.search(pattern, page).groups()
    picture = ET.fromstring(base64.b64decode(address))
    assert len(list(picture)) > 4
    assert words in page.split("<figcaption>")[1]
    assert "nan" not in ET.tostring(picture, encoding="unicode")
    assert "run the cell again" in page


def test_a_notebook_holds_the_picture_before_the_widget(monkeypatch):
    shown = []
    monkeypatch.setattr(_still, "display", lambda data, **options: shown.append((data, options)))
    Stepper(RUN)._ipython_display_()
    still, widget = (data for data, _ in shown)
    assert all(options["raw"] for _, options in shown)
    assert "bptt-still" in still["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in widget


@pytest.mark.e2e
def test_the_widget_hides_the_picture_while_it_lives(host):
    page = host("stepper.js", {"run": RUN.to_dict(), "position": 0})
    page.evaluate("host.cleanUp()")
    page.evaluate(
        """still => {
          const here = document.getElementById("here");
          const before = Object.assign(document.createElement("div"), { innerHTML: still });
          const child = document.createElement("div");
          child.className = "jp-OutputArea-child";
          here.replaceWith(before, child);
          child.append(here);
        }""",
        Stepper(RUN).still_html(),
    )
    picture = page.locator(".bptt-still img")
    assert picture.is_visible()
    assert picture.evaluate("one => one.naturalWidth") > 50
    page.evaluate("async () => { await host.render() }")
    picture.wait_for(state="hidden")
    page.evaluate("host.cleanUp()")
    assert picture.is_visible()
