"""What the widgets of the course share: a script, a still picture, and an end.

A widget's own output is only a reference to something that lives in the kernel. So a picture is
displayed before it, for a notebook that is opened without one; a widget that comes to life hides
it. And when a cell is run again, the widgets that it showed before are closed: ipywidgets and
the page would keep them for ever.
"""

from __future__ import annotations

from typing import Any

import traitlets
from anywidget import AnyWidget
from IPython.core.getipython import get_ipython
from IPython.display import display

from ._assets import HERE, script
from ._still import figure

# By cell: the request that ran it last, and the widgets that it showed.
_shown: dict[str, tuple[str, list[CourseWidget]]] = {}


def drawn_by(entry: str) -> traitlets.Unicode[str, Any]:
    """Return the trait that brings the module `entry` of this folder to the page."""
    return traitlets.Unicode(script(entry)).tag(sync=True)


class CourseWidget(AnyWidget):
    """A widget that leaves a still picture, and ends when its cell is run again.

    It has to have ``_script``, made by `drawn_by`, and `_css`.
    """

    _esm = (HERE / "loader.js").read_text(encoding="utf-8")
    _picture: Any = None

    def still(self) -> tuple[str, str] | None:
        """Return a picture as SVG and what it shows in a sentence, or None for no picture."""
        return None

    def still_html(self) -> str:
        """Return the picture as an element that needs no script and no style sheet."""
        still = self.still()
        return "" if still is None else figure(*still)

    def _ipython_display_(self) -> None:
        _belongs_to_the_running_cell(self)
        if still := self.still():
            picture = {"text/html": figure(*still), "text/plain": still[1]}
            self._picture = display(picture, raw=True, display_id=True)  # type: ignore[no-untyped-call]
        widget: Any = self
        data, metadata = widget._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]

    def redraw_still(self) -> None:
        """Bring the picture that was displayed up to date, for whoever opens the notebook later."""
        still = self.still()
        if still and self._picture is not None:
            self._picture.update({"text/html": figure(*still), "text/plain": still[1]}, raw=True)


def _belongs_to_the_running_cell(widget: CourseWidget) -> None:
    """Note which cell shows a widget; close what an earlier run of the same cell showed."""
    if widget.comm is None:  # closed, and displayed once more
        widget.__dict__.pop("_repr_mimebundle_", None)  # which closing has overlaid
        widget.layout.open()
        widget.open()
    shell: Any = get_ipython()
    kernel = getattr(shell, "kernel", None)
    parent = kernel.get_parent() if kernel is not None else {}
    cell, run = parent.get("metadata", {}).get("cellId"), parent.get("header", {}).get("msg_id")
    if not cell:
        return
    run_before, before = _shown.pop(cell, (run, []))
    if run_before != run:
        elsewhere = [widget, *(one for _, widgets in _shown.values() for one in widgets)]
        for one in before:
            if all(one is not other for other in elsewhere):
                one.layout.close()
                one.close()
        before = []
    _shown[cell] = (run, [*before, widget])
