"""A followed run as plain data for the page: lists, numbers and strings only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np

from .._guards import Floats
from .follow import Followed
from .judgement import Judgement
from .roles import Marks
from .values import MOST_ENTRIES, Value, is_too_large

_WORDS = {
    "x": "the input of this step",
    "h_prev": "the state before this step",
    "h": "the state after this step",
    "a": "the pre-activation",
    "from_input": "W_xh x",
    "from_past": "W_hh h, of the state before",
    "dh_from_loss": "dh_from_loss",
    "dh_from_future": "dh_from_future",
    "dh": "dh, the sum of both gradients",
    "slope": "the slope of tanh",
    "da": "da, the gradient behind tanh",
    "dx": "the gradient of the input",
    "dh_prev": "dh_from_future for the step before",
}
_SHARES = {
    "sum": "the {} gradient after this step",
    "share": "this step's share of the {} gradient",
    "total": "the {} gradient, all steps",
}

# Which quantity of a frame a judged value takes the place of in the picture.
_DRAWN = ("h", "a", "dh", "da", "dx", "dh_prev")


def code_of(followed: Followed) -> dict[str, Any]:
    """Return the sources, what each line did, and where it departs."""
    watched = followed.watched
    values, judgements = _Pool(), _Pool()
    of_call: dict[int, dict[str, int]] = defaultdict(dict)
    events = []
    for i, (moment, t) in enumerate(zip(watched.moments, followed.steps, strict=True)):
        standing = of_call[moment.call]  # a name keeps its judgement until it is set again
        for name in moment.changed:
            judgement = followed.judgements.get((i, name))
            standing[name] = -1 if judgement is None else judgements.add(judgement)
        events.append(
            {
                "call": moment.call,
                "line": moment.line,
                "t": t,
                "changed": list(moment.changed),
                "locals": {
                    name: [values.add(value), standing.get(name, -1)]
                    for name, value in moment.values.items()
                },
            }
        )
    return {
        "name": followed.name,
        "phase": "backward" if followed.backward else "forward",
        "sources": [
            {"name": source.name, "first": source.first, "lines": list(source.lines)}
            for source in watched.sources
        ],
        "calls": [
            {"source": call.source, "caller": call.caller, "line": call.line}
            for call in watched.calls
        ],
        "events": events,
        "values": [_value(value) for value in values.kept],
        "judgements": [_judgement(judgement) for judgement in judgements.kept],
        "departure": list(followed.departure) if followed.departure else None,
        "error": watched.error,
        "notes": list(_notes(followed)),
    }


def run_of(followed: Followed) -> dict[str, Any]:
    """Return the recording with the learner's values where their meaning could be told."""
    run = {**followed.recording.to_dict(), "source": "yours"}
    T = len(run["frames"]) // 2
    for frame in run["frames"]:
        frame["departs"] = []
    for (i, name), judgement in followed.judgements.items():
        value = followed.watched.moments[i].values[name]
        for t, role, part, wrong in _drawn(followed, i, judgement, value):
            frame = run["frames"][2 * T - 1 - t if followed.backward else t]
            if np.isfinite(part).all():
                frame["computes"][role] = part.tolist()
            if wrong.any():
                frame["departs"].append(role)
    return run


def _drawn(
    followed: Followed, i: int, judgement: Judgement, value: Value
) -> Iterator[tuple[int, str, Floats, Marks]]:
    kind, _, role = judgement.role.rpartition(" ")
    t = followed.steps[i]
    if role not in _DRAWN or not isinstance(value, np.ndarray):
        return
    T = len(followed.recording.frames) // 2
    if kind == "":
        if t is not None:
            yield t, role, value, judgement.wrong
    elif kind == "rows" or t is not None:
        for step in range(T) if t is None else [t]:
            row = step + len(value) - T
            yield step, role, value[row], judgement.wrong[row]


def _notes(followed: Followed) -> Iterator[str]:
    watched = followed.watched
    if not watched.sources[0].lines:
        yield "The source of this function could not be read; its lines are known by number."
    if not followed.has_loop:
        yield (
            "No loop over time was found, so no line belongs to one time step: the lines stand in "
            "the order in which they ran, and arrays of all steps are compared row by row."
        )
    helpers = list(dict.fromkeys(source.name for source in watched.sources[1:]))
    if helpers:
        yield f"Your own functions are followed wherever they are called: {', '.join(helpers)}."
    if watched.ran_on:
        yield (
            f"This run is long: its first {len(watched.moments) - 1:,} executed lines are kept. It "
            "went on after them, and what it returned is compared all the same."
        )
    if any(is_too_large(value) for moment in watched.moments for value in moment.values.values()):
        yield f"Values of more than {MOST_ENTRIES} numbers are named, neither shown nor compared."


class _Pool:
    """Each object once, by identity."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self._index: dict[int, int] = {}

    def add(self, one: Any) -> int:
        if id(one) not in self._index:
            self._index[id(one)] = len(self.kept)
            self.kept.append(one)
        return self._index[id(one)]


def _value(value: Value) -> dict[str, Any]:
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "data": _jsonable(value.tolist())}
    return {"shape": None, "data": _jsonable(value)}


def _judgement(judgement: Judgement) -> dict[str, Any]:
    kind, _, role = judgement.role.rpartition(" ")
    if kind in _SHARES:
        words = _SHARES[kind].format(role)
    else:
        words = _WORDS.get(role, f"the {role} gradient")
        if kind in ("row", "rows"):
            words += ", by rows"
    return {
        "words": words,
        "expected": _jsonable(judgement.expected.tolist()),
        "wrong": np.argwhere(judgement.wrong).tolist(),
    }


def _jsonable(value: Any) -> Any:
    """Write what JSON has no number for in words."""
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if isinstance(value, float) and not np.isfinite(value):
        return "NaN" if np.isnan(value) else "∞" if value > 0 else "-∞"
    return value
