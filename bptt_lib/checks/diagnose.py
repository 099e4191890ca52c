"""Name the mistake: by the catalogue, by what relates wrong arrays to right ones, or not at all.

Whatever is said must be true on every case; where nothing can be told, what is known is told.
"""

from __future__ import annotations

from collections.abc import Iterable

from bptt_lib.checks.exercise import Exercise, Misconception
from bptt_lib.checks.matching import match, match_two, plain_trials
from bptt_lib.checks.relations import Relation, common, relation
from bptt_lib.checks.report import Diagnosis
from bptt_lib.checks.terms import terms_relation
from bptt_lib.checks.trials import Trial


def diagnose(
    exercise: Exercise, trials: list[Trial], shown: Trial | None, step_sentence: str = ""
) -> Diagnosis | None:
    """Return the name of the mistake; None where there is nothing to go by."""
    plain = plain_trials(trials, shown)
    if all(trial.right for trial in plain):
        return None
    catalogue = exercise.misconceptions()
    found = match(exercise, catalogue, plain)
    if found is not None:
        return _named(found)
    if not any(trial.got for trial in plain):
        return None
    wrong = _wrong_arrays(plain)
    related = {name: _relation(plain, shown, name) for name in wrong}
    if related and all(related.values()):
        return _related(related, plain)
    two = match_two(exercise, catalogue, plain, exercise.right())
    if two is not None:
        return _two(*two)
    return _known(wrong, related, plain, step_sentence)


def _named(misconception: Misconception) -> Diagnosis:
    return Diagnosis(
        misconception.slug,
        misconception.title,
        misconception.explanation,
        misconception.hint,
    )


def _two(one: Misconception, other: Misconception) -> Diagnosis:
    return Diagnosis(
        f"{one.slug}+{other.slug}",
        "Two mistakes at once",
        f"(1) {one.title}. {one.explanation} (2) {other.title}. {other.explanation}",
        f"{one.hint} {other.hint}",
    )


def _wrong_arrays(trials: Iterable[Trial]) -> list[str]:
    """Return the names of the arrays that are wrong on some case, in their order."""
    names: dict[str, bool] = {}
    for trial in trials:
        for name, right in trial.expected.items():
            if name in trial.got:
                wrong = trial.wrong.get(name)
                bad = trial.got[name].shape != right.shape or (wrong is not None and wrong.any())
                names[name] = names.get(name, False) or bool(bad)
    return [name for name, bad in names.items() if bad]


def _relation(trials: list[Trial], shown: Trial | None, name: str) -> Relation | None:
    comparable = [trial for trial in trials if trial.got]
    found = relation(comparable, name)
    if found is None and shown is not None and shown.got:
        found = terms_relation(shown, name)
    return found


def _related(related: dict[str, Relation | None], trials: list[Trial]) -> Diagnosis:
    shared = common(related.values())
    right = _right_arrays(related, trials)
    if shared is not None:
        names = _and(list(related))
        verb = "is" if len(related) == 1 else "are each"
        return Diagnosis(
            shared.slug,
            f"{names}: {shared.words}",
            f"On every case, {names} {verb} {shared.words}. {right}".strip(),
        )
    told = "; ".join(f"{name} is {found.words}" for name, found in related.items() if found)
    slugs = dict.fromkeys(found.slug for found in related.values() if found)
    return Diagnosis("+".join(slugs), "More than one thing is off", f"{told}. {right}".strip())


def _right_arrays(wrong: Iterable[str], trials: list[Trial]) -> str:
    right = [name for name in trials[0].got if name not in set(wrong)]
    if not right:
        return ""
    return f"{_and(right)} {'is' if len(right) == 1 else 'are'} right."


def _known(
    wrong: list[str],
    related: dict[str, Relation | None],
    trials: list[Trial],
    step_sentence: str,
) -> Diagnosis:
    ordered = sorted(trials, key=lambda t: t.exercise.stages.index(t.stage))
    told = []
    good = [t for t in ordered if t.right]
    first = next(t for t in ordered if not t.right)
    told.append(_right_arrays(wrong, trials))
    told += [f"{name} is {found.words}." for name, found in related.items() if found]
    unknown = [name for name in wrong if related.get(name) is None]
    if unknown:
        told.append(f"{_and(unknown)}: wrong, in a way that is not in the catalogue.")
    if good:
        told.append(f"The first case that fails is “{first.case.name}” ({first.stage.name}).")
        before = ordered[: ordered.index(first)]
        if before:
            told.append("All cases before it are right: what do they lack that this one has?")
    told.append(step_sentence)
    return Diagnosis(
        "not-recognised",
        "This mistake is not in the catalogue; what is known:",
        " ".join(sentence for sentence in told if sentence),
    )


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
