"""Still pictures of the widgets, as SVG, for a notebook that is opened without a kernel.

They stand in a light page or a dark one, and know neither: hues that are legible on both.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#797979"  # legible on light and on dark
HUES = (BLUE, ORANGE, "#009e73", "#b25ea8", "#a07a00")
DASHES = ("none", "7 4", "2 3", "9 3 2 3", "12 4")  # as in js/chart.js: colour only helps
LETTER = 7  # how wide one is, about
AGAIN = "This is a still picture: run this cell again to bring it to life."


def figure(svg: str, sentence: str) -> str:
    """Return a picture with its sentence as an element that needs no script and no style sheet."""
    address = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    return (
        f'<figure class="bptt-still"><img src="{address}" alt="{escape(sentence)}">'
        f"<figcaption>{escape(sentence)} <strong>{AGAIN}</strong></figcaption></figure>"
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
    """Return the lines of one chart, with its title and its ends, and below it their names."""
    log, scale = chart["log_y"], math.log10 if chart["log_y"] else float
    rows = [
        [y if y is not None and (y > 0 or not log) else None for y in line["y"]]
        for line in chart["lines"]
    ]
    low, high = chart.get("y_range") or _ends(
        [y for row in rows for y in row if y is not None], log
    )
    bottom, span = scale(low), scale(high) - scale(low)
    longest = max((len(row) for row in rows), default=0)
    parts = [
        words(x, 12, chart["title"]),
        words(x, 30, f"{high:.3g}"),
        words(x, height, f"{low:.3g}"),
    ]
    for k, row in enumerate(rows):
        points = " ".join(
            f"{x + 40 + i * (width - 60) / max(1, longest - 1):.1f},"
            f"{height - (scale(min(max(y, low), high)) - bottom) / span * (height - 26):.1f}"
            for i, y in enumerate(row)
            if y is not None
        )
        parts.append(f'<polyline points="{points}" {_stroke(k)}/>')
    return "".join(parts) + (_key(chart["lines"], x, height + 17) if len(rows) > 1 else "")


def _stroke(k: int) -> str:
    """Return how the line with this number is drawn."""
    hue, dashes = HUES[k % len(HUES)], DASHES[k % len(DASHES)]
    return f'fill="none" stroke="{hue}" stroke-width="2" stroke-dasharray="{dashes}"'


def _key(named: Sequence[Mapping[str, Any]], x: float, y: float) -> str:
    """Return the lines' names in a row, each behind a piece of its line."""
    parts = []
    for k, line in enumerate(named):
        parts += [
            f'<path d="M{x:g} {y - 4:g}h26" {_stroke(k)}/>',
            words(x + 32, y, line["name"]),
        ]
        x += 32 + LETTER * len(line["name"]) + 14
    return "".join(parts)


def _ends(values: Sequence[float], log: bool) -> tuple[float, float]:
    """Return what an axis spans that nobody has fixed: never nothing, and from 0 if it can."""
    low, high = (min(values), max(values)) if values else (0.1, 1.0)
    low = low if log else min(low, 0.0)
    return (low, high) if low < high else (low, low + 1.0)


def bars(chart: Mapping[str, Any], x: float, width: float, height: float) -> str:
    """Return the bars of one chart: a group for each name, a bar for each array in it."""
    parts = [words(x, 12, chart["title"])]
    row = (height - 20) / max(1, sum(1 + len(group["bars"]) for group in chart["groups"]))
    y = 20.0
    for group in chart["groups"]:
        parts.append(words(x, y + row - 1, f"{group['name']} {group['note']}"))
        y += row
        for bar in group["bars"]:
            length = (width - 120) * bar["share"]
            parts += [
                f'<rect x="{x + 60:g}" y="{y + 1:g}" width="{length:.1f}" height="{row - 2:.1f}" '
                f'fill="{BLUE}"/>',
                words(x, y + row - 1, bar["name"]),
            ]
            y += row
    return "".join(parts)
