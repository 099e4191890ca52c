"""What an exercise is made of; an instructor writes one of these for a new exercise.

The smallest one has a name, a reference, and one stage with one case. `docs/authoring.md` builds
one from nothing for a GRU cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bptt_lib.checks.diagnosis.laws import Law
from bptt_lib.checks.report import Array

Arrays = Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class Case:
    """One call: a few words that say what is special about it, and its arguments.

    The arguments are copied before each call, so a case may be shared.
    """

    name: str
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Stage:
    """One criterion on values: the cases that must all be right for it.

    ``needs`` names keyword-only extras: the stage is for functions that offer all of them.
    A stage that does not count is reported, and decides nothing.
    """

    name: str
    cases: tuple[Case, ...]
    needs: tuple[str, ...] = ()
    counts: bool = True


@dataclass(frozen=True, eq=False)
class Misconception:
    """A mistake that people make, and the words it earns.

    ``function`` is the mistaken implementation itself: a learner's results that equal its results
    on every case are called by its name. ``same_as`` names misconceptions that no case can tell
    from this one.
    """

    slug: str
    title: str
    explanation: str
    hint: str
    seen: str
    function: Callable[..., Any]
    same_as: tuple[str, ...] = ()


def no_misconceptions() -> tuple[Misconception, ...]:
    """Return the empty catalogue."""
    return ()


def no_slack(case: Case) -> float:
    """Allow nothing beyond the relative error."""
    return 0.0


def same_regime(case: Case) -> str:
    """Treat all cases alike."""
    return ""


def no_laws(case: Case, got: Arrays) -> tuple[Law, ...]:
    """Know of no law."""
    return ()


def no_parts() -> None:
    """Return no implementation in parts."""


def by_its_name(case: Case, name: str) -> str:
    """Call what is judged by the name of the array."""
    return name


def as_returned(case: Case, arrays: Arrays) -> Arrays:
    """Judge what the function returned as it is."""
    return arrays


@dataclass(frozen=True, eq=False)
class Exercise:
    """A function to be written, with everything that is needed to judge it.

    Parameters
    ----------
    name : str
        Name of the function.
    parameters : tuple of str
        Its positional parameters, in order.
    reference : callable
        A right implementation; what it returns on a case is what is expected there.
    stages : tuple of Stage
        Criteria on values in teaching order. The first case of the first stage is also the one on
        which "it runs" and "shapes" are judged.
    hints : tuple of str
        Two or three, from the vaguest to the most definite; none gives the solution away.
    misconceptions : callable
        Returns the catalogue; called only when a function fails.
    shapes : mapping of str to str
        For each array that is returned, its shape in letters, for messages.
    optional : frozenset of str
        Keys that need not be returned, and are judged when they are.
    fresh : str
        Name of the argument which must not itself be returned ("a new dict"), if any.
    time : mapping of str to int
        Arrays whose rows follow time: row ``i`` belongs to step ``i + offset``.
    backward : bool
        Whether the function walks from the last step to the first.
    view : callable
        Turns the arrays returned on a case into those that are judged; by default, themselves.
    label : callable
        ``label(case, name)`` says what it is that is judged, where a ``view`` has changed it.
    label_note : str
        A sentence on what such a label means.
    probe : callable or None
        ``probe(case)`` gives, for each time step, a smaller case which begins (``backward``) or
        ends at that step; used to find the first wrong step when no row of an array shows it.
    parts : callable or None
        ``parts(case)`` gives, for array names, the terms that the expected array is the sum of,
        stacked on axis 0 in order of time.
    right : callable
        Returns the right implementation in exchangeable parts, or None. With it, two
        mistakes at once are found by exchanging two parts.
    regime : callable
        ``regime(case)`` names the kind of case, such as "below the limit"; relations between wrong
        and right arrays are looked for within one kind.
    laws : callable
        ``laws(case, got)`` says what the learner's arrays should obey among themselves.
    tolerance : float
        Relative error that passes; float32 work must.
    slack : callable
        ``slack(case)`` is an absolute error that passes, for arrays that are differences of larger
        ones.
    """

    name: str
    parameters: tuple[str, ...]
    reference: Callable[..., Any]
    stages: tuple[Stage, ...]
    hints: tuple[str, ...] = ()
    misconceptions: Callable[[], tuple[Misconception, ...]] = no_misconceptions
    shapes: Mapping[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    fresh: str = ""
    time: Mapping[str, int] = field(default_factory=dict)
    backward: bool = False
    view: Callable[[Case, Arrays], Arrays] = as_returned
    label: Callable[[Case, str], str] = by_its_name
    label_note: str = ""
    probe: Callable[[Case], tuple[Case, ...]] | None = None
    parts: Callable[[Case], Arrays] | None = None
    right: Callable[[], Any] = no_parts
    regime: Callable[[Case], str] = same_regime
    laws: Callable[[Case, Arrays], tuple[Law, ...]] = no_laws
    tolerance: float = 1e-4
    slack: Callable[[Case], float] = no_slack
