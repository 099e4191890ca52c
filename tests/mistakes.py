"""The course's two recurrent functions as a learner writes them, and mistakes in them.

Plain NumPy: what a mistake makes of a value, and what the value should be, is found out by
running the two sources side by side, without anything of `bptt_lib`.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

FORWARD = """
def rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h):
    T, H = len(X_seq), len(h0)
    hs, pre = np.zeros((T + 1, H)), np.zeros((T, H))
    hs[0] = h0
    for t in range(T):
        a = W_xh @ X_seq[t] + W_hh @ hs[t] + b_h
        h = np.tanh(a)
        pre[t] = a
        hs[t + 1] = h
    return {"inputs": X_seq, "hidden_states": hs, "pre_activations": pre}
"""

BACKWARD = """
def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    T = len(X)
    dW_xh, dW_hh = np.zeros_like(W_xh), np.zeros_like(W_hh)
    db_h, dX = np.zeros(len(W_hh)), np.zeros_like(X)
    dh_next = np.zeros(len(W_hh))
    for t in reversed(range(T)):
        dh = dh_next + (dL_dh_last if t == T - 1 else 0)
        da = dh * (1 - h[t + 1] ** 2)
        dW_xh += np.outer(da, X[t])
        dW_hh += np.outer(da, h[t])
        db_h += da
        dX[t] = W_xh.T @ da
        dh_next = W_hh.T @ da
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "X_seq": dX}
"""

SOURCES = {"rnn_forward_cache": FORWARD, "rnn_bptt": BACKWARD}


@dataclass(frozen=True)
class Mistake:
    """What is written instead of what; which variable it makes wrong, on which line, and when.

    ``step`` is the time step at which that happens first; None outside the loop. ``stands`` is
    the line at which the stepper opens, where that is not the line itself: a value may be made
    in one step and go wrong in the next.
    """

    name: str
    right: str
    wrong: str
    line: str
    variable: str
    step: int | None
    stands: str = ""

    @property
    def source(self) -> str:
        """The function with the mistake."""
        source = SOURCES[self.name]
        assert source.count(self.right) == 1, self
        return source.replace(self.right, self.wrong)

    def __str__(self) -> str:  # noqa: D105
        return self.wrong or "left out"

    def values(self, arguments: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
        """Return the wrong value and the right one, on a case of T = 6."""
        if self.step is None:
            key = self.variable.split('"')[1]
            results = [
                define(source, self.name)(*arguments)
                for source in (self.source, SOURCES[self.name])
            ]
            return results[0][key], results[1][key]
        wrong_line = self.line.replace(self.right, self.wrong)
        mine = self._seen(self.source, wrong_line, arguments)
        right = self._seen(SOURCES[self.name], self.line, arguments)
        return mine[self.step], right[self.step]

    def _seen(self, source: str, line: str, arguments: Sequence[Any]) -> dict[int, np.ndarray]:
        """Run a source that writes down what a variable holds after a line, at each step."""
        (after,) = (one for one in source.splitlines() if one.strip().startswith(line))
        indent = after[: len(after) - len(after.lstrip())]
        note = f"{indent}seen[t] = {self.variable}.copy()"
        seen: dict[int, np.ndarray] = {}
        define(source.replace(after, f"{after}\n{note}"), self.name, seen=seen)(*arguments)
        return seen


def define(source: str, name: str, *cells: str, **names: Any) -> Callable[..., Any]:
    """Define a function as a notebook's cell does, with its source at hand; other cells first."""
    names |= {"np": np}
    for cell in (*cells, source):
        place = f"<cell {abs(hash(cell))}>"
        linecache.cache[place] = (len(cell), None, cell.splitlines(True), place)
        exec(compile(cell, place, "exec"), names)
    return names[name]


def _in(name: str, *rows: tuple[Any, ...]) -> tuple[Mistake, ...]:
    return tuple(Mistake(name, *row) for row in rows)


FORWARD_MISTAKES = _in(
    "rnn_forward_cache",
    ("h = np.tanh(a)", "h = a", "h = ", "h", 0),
    ("W_hh @ hs[t]", "W_hh.T @ hs[t]", "a = ", "a", 0),
    (" + b_h", "", "a = ", "a", 0),
    ("W_hh @ hs[t]", "W_hh @ h0", "a = ", "a", 1),
)
BACKWARD_MISTAKES = _in(
    "rnn_bptt",
    ("outer(da, h[t])", "outer(da, h[t + 1])", "dW_hh +=", "dW_hh", 5),
    ("dh * (1 - h[t + 1] ** 2)", "dh", "da = ", "da", 5),
    ("dh * (1 - h[t + 1] ** 2)", "dh * (1 - h[t] ** 2)", "da = ", "da", 5),
    ("W_hh.T @ da", "W_hh @ da", "dh_next = W_hh.T @ da", "dh_next", 5, "for t in"),
    ("W_hh.T @ da", "-W_hh.T @ da", "dh_next = W_hh.T @ da", "dh_next", 5, "for t in"),
    ("dW_hh += ", "dW_hh = ", "dW_hh += ", "dW_hh", 4),
    ("(dL_dh_last if t == T - 1 else 0)", "dL_dh_last", "dh = ", "dh", 4),
    ("dh = dh_next", "dh = 0 * dh_next", "dh = ", "dh", 4),
    ("db_h += da", "db_h += dh", "db_h += ", "db_h", 5),
    ("outer(da, X[t])", "outer(dh, X[t])", "dW_xh +=", "dW_xh", 5),
    ("W_xh.T @ da", "W_xh.T @ dh", "dX[t] = ", "dX", 5),
    ('"b_h": db_h', '"b_h": db_h / T', "return", 'returned["b_h"]', None),
)
