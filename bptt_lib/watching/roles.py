"""What a variable stands for: which of the reference's quantities it is to be compared with.

A name says much and may mislead; a value says more and may be wrong, which is the very case
of interest. So each place where a variable is set is asked for its values first (does it agree
with one quantity at every step?), then for where it ends up in the result, then for its name,
and last for what stands to the right of its equals sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .._guards import Floats
from ..recording import Recording

Marks = NDArray[np.bool_]

PARAMETERS = ("W_xh", "W_hh", "b_h")

# Names that people give, without underscores and in small letters.
_FORWARD = {
    "h": "h ht hnew newh hidden state hcurr curh hcur hn",
    "a": "a at z zt pre preact preactivation preactivations net raw act s",
    "h_prev": "hprev prevh hlast previous",
    "x": "x xt xi inp",
    "from_input": "wxx frominput inputpart",
    "from_past": "whh frompast recurrent hiddenpart",
}
_BACKWARD = {
    "dh": "dh dht dhtotal dhsum gradh dhidden totaldh dldh dhcurr dhcur dhnow deltah gradht",
    "dh_prev": "dhnext dhprev dhfuture dhfromfuture fromfuture dhback carry dhcarry nextdh future",
    "da": "da dat dz dzt draw dhraw dpre dpreact dpreactivation delta dnet grada dact dldat dlda",
    "slope": "slope tanhslope tanhgrad tanhprime tanhderiv dtanhda deriv dtanhdz localgrad gate",
    "dx": "dx dxt gradx",
    "dh_from_loss": "dhfromloss dhloss fromloss",
    "W_xh": "dwxh dwx gradwxh gwxh wxhgrad dldwxh gxh dwih",
    "W_hh": "dwhh dwh gradwhh gwhh whhgrad dldwhh ghh",
    "b_h": "dbh db gradbh gradb gbh bgrad dldbh",
    "h_prev": "hprev prevh hlast",
    "x": "x xt",
    "h": "h ht",
}
_EITHER = {"dtanh": ("da", "slope"), "dh": ("dh", "dh_prev"), "dht": ("dh", "dh_prev")}


@dataclass(frozen=True)
class Reference:
    """The reference's values, by quantity: one for each step, and the sums at the end."""

    steps: Mapping[str, tuple[Floats, ...]]
    sums: Mapping[str, Floats]
    backward: bool

    @property
    def T(self) -> int:  # noqa: N802  the letter of the course
        """How many steps there are."""
        return len(next(iter(self.steps.values())))

    def rows(self, role: str) -> Floats:
        """Return a quantity of all steps as one array, with time along its rows."""
        return np.array(self.steps[role])


def reference_of(recording: Recording, *, backward: bool) -> Reference:
    """Sort the values of a recording by quantity."""
    T = len(recording.frames) // 2
    frames = recording.frames[:T] if not backward else recording.frames[T:][::-1]
    steps = {
        name: tuple(getattr(frame, part)[name] for frame in frames)
        for part in ("reads", "computes")
        for name in getattr(frames[0], part)
        if name != "dh_cut"
    }
    if backward:
        steps |= {name: tuple(frame.adds[name] for frame in frames) for name in PARAMETERS}
    sums = dict(recording.frames[-1].totals) if backward else {}
    return Reference(steps, sums, backward)


def named_roles(name: str, *, backward: bool) -> tuple[str, ...]:
    """Return the quantities that a variable of this name may stand for."""
    key = re.search(r'\["(\w+)"\]$', name)
    if key and key[1] in PARAMETERS and backward:
        return (key[1],)
    bare = re.sub(r"[^a-z]", "", (key[1] if key else name).lower())
    for spelling in (bare, re.sub(r"(seq|list|all|s)$", "", bare)):
        if backward and spelling in _EITHER:
            return _EITHER[spelling]
        table = _BACKWARD if backward else _FORWARD
        found = tuple(role for role, names in table.items() if spelling in names.split())
        if found:
            return found
    return ()


def role_from_source(right_side: str, *, backward: bool) -> str | None:
    """Guess a quantity from the expression that it is set to."""
    if not backward:
        if "tanh" in right_side:
            return "h"
        return "a" if "W_hh" in right_side or "W_xh" in right_side else None
    if "W_hh" in right_side:
        return "dh_prev"
    if "W_xh" in right_side:
        return "dx"
    return "da" if "** 2" in right_side or "tanh" in right_side else None


def agrees(got: Floats, expected: Floats) -> bool:
    """Whether two arrays are equal up to rounding, float32 included."""
    return got.shape == expected.shape and not wrong_entries(got, expected).any()


def wrong_entries(got: Floats, expected: Floats) -> Marks:
    """Return where `got` is not `expected`, for arrays of one shape."""
    scale = float(np.max(np.abs(expected), initial=0.0))
    allowed = 1e-4 * np.abs(expected) + 2e-5 * scale + 1e-9
    with np.errstate(all="ignore"):
        return np.asarray(~(np.abs(got - expected) <= allowed))
