"""A still picture beside each widget, for a notebook that is opened without a kernel.

A widget's own output is only a reference to something that lives in the kernel. So a picture
is displayed before it; a widget that comes to life hides it, and where none does, it stays.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from IPython.display import display

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#808080"  # legible on light and on dark
HUES = (BLUE, ORANGE, "#009e73", "#b25ea8", "#a07a00")
AGAIN = "This is a still picture: run the cell again to bring it to life."


class Still:
    """What a widget displays: a still picture, then itself.

    The widget has to say ``still()``: a picture as SVG and a sentence.
    """

    def still(self) -> tuple[str, str]:
        """Return a picture as SVG, and what it shows in a sentence."""
        raise NotImplementedError

    def _ipython_display_(self) -> None:
        picture = {"text/html": self.still_html(), "text/plain": self.still()[1]}
        display(picture, raw=True)  # type: ignore[no-untyped-call]
        widget: Any = self
        data, metadata = widget._repr_mimebundle_()
        display(data, metadata=metadata, raw=True)  # type: ignore[no-untyped-call]

    def still_html(self) -> str:
        """Return the picture as an element that needs no script and no style sheet."""
        svg, sentence = self.still()
        address = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
        return (
            f'<figure class="bptt-still"><img src="{address}" alt="{escape(sentence)}">'
            f"<figcaption>{escape(sentence)} {AGAIN}</figcaption></figure>"
        )


def drawing(width: float, height: float, *parts: str) -> str:
    """Return an SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" font-size="12">'
        f"{''.join(parts)}</svg>"
    )


def words(x: float, y: float, text: str) -> str:
    """Return a text that begins at a point."""
    return f'<text x="{x:g}" y="{y:g}" fill="{GREY}">{escape(text)}</text>'


def cells(x: float, y: float, values: Sequence[float], hue: str, size: float = 12) -> str:
    """Return a column of cells, as strong as their values; negative ones are struck through."""
    parts = []
    for i, value in enumerate(values):
        top, opacity = y + i * size, 0.1 + 0.9 * min(1.0, math.sqrt(abs(value)))
        parts.append(
            f'<rect x="{x:g}" y="{top:g}" width="{size - 1:g}" height="{size - 1:g}" '
            f'fill="{hue}" opacity="{opacity:.2f}"/>'
        )
        if value < 0:
            stroke = f"M{x + 1:g} {top + size - 2:g}l{size - 3:g} {3 - size:g}"
            parts.append(f'<path d="{stroke}" stroke="white"/>')
    return "".join(parts)


def lines(chart: Mapping[str, Any], x: float, width: float, height: float) -> str:
    """Return the lines of one chart of an explorer, with its title and its ends."""
    low, high = chart["y_range"]
    scale = math.log10 if chart["log_y"] else float
    bottom, span = scale(low), scale(high) - scale(low)
    longest = max(len(line["y"]) for line in chart["lines"])
    parts = [words(x, 12, chart["title"]), words(x, 30, f"{high:g}"), words(x, height, f"{low:g}")]
    for k, line in enumerate(chart["lines"]):
        points = " ".join(
            f"{x + 40 + i * (width - 60) / max(1, longest - 1):.1f},"
            f"{height - (scale(min(max(y, low), high)) - bottom) / span * (height - 26):.1f}"
            for i, y in enumerate(line["y"])
            if y is not None and (y > 0 or not chart["log_y"])
        )
        hue = HUES[k % len(HUES)]
        parts.append(f'<polyline points="{points}" fill="none" stroke="{hue}" stroke-width="2"/>')
    return "".join(parts)
