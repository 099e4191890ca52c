"""Every widget, rendered and taken out fifty times, leaves no listener, no node, no heap behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bptt_lib.widgets import Stepper
from bptt_lib.widgets.attention import attention_explorer
from bptt_lib.widgets.clipping import clipping_explorer
from bptt_lib.widgets.companion import LABEL
from bptt_lib.widgets.line_chart import LineChart
from bptt_lib.widgets.training_monitor import TrainingMonitor
from bptt_lib.widgets.vanishing import vanishing_explorer
from tests.widgets.test_still import RUN, trained
from tests.widgets.test_your_code import WRONG
from tests.widgets.test_your_code import values as your_code

pytestmark = pytest.mark.e2e

WIDGETS: dict[str, tuple[str, Callable[[], Any]]] = {
    "stepper": ("stepper.js", lambda: Stepper(RUN)),
    "your code": ("stepper.js", lambda: your_code(WRONG)),
    "button in a report": (
        "companion.js",
        lambda: {"exercise": "", "label": LABEL, "shown": your_code(WRONG), "problem": ""},
    ),
    "vanishing": ("explorer.js", vanishing_explorer),
    "clipping": ("explorer.js", clipping_explorer),
    "attention": ("explorer.js", attention_explorer),
    "training explorer": ("training_explorer.js", lambda: trained()),
    "training monitor": ("training_monitor.js", lambda: TrainingMonitor(10, 1.0)),
    "line chart": ("line_chart.js", lambda: LineChart({"halving": [1.0, 0.5]})),
}

# As running its cell again does; in between everything is opened, and what can be played plays.
AGAIN = """async (times) => {
  for (let i = 0; i < times; i++) {
    host.cleanUp();
    await host.render();
    for (const one of document.querySelectorAll("details")) one.open = true;
    document.querySelector("[aria-label=Play]")?.click();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  }
  host.cleanUp();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.mark.parametrize("name", WIDGETS)
def test_nothing_is_left_behind(host, name):
    entry, make = WIDGETS[name]
    widget = make()
    state = (
        widget if isinstance(widget, dict) else {key: getattr(widget, key) for key in sent(widget)}
    )
    page = host(entry, state)
    assert page.locator("#here[data-bptt-live]").count() == (entry != "companion.js")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def counts() -> dict[str, float]:
        for _ in range(2):
            session.send("HeapProfiler.collectGarbage")
        found = session.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in found}

    page.evaluate(AGAIN, 10)
    assert page.evaluate("host.listeners.size") == 0
    assert page.locator("#here > *").count() == 0
    few = counts()
    page.evaluate("async () => { await host.render() }")
    page.evaluate(AGAIN, 50)
    many = counts()
    assert many["JSEventListeners"] <= few["JSEventListeners"]
    assert many["Nodes"] <= few["Nodes"] + 50  # the smallest widget has more
    assert many["JSHeapUsedSize"] <= few["JSHeapUsedSize"] + 1_000_000


def sent(widget: Any) -> list[str]:
    """Return the names of what a widget sends to the page, but for what draws it."""
    return [name for name in widget.keys if not name.startswith("_") and name not in OTHERS]


OTHERS = {"layout", "tabbable", "tooltip"}
