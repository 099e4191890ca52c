"""A learner's function followed through time, its values laid beside the reference's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .._guards import Floats
from ..recording import Recording, record
from ..rnn import rnn_bptt, rnn_forward_cache
from .judgement import Judgements
from .judging import judge, judge_result
from .moments import Moment, Watched
from .roles import reference_of
from .steps import steps_of
from .trace import watch
from .values import as_array

FOLLOWED: dict[str, Callable[..., Any]] = {
    "rnn_forward_cache": rnn_forward_cache,
    "rnn_bptt": rnn_bptt,
}
RETURNED = "returned"


@dataclass(frozen=True, eq=False)
class Followed:
    """A watched run with its steps and its judgements.

    Parameters
    ----------
    name : str
        ``"rnn_forward_cache"`` or ``"rnn_bptt"``.
    recording : Recording
        The reference's steps on the same case.
    watched : Watched
        The run itself; its last moment is what was returned.
    steps : tuple of int or None
        The time step of each moment; None outside the loop over time.
    judgements : dict
        For (moment, name): the value beside the reference's.
    """

    name: str
    recording: Recording
    watched: Watched
    steps: tuple[int | None, ...]
    judgements: Judgements

    @property
    def backward(self) -> bool:
        """Whether the function walks back through time."""
        return self.name == "rnn_bptt"

    @property
    def has_loop(self) -> bool:
        """Whether a loop over time was found."""
        return any(t is not None for t in self.steps)

    @property
    def departure(self) -> tuple[int, str] | None:
        """The first (moment, name) whose value departs from the reference; None if none does."""
        wrong = [place for place, judgement in self.judgements.items() if judgement.departs]
        return min(wrong, key=lambda place: place[0], default=None)

    @property
    def departure_step(self) -> int | None:
        """The time step to which the first departing value belongs."""
        if self.departure is None:
            return None
        t = self.steps[self.departure[0]]
        judgement = self.judgements[self.departure]
        if t is not None:
            return t
        rows = judgement.wrong
        T = len(self.recording.frames) // 2
        if rows.ndim == 2 and len(rows) - T in (0, 1) and judgement.role.startswith("rows"):
            wrong = np.flatnonzero(rows.any(axis=1)) - (len(rows) - T)
            return int(max(0, wrong.max() if self.backward else wrong.min()))
        return None

    def standing(self, step: int | None = None) -> int:
        """Return the moment to stand at first: the departure, or what is known of a step.

        Parameters
        ----------
        step : int, optional
            The time step to stand at. Where the first departing value was set in another step,
            it is the moment at which this one began, with that value in hand.
        """
        if self.departure is not None and step in (None, self.departure_step):
            return self.departure[0]
        inside = [i for i, t in enumerate(self.steps) if t == step and t is not None]
        wrong = [i for i, _ in self.judgements if i in inside and self._departs_at(i)]
        carried = [i for i in inside[:1] if self._is_in_hand_at(i)]
        found = carried or wrong or self._departure_after_the_loop() or inside[-1:]
        return min(found or [max(0, len(self.steps) - 1)])

    def _departure_after_the_loop(self) -> list[int]:
        """Return the end of the run, for a step that is right in itself or was never come to."""
        outside = self.departure is not None and self.steps[self.departure[0]] is None
        return [self.departure[0]] if self.departure and outside else []

    def _is_in_hand_at(self, moment: int) -> bool:
        """Whether what departed first came before a moment and has not been set since."""
        moments = self.watched.moments
        call = moments[moment].call
        if self.departure is None or self.departure[0] >= moment:
            return False
        # A helper may have set it first, and its caller under a name of its own.
        wrong = [
            (i, name)
            for (i, name), one in self.judgements.items()
            if one.departs and i < moment and moments[i].call == call
        ]
        return any(
            all(name not in one.changed or one.call != call for one in moments[i + 1 : moment + 1])
            for i, name in wrong
            if self.steps[i] == self.steps[self.departure[0]]
        )

    def _departs_at(self, i: int) -> bool:
        return any(one.departs for (moment, _), one in self.judgements.items() if moment == i)


def follow(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    keywords: Mapping[str, Any] | None = None,
    *,
    name: str | None = None,
) -> Followed:
    """Run a learner's function, watched, and lay each value beside the reference's.

    Parameters
    ----------
    function : callable
        The function, written in Python.
    arguments : sequence
        Its positional arguments: those of `rnn_forward_cache` or `rnn_bptt`.
    keywords : mapping, optional
        Its keyword arguments.
    name : str, optional
        Which of the two it is meant to be; by default, the function's own name.

    Returns
    -------
    Followed

    Raises
    ------
    ValueError
        If the function is neither of the two, or if none of its lines ran.

    Examples
    --------
    >>> def rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h):
    ...     h, hs = h0, [h0]
    ...     for x in X_seq:
    ...         h = W_xh @ x + W_hh @ h + b_h
    ...         hs.append(h)
    ...     return {"hidden_states": np.array(hs)}
    >>> case = np.ones((2, 1)), np.zeros(1), np.ones((1, 1)), np.ones((1, 1)), np.zeros(1)
    >>> followed = follow(rnn_forward_cache, case)
    >>> followed.steps
    (None, 0, 0, 0, 1, 1, 1, None, None, None)
    """
    name = name or function.__name__
    if name not in FOLLOWED:
        raise ValueError(
            f"function: expected {' or '.join(FOLLOWED)}, got {name}; only functions that walk "
            "through time can be stepped through"
        )
    keywords = dict(keywords or {})
    backward = name == "rnn_bptt"
    recording = _recording(name, arguments, keywords)
    watched = watch(function, *arguments, **keywords)
    moments = watched.moments
    if not moments:
        raise ValueError(
            "function: none of its own lines ran when it was called; one that holds `yield` only "
            "makes a generator, use `return`"
        )
    reference = reference_of(recording, backward=backward)
    steps = steps_of(watched, reference)
    result = _readable(watched.result)
    judged = judge(watched, steps, result, reference)
    if not watched.error:
        end = _returned(moments[-1], result)
        expected = _readable(FOLLOWED[name](*arguments, **keywords))
        for (_, key), judgement in judge_result(result, expected).items():
            judged[len(moments), f'{RETURNED}["{key}"]'] = judgement
        watched = replace(watched, moments=(*moments, end))
        steps.append(None)
    return Followed(name, recording, watched, tuple(steps), judged)


def _returned(last: Moment, result: Mapping[str, Floats]) -> Moment:
    values = {f'{RETURNED}["{key}"]': value for key, value in result.items()}
    return Moment(last.line, {**last.values, **values}, tuple(values))


def _recording(name: str, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Recording:
    if name == "rnn_forward_cache":
        X_seq, h0, W_xh, W_hh, b_h = arguments
        return record(X_seq, h0, W_xh, W_hh, b_h, np.zeros(len(h0)))
    cache, dL_dh_last, W_xh, W_hh = arguments
    X, h, a = (np.asarray(cache[k]) for k in ("inputs", "hidden_states", "pre_activations"))
    b_h = a[0] - W_xh @ X[0] - W_hh @ h[0]  # (H,)  the cache has no bias, but its first step does
    return record(X, h[0], W_xh, W_hh, b_h, dL_dh_last, **keywords)


def _readable(result: Any) -> dict[str, Floats]:
    if not isinstance(result, Mapping):
        return {}
    arrays = {str(key): as_array(value) for key, value in result.items()}
    return {key: array for key, array in arrays.items() if array is not None}
