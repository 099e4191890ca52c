"""The report as HTML: native elements only, no script, readable without its style sheet."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

import numpy as np

from bptt_lib.checks import wording
from bptt_lib.checks.questions import QuestionReport
from bptt_lib.checks.report import Array, Comparison, Criterion, Report


def as_html(report: Report) -> str:
    """Return one element that holds the whole report."""
    diagnosis = report.diagnosis.slug if report.diagnosis else ""
    return element(report.exercise, report.status, diagnosis, "".join(_blocks(report)))


def element(name: str, status: str, diagnosis: str, inner: str) -> str:
    """Wrap the blocks of a report or a question in the element that the page knows it by."""
    return (
        f'<section class="bptt-check" aria-label="Check of {escape(name)}" '
        f'data-bptt-check="{escape(name)}" data-status="{status}" '
        f'data-diagnosis="{escape(diagnosis)}">'
        f"<style>{_style()}</style>{inner}</section>"
    )


def question_as_html(report: QuestionReport) -> str:
    """Return the verdict on an answer, as one element."""
    choices = "".join(
        f"<li><strong>{escape(letter)}</strong> {escape(text)}</li>"
        for letter, text in report.choices.items()
    )
    shown = f'<ul class="bptt-criteria">{choices}</ul>' if choices and not report.passed else ""
    status = "passed" if report.passed else "failed"
    inner = f"{verdict(report.mark, report.verdict)}{shown}<p>{escape(report.message)}</p>"
    return element(report.exercise, status, "" if report.answered else "not-answered-yet", inner)


def verdict(mark: str, sentence: str) -> str:
    """Return the first line, which a screen reader speaks as it appears."""
    return (
        f'<p class="bptt-verdict" role="status"><span aria-hidden="true">{mark}</span> '
        f"{escape(sentence)}</p>"
    )


@cache
def _style() -> str:
    return (files("bptt_lib.checks") / "report.css").read_text(encoding="utf-8")


def _blocks(report: Report) -> list[str]:
    return [
        verdict(wording.MARKS[report.passed], report.verdict),
        _diagnosis(report),
        _strip(report),
        _comparison(report.comparison),
        _criteria(report),
        _printed(report),
        _help(report),
        _small(wording.tries_sentence(report)),
    ]


def _small(text: str) -> str:
    return f'<p class="bptt-small">{escape(text)}</p>' if text else ""


def _diagnosis(report: Report) -> str:
    if report.diagnosis is None:
        return ""
    return (
        f'<div class="bptt-diagnosis"><p><strong>{escape(report.diagnosis.title)}</strong></p>'
        f"<p>{escape(report.diagnosis.explanation)}</p></div>"
    )


def _strip(report: Report) -> str:
    sentence = wording.step_sentence(report)
    text = f"<p>{escape(sentence)}</p>" if sentence else ""
    states = wording.step_states(report)
    if not states:
        return text
    items = "".join(
        _strip_item(t, state, t == report.first_wrong_step) for t, state in enumerate(states)
    )
    return f'{text}<ol class="bptt-strip" aria-label="Time steps" start="0">{items}</ol>'


def _strip_item(t: int, right: bool | None, first: bool) -> str:
    state = wording.STEPS[right]
    note = ", the first wrong one" if first else ""
    classes = f"bptt-{state.replace(' ', '-')}" + (" bptt-first" if first else "")
    return (
        f'<li class="{classes}"><span class="bptt-unseen">step </span>{t} '
        f'<span aria-hidden="true">{wording.MARKS[right]}</span>'
        f'<span class="bptt-unseen">{state}{note}</span></li>'
    )


def _comparison(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    title = f"<p>{escape(wording.comparison_title(comparison))}.</p>"
    if not comparison.is_small:
        return title
    pattern = wording.number_format(comparison)
    yours = _table("yours", comparison.got, comparison.wrong, pattern)
    expected = _table("expected", comparison.expected, np.zeros_like(comparison.wrong), pattern)
    return f'{title}<div class="bptt-pair">{yours}{expected}</div>'


def _table(caption: str, array: Array, wrong: Array, pattern: str) -> str:
    body = "".join(
        "<tr>"
        + "".join(_cell(x, bad, pattern) for x, bad in zip(row, marks, strict=True))
        + "</tr>"
        for row, marks in zip(wording.rows(array), wording.rows(wrong), strict=True)
    )
    return f"<table><caption>{caption}</caption><tbody>{body}</tbody></table>"


def _cell(x: float, bad: bool, pattern: str) -> str:
    number = escape(pattern.format(x).replace("-", "\N{MINUS SIGN}"))
    if not bad:
        return f"<td>{number}</td>"
    return (
        f'<td class="bptt-wrong"><span aria-hidden="true">✗ </span><mark>{number}</mark>'
        '<span class="bptt-unseen"> differs</span></td>'
    )


def _criteria(report: Report) -> str:
    items = "".join(_criterion(criterion) for criterion in report.criteria)
    shown = "" if report.passed else " open"
    summary = "<summary>What was checked</summary>"
    return f'<details{shown}>{summary}<ul class="bptt-criteria">{items}</ul></details>'


def _criterion(criterion: Criterion) -> str:
    state = wording.STATES[criterion.passed]
    message = "" if criterion.passed is None else f"<div>{escape(criterion.message)}</div>"
    return (
        f'<li class="bptt-{state.replace(" ", "-")}">'
        f'<span aria-hidden="true">{wording.MARKS[criterion.passed]}</span> '
        f"<strong>{escape(criterion.name)}</strong> <span>({state})</span>{message}</li>"
    )


def _printed(report: Report) -> str:
    if not report.printed.strip():
        return ""
    return (
        "<details><summary>What your function printed</summary>"
        f"<pre>{escape(report.printed)}</pre></details>"
    )


def _help(report: Report) -> str:
    """Nest each hint in the one before it, and the solution in the last."""
    inner = ""
    if report.solution:
        title = "Compare with the library's own" if report.passed else "The solution"
        inner = (
            f"<details><summary>{escape(title)}</summary>"
            f"<pre><code>{escape(report.solution)}</code></pre></details>"
        )
    if report.passed:
        return inner
    for title, hint in reversed(list(zip(wording.hint_titles(report), report.hints, strict=True))):
        inner = f"<details><summary>{title}</summary><p>{escape(hint)}</p>{inner}</details>"
    return inner
