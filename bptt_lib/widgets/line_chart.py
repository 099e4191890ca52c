"""A line chart: a few series of numbers, drawn in the page, with words and a table beside it.

Small on purpose. It exists because a chart in a lesson has to follow the page's light and
dark, shrink to a phone, say in a sentence what it shows and hand out its numbers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from ._assets import style
from ._course_widget import CourseWidget, drawn_by
from ._still import drawing
from ._still import lines as drawn_lines


class LineChart(CourseWidget):
    """Lines over a common horizontal axis.

    Parameters
    ----------
    series : mapping of str to array_like, shape (N,) or to a pair (x, y) of such
        One line for each name. A bare array is drawn over 0, 1, 2, ...
    title, x_label, y_label : str
        What is shown, and what the axes mean.
    log_y : bool
        A logarithmic vertical axis; values that are not above 0 are left out.
    rule : tuple of (float, str), optional
        A dashed horizontal line and its name.
    x_range : tuple of (float, float), optional
        The ends of the horizontal axis, for a chart that grows. By default they follow
        the data.
    summary : str, optional
        The chart in words; by default, where each line begins and ends.

    Raises
    ------
    ValueError
        If a series is not N values, or not a pair of as many x as y.

    Examples
    --------
    >>> chart = LineChart({"halving": [1.0, 0.5, 0.25]}, title="Halving", log_y=True)
    >>> chart.summary
    'halving: from 1 to 0.25.'
    """

    _script = drawn_by("line_chart.js")
    _css = style("line_chart.css", "still.css")

    title = traitlets.Unicode().tag(sync=True)
    x_label = traitlets.Unicode().tag(sync=True)
    y_label = traitlets.Unicode().tag(sync=True)
    log_y = traitlets.Bool(False).tag(sync=True)
    rule = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    x_range: traitlets.List[float] = traitlets.List(allow_none=True, default_value=None).tag(
        sync=True
    )
    summary = traitlets.Unicode().tag(sync=True)
    lines: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        series: Mapping[str, Any],
        *,
        title: str = "",
        x_label: str = "",
        y_label: str = "",
        log_y: bool = False,
        rule: tuple[float, str] | None = None,
        x_range: tuple[float, float] | None = None,
        summary: str | None = None,
    ) -> None:
        lines = [_line(name, values) for name, values in series.items()]
        super().__init__(
            title=title,
            x_label=x_label,
            y_label=y_label,
            log_y=log_y,
            rule=None if rule is None else {"y": float(rule[0]), "name": rule[1]},
            x_range=None if x_range is None else [float(end) for end in x_range],
            summary=_summary(lines) if summary is None else summary,
            lines=lines,
        )

    def still(self) -> tuple[str, str]:
        """Return the lines, and the chart in words."""
        chart = {"title": self.title, "lines": self.lines, "log_y": self.log_y}
        return drawing(560, 220, drawn_lines(chart, 10, 540, 200)), f"{self.title}. {self.summary}"

    def draw(self, series: Mapping[str, Any], summary: str | None = None) -> None:
        """Replace the lines, and with them the chart in words.

        Parameters
        ----------
        series : mapping
            As for the chart itself.
        summary : str, optional
            The chart in words.
        """
        lines = [_line(name, values) for name, values in series.items()]
        # One message to the page instead of two.
        with self.hold_sync():
            self.lines = lines
            self.summary = _summary(lines) if summary is None else summary


def _line(name: str, values: ArrayLike | tuple[ArrayLike, ArrayLike]) -> dict[str, Any]:
    if isinstance(values, tuple):
        x, y = (np.asarray(part, dtype=float) for part in values)
    else:
        y = np.asarray(values, dtype=float)
        x = np.arange(len(y), dtype=float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(
            f"series {name!r}: expected N values, or a pair (x, y) of N each; "
            f"got x of shape {x.shape} and y of shape {y.shape}"
        )
    return {"name": name, "x": _jsonable(x.tolist()), "y": _jsonable(y.tolist())}


def _jsonable(values: Sequence[float]) -> list[float | None]:
    # JSON knows neither nan nor inf; a gap in the line says what there is to say.
    return [value if math.isfinite(value) else None for value in values]


def _summary(lines: Sequence[Mapping[str, Any]]) -> str:
    parts = []
    for line in lines:
        known = [y for y in line["y"] if y is not None]
        if known:
            parts.append(f"{line['name']}: from {known[0]:.3g} to {known[-1]:.3g}")
    return "; ".join(parts) + "." if parts else "Nothing to show yet."
