"""Name the mistake: by the catalogue, by what relates wrong arrays to right ones, or not at all.

Whatever is said must be true on every case it is said of; where nothing can be told, what is known
is told.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bptt_lib.checks.diagnosis import laws
from bptt_lib.checks.diagnosis.laws import Finding
from bptt_lib.checks.diagnosis.matching import match, match_two, plain_trials
from bptt_lib.checks.diagnosis.relation import Relation
from bptt_lib.checks.diagnosis.relations import common, relation
from bptt_lib.checks.diagnosis.scaling import same_factor
from bptt_lib.checks.diagnosis.terms import terms_relations
from bptt_lib.checks.exercise import Exercise, Misconception
from bptt_lib.checks.report import Diagnosis
from bptt_lib.checks.trials import Trial


def diagnose(exercise: Exercise, trials: list[Trial], shown: Trial | None) -> Diagnosis | None:
    """Return the name of the mistake; None where there is nothing to go by."""
    plain = plain_trials(trials, shown)
    if all(trial.right for trial in plain):
        return _extra(trials)
    catalogue = exercise.misconceptions()
    found = match(exercise, catalogue, plain)
    if found is not None:
        return Diagnosis(found.slug, found.title, found.explanation, found.hint)
    if not any(trial.got for trial in plain):
        return _unreadable(plain)

    regime = _first_wrong_regime(plain)
    wrong = _wrong_arrays(regime)
    if not wrong:
        return _unreadable(plain)  # all that could be read is right
    related = _relations(regime, wrong)
    if wrong and all(related.values()):
        return _related(related, regime)
    form = _form(regime, wrong)
    if form is not None:
        return form
    two = match_two(exercise, catalogue, plain, exercise.right())
    if two is not None:
        return _two(*two)
    return _by_laws(plain) or _known(wrong, related, plain)


def _extra(trials: list[Trial]) -> Diagnosis | None:
    """Name the extra that is wrong, when all that was asked for is right."""
    wrong = next((t for t in trials if not t.right and t.stage.needs), None)
    if wrong is None:
        return None
    extra = " and ".join(wrong.stage.needs)
    return Diagnosis(
        f"{'-and-'.join(wrong.stage.needs)}-wrong",
        f"The extra {extra} is not right yet",
        f"Without {extra}, all is right. You need not offer it; if you do, it is judged. The first "
        f"case that fails is “{wrong.case.name}”.",
    )


def _unreadable(trials: list[Trial]) -> Diagnosis | None:
    problem = next((trial.form_problem for trial in trials if trial.form_problem), "")
    if not problem:
        return None
    if "is missing" in problem:
        return Diagnosis("keys-differ", "The dict has not the keys asked for", problem)
    return Diagnosis("another-kind-of-result", "What is returned has another form", problem)


def _form(trials: list[Trial], wrong: list[str]) -> Diagnosis | None:
    """Say which shapes are wrong, where no relation explains them."""
    trial = next((trial for trial in trials if trial.form_problem), None)
    if trial is None:
        return None
    return Diagnosis(
        "shapes-differ",
        "A shape is not the one asked for",
        f"In the case “{trial.case.name}”: {trial.form_problem} " + _right_arrays(wrong, trials),
    )


def _first_wrong_regime(trials: list[Trial]) -> list[Trial]:
    """Return the cases of the first kind in which something is wrong, in teaching order."""
    ordered = sorted(trials, key=lambda t: t.exercise.stages.index(t.stage))
    readable = [trial for trial in ordered if trial.got]
    first = next((trial for trial in readable if not trial.right), readable[0])
    kind = first.exercise.regime(first.case)
    return [trial for trial in readable if trial.exercise.regime(trial.case) == kind]


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


def _relations(trials: list[Trial], wrong: list[str]) -> dict[str, Relation | None]:
    related = {name: relation(trials, name) for name in wrong}
    # Weak statements give way to what the terms of the sum say.
    open_ = [n for n, found in related.items() if found is None or found.slug.startswith("wrong-")]
    for trial in sorted(trials, key=lambda t: (len(t.steps), _size(t)), reverse=True):
        if open_ and not trial.right:
            found = terms_relations(trial, open_)
            related |= found
            if found:
                break
    one = common(related.values())
    told = one is not None and one.slug != "scaled-unevenly"
    uneven = any(found is None or found.slug.startswith("scaled") for found in related.values())
    shared = same_factor(trials) if uneven and not told and len(related) > 1 else None
    return dict.fromkeys(related, shared) if shared is not None else related


def _size(trial: Trial) -> int:
    return sum(array.size for array in trial.expected.values())


def _related(related: dict[str, Relation | None], trials: list[Trial]) -> Diagnosis:
    kind = trials[0].exercise.regime(trials[0].case)
    everywhere = f"On every case {kind}" if kind else "On every case"
    right = _right_arrays(related, trials)
    note = _note(trials)
    shared = common(related.values())
    if shared is not None:
        names = _and(_labels(list(related), trials))
        verb = "is" if len(related) == 1 else "are each"
        if shared.slug.startswith("length"):
            verb, names = "are", "All arrays"
        where = _in_case(shared) or everywhere
        return Diagnosis(
            shared.slug,
            _capital(f"{names} {verb} {shared.words.split(':')[0]}"),
            f"{where}: {names} {verb} {shared.words}. {right}{note}".strip(),
        )
    told = _told(related, trials, everywhere)
    slugs = dict.fromkeys(found.slug for found in related.values() if found)
    title = f"{_capital(_and(_labels(list(related), trials)))} are off, each in its own way"
    return Diagnosis("+".join(slugs), title, f"{told} {right}{note}".strip())


def _told(related: dict[str, Relation | None], trials: list[Trial], everywhere: str) -> str:
    """Tell each relation, those of every case first, then those of a single one."""
    by_place: dict[str, list[str]] = {}
    ordered = sorted(related.items(), key=lambda item: bool(item[1] and item[1].case))
    for name, found in ordered:
        if found is not None:
            words = f"{_label(name, trials)} is {found.words}"
            by_place.setdefault(_in_case(found) or everywhere, []).append(words)
    return " ".join(f"{place}: {'; '.join(words)}." for place, words in by_place.items())


def _in_case(found: Relation) -> str:
    return f"In the case “{found.case}”" if found.case else ""


def _label(name: str, trials: list[Trial]) -> str:
    return trials[0].exercise.label(trials[0].case, name)


def _labels(names: list[str], trials: list[Trial]) -> list[str]:
    """Name several at once: the steps of W_xh, W_hh and b_h."""
    labels = [_label(name, trials) for name in names]
    stem = labels[0].removesuffix(names[0])
    if stem and len(names) > 1:
        return [f"{stem.replace('step', 'steps')}{names[0]}", *names[1:]]
    return labels


def _note(trials: list[Trial]) -> str:
    """Say what the label means, where it is not the name."""
    exercise = trials[0].exercise
    names = list(trials[0].expected)
    changed = any(exercise.label(t.case, names[0]) != names[0] for t in trials)
    return f" {exercise.label_note}" if changed else ""


def _capital(words: str) -> str:
    return words[0].upper() + words[1:] if words.startswith("the ") else words


def _two(one: Misconception, other: Misconception) -> Diagnosis:
    return Diagnosis(
        f"{one.slug}+{other.slug}",
        "Two mistakes at once",
        f"(1) {one.title}. {one.explanation} (2) {other.title}. {other.explanation}",
        f"{one.hint} {other.hint}",
    )


def _by_laws(trials: list[Trial]) -> Diagnosis | None:
    """Say what the learner's arrays obey among themselves, if it is not what they should."""
    findings = _findings(trials)
    broken = [f for f in findings if not f.holds]
    if not broken:
        return None
    told = "; ".join(f"{f.what} is {f.formula}" for f in broken)
    kept = [f.what for f in findings if f.holds]
    rest = f" Given that, {_are(kept)} right." if kept else ""
    return Diagnosis(
        "+".join(f"law-of-{f.what.replace('_', '-').replace(' ', '-')}" for f in broken[:2]),
        f"Your {broken[0].what} is {broken[0].formula}",
        f"Worked out from your own values of the steps around it: {told}.{rest} "
        "Compare that, term by term, with the formula of the lesson.",
    )


def _findings(trials: list[Trial]) -> list[Finding]:
    by_name: dict[str, list[laws.Law]] = {}
    for trial in trials:
        if trial.comparable and all(np.isfinite(array).all() for array in trial.got.values()):
            for law in trial.exercise.laws(trial.case, trial.got):
                by_name.setdefault(law.what, []).append(law)
    found = [laws.find(same) for same in by_name.values()]
    told = [finding for finding in found if finding is not None]
    # da_t and dh_t are two views of one step: the shorter formula is the one to tell.
    views = [finding for finding in told if finding.what in ("da_t", "dh_t") and not finding.holds]
    worse = max(views, key=lambda f: len(f.formula)) if len(views) == 2 else None
    return [finding for finding in told if finding is not worse]


def _right_arrays(wrong: Iterable[str], trials: list[Trial]) -> str:
    right = [name for name in trials[0].got if name not in set(wrong)]
    if not right:
        return ""
    return _capital(f"{_are(_labels(right, trials))} right.")


def _known(
    wrong: list[str],
    related: dict[str, Relation | None],
    trials: list[Trial],
) -> Diagnosis:
    ordered = sorted(trials, key=lambda t: t.exercise.stages.index(t.stage))
    first = next(t for t in ordered if not t.right)
    regime = _first_wrong_regime(trials)
    kind = regime[0].exercise.regime(regime[0].case)
    told = [_right_arrays(wrong, regime)]
    told.append(_told(related, regime, f"On every case {kind}" if kind else "On every case"))
    unknown = [name for name in wrong if related.get(name) is None]
    if unknown:
        names = _capital(_and(_labels(unknown, regime)))
        told.append(f"{names}: wrong, in a way that is not in the catalogue.")
    kept = [finding.what for finding in _findings(trials) if finding.holds]
    if kept:
        told.append(
            f"{_and(kept)}: put together rightly from your own values of the other quantities. "
            "It is these that are not right yet."
        )
    told.append(_note(regime).strip())
    told.append(f"The first case that fails is “{first.case.name}” ({first.stage.name}).")
    if ordered.index(first):
        told.append("All cases before it are right: what do they lack that this one has?")
    return Diagnosis(
        "not-recognised",
        "This mistake is not in the catalogue; what is known:",
        " ".join(sentence for sentence in told if sentence),
    )


def _are(names: list[str]) -> str:
    return f"{_and(names)} {'is' if len(names) == 1 else 'are'}"


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
