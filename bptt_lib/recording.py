"""The steps of a run, forward and then backward through time, written down as plain data.

`rnn.py` computes with whole sequences; here the same run is taken apart into what
happens at each step, so that it can be shown. Only NumPy arrays in dictionaries: whoever
draws them needs to know nothing of how they came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._guards import Floats, backward_arguments
from .rnn import rnn_forward_cache

Arrays = Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class Frame:
    """One step of a run: what is read, what is computed, what is added where.

    Parameters
    ----------
    phase : str
        ``"forward"`` or ``"backward"``.
    t : int
        The time step, counted from 0.
    reads : mapping of str to array
        What the step takes as given. Forward: ``x`` (D,) and ``h_prev`` (H,). Backward: the
        same two and ``h`` (H,), all from the cache, with the gradients that arrive,
        ``dh_from_loss`` (H,) and ``dh_from_future`` (H,).
    computes : mapping of str to array
        Forward: ``from_input`` (H,), ``from_past`` (H,), ``a`` (H,), ``h`` (H,). Backward:
        ``dh`` (H,), ``slope`` (H,), ``da`` (H,), ``dx`` (D,), ``dh_prev`` (H,), which is
        ``dh_from_future`` of the step before, and ``dh_cut`` (H,), which truncation stops.
    adds : mapping of str to array
        This step's share of each gradient, under the parameter's own name; empty on the way
        forward.
    totals : mapping of str to array
        Each gradient so far, this step's share included; empty on the way forward.
    """

    phase: str
    t: int
    reads: Arrays
    computes: Arrays
    adds: Arrays
    totals: Arrays

    def to_dict(self) -> dict[str, Any]:
        """Return the frame as lists, numbers and strings."""
        return {
            "phase": self.phase,
            "t": self.t,
            "reads": _as_lists(self.reads),
            "computes": _as_lists(self.computes),
            "adds": _as_lists(self.adds),
            "totals": _as_lists(self.totals),
        }


@dataclass(frozen=True, eq=False)
class Recording:
    """A whole run: what went in, and its 2 T frames in the order in which they happened.

    Parameters
    ----------
    inputs : mapping of str to array
        ``X_seq`` (T, D), ``h0`` (H,), ``W_xh`` (H, D), ``W_hh`` (H, H), ``b_h`` (H,) and
        ``dL_dh_seq`` (T, H), the gradient that arrives at each hidden state from its loss.
    truncation : int or None
        How many steps back a gradient may flow; ``None`` for all.
    frames : tuple of Frame
        T frames forward (t = 0 ... T - 1), then T frames backward (t = T - 1 ... 0).
    source : str
        Whose run it is: ``"reference"`` or ``"yours"``.
    """

    inputs: Arrays
    truncation: int | None
    frames: tuple[Frame, ...]
    source: str = "reference"

    def frame(self, phase: str, t: int) -> Frame:
        """Return the frame of one step.

        Parameters
        ----------
        phase : str
            ``"forward"`` or ``"backward"``.
        t : int
            The time step, counted from 0.

        Returns
        -------
        Frame

        Raises
        ------
        KeyError
            If the run has no such step.
        """
        for frame in self.frames:
            if (frame.phase, frame.t) == (phase, t):
                return frame
        raise KeyError(
            f"no {phase} frame at t = {t}: phase is 'forward' or 'backward' "
            f"and t counts from 0 to {len(self.frames) // 2 - 1}"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the run as lists, numbers and strings, ready for `json.dumps`."""
        return {
            "source": self.source,
            "inputs": _as_lists(self.inputs),
            "truncation": self.truncation,
            "frames": [frame.to_dict() for frame in self.frames],
        }


def record(
    X_seq: ArrayLike,
    h0: ArrayLike,
    W_xh: ArrayLike,
    W_hh: ArrayLike,
    b_h: ArrayLike,
    dL_dh_last: ArrayLike | None = None,
    *,
    dL_dh_seq: ArrayLike | None = None,
    truncation: int | None = None,
) -> Recording:
    """Run an RNN forward and backward through time and write down every step.

    Parameters
    ----------
    X_seq : array_like, shape (T, D)
        The sequence.
    h0 : array_like, shape (H,)
        The hidden state before the first step.
    W_xh, W_hh, b_h : array_like, shapes (H, D), (H, H), (H,)
        The cell's parameters.
    dL_dh_last : array_like, shape (H,), optional
        Gradient of the loss with respect to the last hidden state.
    dL_dh_seq : array_like, shape (T, H), optional
        Gradients that arrive at each hidden state from its own output.
    truncation : int, optional
        The most edges h_t -> h_{t-1} that a gradient crosses, counted from the step where it
        arrives; by default it flows all the way.

    Returns
    -------
    Recording

    Raises
    ------
    ValueError, TypeError
        As `rnn_forward_cache` and `rnn_bptt` do; and if neither gradient is given.

    Notes
    -----
    On the way back, each step adds two gradients and passes one on::

        dh_t = dh_from_loss + dh_from_future
        da_t = dh_t * (1 - h_t ** 2)
        dW_xh += outer(da_t, x_t)    dW_hh += outer(da_t, h_{t-1})    db_h += da_t
        dh_from_future of step t - 1 = W_hh.T @ da_t

    References
    ----------
    P. J. Werbos, "Backpropagation through time: what it does and how to do it",
    Proceedings of the IEEE 78 (1990).

    Examples
    --------
    >>> run = record(X_seq=[[1.0], [0.0]], h0=[0.0], W_xh=[[0.5]], W_hh=[[2.0]], b_h=[0.0],
    ...              dL_dh_last=[1.0])
    >>> [(frame.phase, frame.t) for frame in run.frames]
    [('forward', 0), ('forward', 1), ('backward', 1), ('backward', 0)]
    >>> run.frame("backward", 0).reads["dh_from_future"].round(4)
    array([0.9403])
    """
    if dL_dh_last is None and dL_dh_seq is None:
        raise ValueError(
            "record needs a gradient to send back: pass dL_dh_last (H,), dL_dh_seq (T, H), or both"
        )
    cache = rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h)
    X, states = cache["inputs"], cache["hidden_states"]  # (T, D), (T + 1, H)
    if X.ndim != 2:
        raise ValueError(
            f"X_seq: expected one sequence of shape (T, D), got shape {X.shape}; "
            "record one sequence of a batch at a time, for example X_seq[:, 0]"
        )
    last = np.zeros_like(states[0]) if dL_dh_last is None else dL_dh_last
    X, states, last, W_x, W_h, arrivals = backward_arguments(
        cache, last, W_xh, W_hh, dL_dh_seq, truncation
    )
    arrivals = np.zeros_like(states[1:]) if arrivals is None else arrivals.copy()  # (T, H)
    arrivals[-1] += last
    inputs = {
        "X_seq": X,
        "h0": states[0],
        "W_xh": W_x,
        "W_hh": W_h,
        "b_h": np.asarray(b_h, dtype=states.dtype),
        "dL_dh_seq": arrivals,
    }
    forward = _forward_frames(cache, W_x, W_h)
    backward = _backward_frames(cache, arrivals, W_x, W_h, truncation)
    return Recording(_frozen(inputs), truncation, (*forward, *backward))


def _forward_frames(cache: Arrays, W_xh: Floats, W_hh: Floats) -> Iterator[Frame]:
    X, states, pre = cache["inputs"], cache["hidden_states"], cache["pre_activations"]
    for t, (x, h_prev, a, h) in enumerate(zip(X, states[:-1], pre, states[1:], strict=True)):
        yield _frame(
            "forward",
            t,
            reads={"x": x, "h_prev": h_prev},
            computes={"from_input": W_xh @ x, "from_past": W_hh @ h_prev, "a": a, "h": h},
        )


def _backward_frames(
    cache: Arrays, arrivals: Floats, W_xh: Floats, W_hh: Floats, truncation: int | None
) -> Iterator[Frame]:
    X, states = cache["inputs"], cache["hidden_states"]  # (T, D), (T + 1, H)
    totals = {"W_xh": np.zeros_like(W_xh), "W_hh": np.zeros_like(W_hh), "b_h": 0 * states[0]}
    # What reaches this step from later ones, youngest first: row k has crossed k + 1 edges.
    # Only truncation has to tell them apart; without it one row holds their sum.
    from_future = np.zeros((0, states.shape[1]), dtype=states.dtype)  # (k, H)
    for t in reversed(range(len(X))):
        x, h_prev, h = X[t], states[t], states[t + 1]
        waves = np.vstack([arrivals[t], from_future])  # (k + 1, H)
        dh = waves.sum(axis=0)  # (H,)
        slope = 1 - h**2  # (H,)
        da = dh * slope  # (H,)
        passed = (dh[None] if truncation is None else waves) * slope @ W_hh  # rows: W_hh.T @ da
        limit = len(passed) if truncation is None else truncation
        adds = {"W_xh": np.outer(da, x), "W_hh": np.outer(da, h_prev), "b_h": da}
        totals = {name: totals[name] + share for name, share in adds.items()}
        yield _frame(
            "backward",
            t,
            reads={
                "x": x,
                "h_prev": h_prev,
                "h": h,
                "dh_from_loss": arrivals[t],
                "dh_from_future": from_future.sum(axis=0),
            },
            computes={
                "dh": dh,
                "slope": slope,
                "da": da,
                "dx": W_xh.T @ da,
                "dh_prev": passed[:limit].sum(axis=0),
                "dh_cut": passed[limit:].sum(axis=0),
            },
            adds=adds,
            totals=totals,
        )
        from_future = passed[:limit]


def _frame(
    phase: str,
    t: int,
    reads: Arrays,
    computes: Arrays,
    adds: Arrays = MappingProxyType({}),
    totals: Arrays = MappingProxyType({}),
) -> Frame:
    return Frame(phase, t, _frozen(reads), _frozen(computes), _frozen(adds), _frozen(totals))


def _frozen(arrays: Arrays) -> Arrays:
    copies = {name: np.array(array) for name, array in arrays.items()}
    for copy in copies.values():
        copy.flags.writeable = False
    return MappingProxyType(copies)


def _as_lists(arrays: Arrays) -> dict[str, Any]:
    return {name: array.tolist() for name, array in arrays.items()}
