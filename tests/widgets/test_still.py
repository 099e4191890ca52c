"""What a saved notebook shows of a widget when no kernel is there."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from functools import partial

import pytest
from playwright.sync_api import expect

from bptt_lib import delayed_echo, init_params, softmax_cross_entropy, training_steps
from bptt_lib.recording import record
from bptt_lib.widgets import Stepper, _course_widget
from bptt_lib.widgets.attention import attention_explorer
from bptt_lib.widgets.clipping import clipping_explorer
from bptt_lib.widgets.line_chart import LineChart
from bptt_lib.widgets.training_explorer import TrainingExplorer
from bptt_lib.widgets.training_monitor import TrainingMonitor
from bptt_lib.widgets.vanishing import vanishing_explorer

RUN = record([[1.0], [0.5]], [0.0], [[0.5]], [[-2.0]], [0.0], dL_dh_last=[1.0])

WIDGETS = {
    "stepper": lambda: Stepper(RUN),
    "vanishing": vanishing_explorer,
    "clipping": clipping_explorer,
    "attention": attention_explorer,
    "line chart": lambda: LineChart({"halving": [1.0, 0.5, None, 0.25]}, title="Halving"),
    "training explorer": lambda: trained(),
    "training monitor": lambda: TrainingMonitor(epochs=10, max_norm=1.0),
}


def trained() -> TrainingExplorer:
    """Return a training explorer that has gone through a few epochs."""
    echo = delayed_echo(steps=20, delay=1, symbols="ab")
    begin = partial(
        training_steps,
        echo.X_seq,
        echo.targets,
        init_params(2, 4, 2),
        softmax_cross_entropy,
        lr=0.5,
        epochs=5,
        max_norm=1.0,
    )
    explorer = TrainingExplorer(begin, epochs=5, max_norm=1.0)
    explorer.advance(5)
    return explorer


@pytest.mark.parametrize("name", WIDGETS)
def test_the_still_is_a_picture_with_its_sentence(name):
    page = WIDGETS[name]().still_html()
    pattern = r'src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"'
    address, words = re.search(pattern, page).groups()
    picture = ET.fromstring(base64.b64decode(address))
    assert len(list(picture)) >= 4
    assert words in page.split("<figcaption>")[1]
    assert "nan" not in ET.tostring(picture, encoding="unicode")
    assert "run this cell again" in page


def test_lines_of_a_still_picture_are_told_apart_by_more_than_their_colour():
    picture, _ = LineChart({"one": [1.0, 2.0], "other": [2.0, 1.0]}, title="Two").still()
    lines = ET.fromstring(picture).findall("{*}polyline")
    assert len({line.get("stroke-dasharray") for line in lines}) == 2
    assert {"one", "other"} <= set(ET.fromstring(picture).itertext())


def test_a_notebook_holds_the_picture_before_the_widget(monkeypatch):
    shown = []
    record_it = lambda data, **options: shown.append((data, options))  # noqa: E731
    monkeypatch.setattr(_course_widget, "display", record_it)
    Stepper(RUN)._ipython_display_()
    still, widget = (data for data, _ in shown)
    assert all(options["raw"] for _, options in shown)
    assert "bptt-still" in still["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in widget


OUTPUTS = """still => {
  const here = document.getElementById("here");
  const child = (...inside) => {
    const one = document.createElement("div");
    one.className = "jp-OutputArea-child";
    one.append(...inside);
    return one;
  };
  const picture = child();
  picture.innerHTML = still;
  here.replaceWith(picture);
  picture.after(child(here, "Loading widget..."));
}"""


@pytest.mark.e2e
def test_either_the_picture_or_the_living_widget_is_seen(host):
    page = host("stepper.js", {"run": RUN.to_dict(), "position": 0})
    page.evaluate("host.cleanUp()")
    page.evaluate(OUTPUTS, Stepper(RUN).still_html())
    picture, widget = page.locator(".bptt-still img"), page.locator("#here")
    expect(picture).to_be_visible()
    expect(page.get_by_text("Loading widget")).to_be_hidden()
    expect(page.get_by_text("run this cell again")).to_be_visible()
    assert picture.evaluate("one => one.naturalWidth") > 50
    page.evaluate("async () => { await host.render() }")
    expect(picture).to_be_hidden()
    expect(widget.locator("[data-bptt-stepper]")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('bptt-python-gone'))")
    expect(picture).to_be_visible()
    expect(widget).to_be_hidden()
    page.evaluate("host.cleanUp()")
    expect(picture).to_be_visible()


class Kernel:
    """As much of a kernel as says which cell is run."""

    def __init__(self) -> None:
        self.kernel, self.runs = self, 0

    def run(self, cell: str) -> None:
        self.runs += 1
        self.parent = {"metadata": {"cellId": cell}, "header": {"msg_id": str(self.runs)}}

    def get_parent(self) -> dict:
        return self.parent


def test_what_a_cell_showed_ends_when_it_is_run_again(monkeypatch):
    kernel = Kernel()
    monkeypatch.setattr(_course_widget, "get_ipython", lambda: kernel)
    monkeypatch.setattr(_course_widget, "display", lambda *_, **__: None)
    kernel.run("a")
    first, beside, kept = Stepper(RUN), Stepper(RUN), Stepper(RUN)
    for one in (first, beside, kept):
        one._ipython_display_()
    kernel.run("b")
    kept._ipython_display_()
    kernel.run("a")
    second = Stepper(RUN)
    second._ipython_display_()
    assert [one.comm is None for one in (first, beside, kept, second)] == [True, True, False, False]
    first._ipython_display_()  # somebody kept it, and shows it once more
    assert first.comm is not None
