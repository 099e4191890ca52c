"""A question with a few controls: every state is computed in Python, the page only picks one.

So that dragging is as quick as drawing, and the numbers are those of `bptt_lib` itself.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import traitlets
from numpy.typing import ArrayLike

from ._assets import style
from ._course_widget import CourseWidget, drawn_by
from ._still import bars, drawing, lines


@dataclass(frozen=True)
class Control:
    """Something to drag or to choose: what it is, what its positions are called, where it stands.

    ``start`` counts positions from 0. A control with few positions is shown as a choice.
    """

    label: str
    positions: Sequence[str]
    start: int = 0
    as_choice: bool = False


class Explorer(CourseWidget):
    """Charts and a sentence for each position of a few controls.

    Parameters
    ----------
    title, question : str
        What is explored, and what to look for.
    controls : sequence of Control
        What can be moved.
    state : callable
        ``state(i, j, ...)``, called once for each combination of positions, returns
        ``(sentence, charts)``; each chart is what `chart` returns.

    Examples
    --------
    >>> double = Explorer("Doubling", "What is 2 x?", [Control("x", ["1", "2"])],
    ...                   lambda i: (f"It is {2 * (i + 1)}.", []))
    >>> [state["sentence"] for state in double.states]
    ['It is 2.', 'It is 4.']
    """

    _script = drawn_by("explorer.js")
    _css = style("line_chart.css", "explorer.css", "still.css")

    title = traitlets.Unicode().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    controls: traitlets.List[Any] = traitlets.List().tag(sync=True)
    states: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        title: str,
        question: str,
        controls: Sequence[Control],
        state: Callable[..., tuple[str, Sequence[Mapping[str, Any]]]],
    ) -> None:
        states = []
        for places in itertools.product(*(range(len(one.positions)) for one in controls)):
            sentence, charts = state(*places)
            states.append({"sentence": sentence, "charts": [dict(one) for one in charts]})
        super().__init__(
            title=title,
            question=question,
            controls=[
                {
                    "label": one.label,
                    "positions": list(one.positions),
                    "start": one.start,
                    "as_choice": one.as_choice,
                }
                for one in controls
            ],
            states=states,
        )

    def still(self) -> tuple[str, str]:
        """Return the charts and the sentence of the state that the explorer starts from."""
        index = 0
        for control in self.controls:
            index = index * len(control["positions"]) + control["start"]
        state = self.states[index]
        tall = any("groups" in one for one in state["charts"])
        height = 260 if tall else 160
        parts = [
            (bars if "groups" in one else lines)(one, 10 + 360 * i, 350, height)
            for i, one in enumerate(state["charts"])
        ]
        return drawing(20 + 360 * len(parts), height + 20, *parts), (
            f"{self.title}. {state['sentence']}"
        )


def chart(
    title: str,
    lines: Mapping[str, ArrayLike],
    *,
    x_label: str,
    y_label: str,
    log_y: bool = False,
    y_range: tuple[float, float] | None = None,
    rule: tuple[float, str] | None = None,
    x_names: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Return a line chart as plain data; every line is drawn over 0, 1, 2, ...

    Parameters
    ----------
    title, x_label, y_label : str
        What is shown, and what the axes mean.
    lines : mapping of str to array_like, shape (N,)
        One line for each name.
    log_y : bool
        A logarithmic vertical axis.
    y_range : tuple of (float, float), optional
        The ends of the vertical axis, the same for all states, so that they can be compared.
    rule : tuple of (float, str), optional
        A dashed horizontal line and its name.
    x_names : sequence of str, optional
        Names of the places on the horizontal axis.
    """
    return {
        "title": title,
        "summary": "",
        "x_label": x_label,
        "y_label": y_label,
        "log_y": log_y,
        "y_range": None if y_range is None else list(y_range),
        "x_range": None,
        "rule": None if rule is None else {"y": rule[0], "name": rule[1]},
        "x_names": None if x_names is None else list(x_names),
        "lines": [_line(name, values) for name, values in lines.items()],
    }


def bar_chart(
    title: str,
    groups: Mapping[str, tuple[str, Mapping[str, float]]],
    *,
    unit: str,
    turned: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Return groups of bars as plain data; each bar is its value's share of the group's length.

    Groups whose bars are alike then point the same way, however long they are.

    Parameters
    ----------
    title : str
        What is shown.
    groups : mapping of str to pair of (str, mapping of str to float)
        For each group what is to be said of it, and its values by name.
    unit : str
        What the values are.
    turned : mapping of str to float, optional
        For some groups the angle, in degrees, between their direction and the first group's.
    """
    return {
        "title": title,
        "unit": unit,
        "groups": [
            {
                "name": name,
                "note": note,
                "turned": None if turned is None else turned.get(name),
                "bars": [
                    {"name": one, "value": float(value), "share": float(value / _length(values))}
                    for one, value in values.items()
                ],
            }
            for name, (note, values) in groups.items()
        ],
    }


def _length(values: Mapping[str, float]) -> float:
    return math.hypot(*values.values()) or 1.0


def _line(name: str, values: ArrayLike) -> dict[str, Any]:
    numbers = np.asarray(values, dtype=float).tolist()
    return {
        "name": name,
        "x": list(range(len(numbers))),
        "y": [value if math.isfinite(value) else None for value in numbers],
    }
