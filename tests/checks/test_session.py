"""Displaying, choosing the best function there is, and questions."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser

import numpy as np
import pytest

import bptt_lib
from bptt_lib.checks import answer, best, check, exercise, session, show, whose
from bptt_lib.checks.question_bank import QUESTIONS
from tests.checks.variants.rnn_bptt import textbook


@pytest.fixture(autouse=True)
def fresh_session():
    session.forget()
    yield
    session.forget()


def test_exercise_returns_the_function_itself_and_prints_nothing_outside_a_notebook(capsys) -> None:
    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
        raise NotImplementedError

    assert exercise(rnn_bptt) is rnn_bptt
    assert capsys.readouterr().out == ""


def test_a_fault_of_the_check_itself_keeps_the_function(monkeypatch, capsys) -> None:
    def broken(function):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("bptt_lib.checks.judge.check", broken)
    assert exercise(textbook) is textbook
    assert "a fault of ours" in capsys.readouterr().out


def test_in_a_notebook_the_report_and_its_companion_are_shown() -> None:
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    show.accompany(lambda report: None if report.passed else "a companion")
    try:
        shell.run_cell(
            "from bptt_lib.checks import exercise\n"
            "@exercise\n"
            "def clip_gradients(grads, max_norm):\n"
            "    return 1 / 0\n"
        )
        shown = [output["data"] for output in shell.display_pub.outputs]
    finally:
        show._companions.clear()
        InteractiveShell.clear_instance()
    assert 'data-bptt-check="clip_gradients"' in shown[0]["text/html"]
    assert "return 1 / 0" in " ".join(shown[0]["text/plain"].split())
    assert "a companion" in shown[1]["text/plain"]


def test_best_is_the_library_s_until_the_learner_s_passes() -> None:
    assert best("clip_gradients") is bptt_lib.clip_gradients

    def clip_gradients(grads, max_norm):
        return bptt_lib.clip_gradients(grads, max_norm)

    check(clip_gradients)
    assert best("clip_gradients") is clip_gradients
    assert whose() == (
        "rnn_forward_cache: the library's · rnn_bptt: the library's · clip_gradients: yours"
    )
    check(lambda grads, max_norm: grads, "clip_gradients")
    assert best("clip_gradients") is bptt_lib.clip_gradients


def test_best_of_an_unknown_name_says_which_there_are() -> None:
    with pytest.raises(ValueError, match="rnn_bptt"):
        best("rnn_btpp")


def test_a_four_argument_backward_pass_serves_a_loss_at_each_step() -> None:
    rng = np.random.default_rng(3)
    X_seq, h0 = rng.normal(size=(5, 3)), rng.normal(size=4)
    W_xh, W_hh, b_h = rng.normal(size=(4, 3)), rng.normal(size=(4, 4)), rng.normal(size=4)
    cache = bptt_lib.rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h)
    last, each = rng.normal(size=4), rng.normal(size=(5, 4))

    check(textbook, "rnn_bptt")
    got = best("rnn_bptt")(cache, last, W_xh, W_hh, dL_dh_seq=each)
    expected = bptt_lib.rnn_bptt(cache, last, W_xh, W_hh, dL_dh_seq=each)
    for name in ("W_xh", "W_hh", "b_h", "X_seq"):
        np.testing.assert_allclose(got[name], expected[name], rtol=1e-10)
    plain = best("rnn_bptt")(cache, last, W_xh, W_hh)
    np.testing.assert_allclose(plain["W_hh"], textbook(cache, last, W_xh, W_hh)["W_hh"])


def test_importing_the_checks_loads_neither_ipython_nor_a_catalogue() -> None:
    code = (
        "import sys, bptt_lib.checks; "
        "assert not [m for m in sys.modules if m.split('.')[0] in ('IPython', 'ipywidgets')]; "
        "assert not [m for m in sys.modules if '.misconceptions.rnn' in m]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


class Attributes(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        if "data-bptt-check" in dict(attrs):
            self.found.append(dict(attrs))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_each_question_explains_its_answer_and_its_wrong_ones(question) -> None:
    right = answer(question.name, question.answer)
    assert right.passed
    assert right.message == question.why
    for value, why in question.wrong.items():
        report = answer(question.name, value)
        assert not report.passed
        assert report.message == why
    (element,) = Attributes(right._repr_html_()).found
    assert element["data-bptt-check"] == question.name
    assert element["data-status"] == "passed"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_an_unanswered_question_asks_again(question) -> None:
    report = answer(question.name, ...)
    assert not report.passed
    assert "prediction" in report.message
    assert question.text in str(report)


@pytest.mark.parametrize("value", ["", "text", {}, [], object(), float("nan"), (1, "a"), print])
def test_no_answer_breaks_a_question(value) -> None:
    for question in QUESTIONS:
        assert not answer(question.name, value).passed


def test_an_unknown_question_is_told() -> None:
    assert "no question" in answer("nonsense", 1).message
