"""The report: its contract, its two forms, and that they say the same."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

import bptt_lib
from bptt_lib.checks import Report, answer, check, hint, session
from bptt_lib.checks.exercises import COURSE, find


class Page(HTMLParser):
    """Collects elements, and text outside style sheets."""

    VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def having(self, attribute: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.elements if attribute in attrs]


def wrong_rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    print("<b>looking</b> at", cache["inputs"].shape)
    X, h = cache["inputs"], cache["hidden_states"]
    grads = {"W_xh": 0, "W_hh": 0, "b_h": 0, "X_seq": np.zeros_like(X)}
    dh = dL_dh_last
    for t in reversed(range(len(X))):
        da = dh * (1 - h[t + 1] ** 2)
        grads["W_xh"] = grads["W_xh"] + np.outer(da, X[t])
        grads["W_hh"] = grads["W_hh"] + np.outer(da, h[t])
        grads["b_h"] = grads["b_h"] + da
        grads["X_seq"][t] = W_xh.T @ da
        dh = W_hh @ da
    return grads


def scaffold(X_seq, h0, W_xh, W_hh, b_h):
    """Unroll."""
    raise NotImplementedError("unroll the RNN here")


@pytest.fixture
def report() -> Report:
    return check(wrong_rnn_bptt, "rnn_bptt")


def test_a_report_is_frozen_and_has_the_contract_s_fields(report: Report) -> None:
    names = {f.name for f in dataclasses.fields(report)}
    wanted = {"exercise", "passed", "criteria", "diagnosis", "first_wrong_step"}
    assert wanted <= names
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.passed = True  # type: ignore[misc]
    assert {c.passed for c in report.criteria} <= {True, False, None}


def test_the_first_wrong_step_of_a_backward_pass_is_the_latest_one(report: Report) -> None:
    assert report.first_wrong_step == 4  # T = 6: step 5 has no future yet
    assert report.steps == (False, False, False, False, False, True)


def test_html_has_one_element_with_the_contract_s_attributes(report: Report) -> None:
    page = Page(report._repr_html_())
    (element,) = page.having("data-bptt-check")
    assert element["data-bptt-check"] == "rnn_bptt"
    assert element["data-status"] == "failed"
    assert element["data-diagnosis"] == "W_hh-not-transposed"


def test_html_of_a_pass(capsys: pytest.CaptureFixture[str]) -> None:
    page = Page(check(bptt_lib.rnn_bptt)._repr_html_())
    (element,) = page.having("data-bptt-check")
    assert element["data-status"] == "passed"
    assert element["data-diagnosis"] == ""
    assert "Compare with the library's own" in page.text


def test_the_verdict_is_a_live_region_and_nothing_needs_a_script(report: Report) -> None:
    page = Page(report._repr_html_())
    assert [a["role"] for a in page.having("role")] == ["status"]
    tags = {tag for tag, _ in page.elements}
    assert "script" not in tags
    assert not any(name.startswith("on") for _, attrs in page.elements for name in attrs)


def test_wrong_entries_and_steps_are_told_in_words_not_by_colour_alone(report: Report) -> None:
    page = Page(report._repr_html_())
    assert page.text.count("differs") >= report.comparison.wrong.sum()
    assert "wrong, the first wrong one" in page.text


def test_what_the_function_prints_is_escaped(report: Report) -> None:
    html = report._repr_html_()
    assert "<b>looking" not in html
    assert "&lt;b&gt;looking" in html


def test_hints_are_nested_and_counted_and_end_in_the_solution(report: Report) -> None:
    page = Page(report._repr_html_())
    n = len(report.hints)
    places = [page.text.index(f"Hint {i} of {n}") for i in range(1, n + 1)]
    assert places == sorted(places)
    assert places[-1] < page.text.index("The solution")
    assert "def rnn_bptt(" in page.text


def test_both_forms_say_the_same(report: Report) -> None:
    html = Page(report._repr_html_()).text.replace("\N{MINUS SIGN}", "-")
    text = " ".join(str(report).split())
    assert report.verdict in html
    assert report.verdict in text
    assert report.diagnosis.title in html
    assert report.diagnosis.title in text
    assert " ".join(report.diagnosis.explanation.split()) in html
    assert " ".join(report.diagnosis.explanation.split()) in text
    for criterion in report.criteria:
        assert criterion.name in html
        assert f"{criterion.name} (" in text
        assert criterion.message in html
        assert " ".join(criterion.message.split()) in text
    numbers = re.findall(r"-?\d\.\d+", text)
    assert numbers
    assert all(number in html for number in numbers)


def test_a_scaffold_fails_kindly() -> None:
    report = check(scaffold, "rnn_forward_cache")
    assert not report.passed
    assert report.diagnosis.slug == "not-written-yet"
    assert "unroll the RNN here" in report.criteria[0].message
    assert all(c.passed is None for c in report.criteria[1:-1])
    assert "Traceback" not in str(report)


@pytest.mark.parametrize("name", COURSE)
def test_a_body_without_return_is_told_so(name: str) -> None:
    space: dict[str, Any] = {}
    exec(f"def {name}(*arguments):\n    x = 1", space)
    report = check(space[name])
    assert report.diagnosis.slug == "returns-nothing"


def test_an_empty_body_is_a_scaffold() -> None:
    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
        """Later."""

    assert check(rnn_bptt).diagnosis.slug == "not-written-yet"


def test_an_exception_is_shown_as_the_learner_s_own_line() -> None:
    def clip_gradients(grads, max_norm):
        return np.sqrt(sum(grads.values()))

    message = check(clip_gradients).criteria[0].message
    assert "return np.sqrt(sum(grads.values()))" in message
    assert "Shapes do not fit together" in message


def test_a_misspelt_name_is_told_apart() -> None:
    def clip_gradients(grads, max_norm):
        return {k: g * max_nrom for k, g in grads.items()}  # noqa: F821

    message = check(clip_gradients).criteria[0].message
    assert "did you mean max_norm?" in message


@pytest.mark.parametrize(
    "thing", [None, 3, "text", dict, lambda: None, lambda a, b, c: a], ids=repr
)
def test_whatever_is_checked_a_report_comes_back(thing: Any) -> None:
    assert not check(thing, "clip_gradients").passed
    assert not check(thing).passed


def test_parameters_in_another_order_are_named() -> None:
    def clip_gradients(max_norm, grads):
        return grads

    assert "another order" in check(clip_gradients).criteria[0].message


def test_an_unknown_name_is_told() -> None:
    def my_function(x):
        return x

    assert "rnn_bptt" in check(my_function).criteria[0].message


def test_tries_and_hints_are_counted_for_the_learner() -> None:
    session.forget()
    check(scaffold, "rnn_forward_cache")  # no try
    check(wrong_rnn_bptt, "rnn_bptt")
    report = check(wrong_rnn_bptt, "rnn_bptt")
    assert report.tries == 2
    n = len(report.hints)
    given = [hint("rnn_bptt") for _ in range(n + 1)]
    assert [h.title for h in given[:n]] == [f"Hint {i} of {n}" for i in range(1, n + 1)]
    assert [h.text for h in given[:n]] == list(report.hints)
    assert given[n].is_code
    assert check(wrong_rnn_bptt, "rnn_bptt").hints_taken == n + 1
    session.forget()


@pytest.mark.parametrize("name", COURSE)
def test_hints_never_hold_code_of_the_solution(name: str) -> None:
    exercise = find(name)
    told = [*exercise.hints, *(m.hint + m.explanation for m in exercise.misconceptions())]
    assert not any("np.outer(" in words or ".T @" in words for words in told)


def next_state_for_previous(cache, dL_dh_last, W_xh, W_hh):
    """Only the gradient of W_hh is wrong, and a weight's gradient has no row for a step."""
    grads = bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh)
    states = cache["hidden_states"]
    dh, dW_hh = dL_dh_last, np.zeros_like(W_hh)
    for t in reversed(range(len(cache["inputs"]))):
        da = dh * (1 - states[t + 1] ** 2)
        dW_hh += np.outer(da, states[t + 1])
        dh = W_hh.T @ da
    return {**grads, "W_hh": dW_hh}


def test_the_strip_marks_the_first_wrong_step_of_a_weight_s_gradient_too() -> None:
    report = check(next_state_for_previous, "rnn_bptt")
    assert report.first_wrong_step == 5
    assert all(report.steps)
    page = Page(report._repr_html_())
    assert "step 5 ✗ wrong, the first wrong one" in page.text
    assert "step 4 · not told" in page.text
    assert "0·  1·  2·  3·  4·  5✗" in str(report)


def test_an_unanswered_question_is_no_wrong_answer() -> None:
    open_, wrong = (answer("10-contributions", given) for given in (..., 99))
    assert (open_.mark, wrong.mark) == ("?", "✗")
    (element,) = Page(open_._repr_html_()).having("data-bptt-check")
    assert element["data-status"] == "failed"
    assert element["data-diagnosis"] == "not-answered-yet"
    (element,) = Page(wrong._repr_html_()).having("data-bptt-check")
    assert element["data-diagnosis"] == ""
