"""The stepper on somebody's own function, and the button that opens it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from bptt_lib.checks import check, session
from bptt_lib.widgets import step
from bptt_lib.widgets.companion import LABEL, Companion, offer
from bptt_lib.widgets.your_code import can_be_watched, shown
from tests.mistakes import BACKWARD, define
from tests.test_watching_helpers import ONE_STEP, WITH_A_STEP
from tests.widgets.test_stepper_browser import state

WRONG = BACKWARD.replace("h[t])", "h[t + 1])")


def values(*cells: str) -> dict:
    function = define(cells[0], "rnn_bptt", *cells[1:])
    one = shown(function, check(function))
    names = ("run", "code", "position", "moment", "diagnosis")
    return {name: getattr(one, name) for name in names}


@pytest.fixture(autouse=True)
def _fresh_session():
    session.forget()


def test_step_takes_a_function_and_the_case_that_its_check_failed_on():
    wrong = define(WRONG, "rnn_bptt")
    report = check(wrong)
    stepper = step(wrong)
    T = len(report.call.arguments[0]["inputs"])
    assert len(stepper.run["frames"]) == 2 * T
    assert stepper.run["frames"][stepper.position]["t"] == report.first_wrong_step
    assert stepper.diagnosis["title"] == report.diagnosis.title
    assert stepper.code["departure"][1] == "dW_hh"


def test_step_takes_a_function_that_was_never_checked():
    stepper = step(define(BACKWARD, "rnn_bptt"))
    assert stepper.run["source"] == "yours"
    assert stepper.code["departure"] is None
    assert stepper.diagnosis is None


def test_the_button_is_for_failed_reports_of_functions_that_can_be_watched():
    assert isinstance(offer(check(define(WRONG, "rnn_bptt"))), Companion)
    assert offer(check(define(BACKWARD, "rnn_bptt"))) is None
    unwritten = "def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):\n    raise NotImplementedError\n"
    assert offer(check(define(unwritten, "rnn_bptt"))) is None
    assert offer(check(define(BACKWARD.replace("return", "yield"), "rnn_bptt"))) is None
    clip = define(
        "def clip_gradients(grads, max_norm):\n    return dict(grads)\n", "clip_gradients"
    )
    report = check(clip)
    assert not report.passed
    assert not can_be_watched(report)


def test_the_click_makes_the_stepper_and_a_fault_is_said():
    companion = offer(check(define(WRONG, "rnn_bptt")))
    assert companion.shown is None
    companion._asked(companion, "open", [])
    assert companion.shown["code"]["departure"][1] == "dW_hh"
    report = check(define(WRONG, "rnn_bptt"))
    object.__setattr__(report.call, "function", len)
    companion = Companion(report)
    companion._asked(companion, "open", [])
    assert companion.problem.startswith("This function cannot be watched (")


def test_a_run_without_end_is_stopped_and_said(monkeypatch):
    monkeypatch.setattr("bptt_lib.widgets.your_code.SECONDS", 0.3)
    endless = BACKWARD.replace("da = dh *", "while True: pass\n        da = dh *")
    code = shown(define(endless, "rnn_bptt")).code
    assert code["error"] == "OutOfTimeError: it ran too long and was stopped"
    last = code["events"][-1]
    assert "while True" in code["sources"][0]["lines"][last["line"]]
    assert last["t"] == 3


def test_a_check_loads_no_widget_until_one_is_needed():
    program = (
        "import sys, bptt_lib.checks as c; from bptt_lib import rnn_bptt; c.check(rnn_bptt);"
        "print([m for m in sys.modules if m.startswith(('bptt_lib.widgets', 'anywidget'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def status(page: Page) -> str:
    return page.locator("[data-bptt-stepper]").get_by_role("status").inner_text()


@pytest.mark.e2e
def test_lines_are_walked_by_keyboard_forward_and_backward_through_the_run(host):
    shown_values = values(WRONG)
    page = host("stepper.js", shown_values)
    events = shown_values["code"]["events"]
    assert state(page) == ("backward", 5)
    assert "departs from the reference for the first time" in status(page)
    source = page.locator(".bptt-source")
    source.focus()
    for _ in events:
        page.keyboard.press("ArrowUp")
    said = []
    for event in events:
        line = event["line"] + shown_values["code"]["sources"][0]["first"]
        assert f"line {line} of your rnn_bptt" in status(page)
        assert page.locator("[data-now] .bptt-line-number").inner_text() == str(line)
        if event["t"] is not None:
            assert state(page) == ("backward", event["t"])
        said.append(status(page))
        page.keyboard.press("ArrowDown")
    for sentence in said[::-1]:
        assert status(page) == sentence
        page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Go to the first departure").click()
    assert state(page) == ("backward", 5)


@pytest.mark.e2e
def test_the_wrong_value_stands_beside_the_right_one(host):
    page = host("stepper.js", values(WRONG))
    card = page.locator("[data-variable='dW_hh'][data-departs]")
    expect(card).to_contain_text("✗ departs")
    expect(card).to_contain_text("reference: the W_hh gradient after this step")
    assert card.locator("td[data-departs]").count() == 16
    for t in (4, 3):
        page.keyboard.press("Tab")
        page.locator(".bptt-source").press("ArrowRight")
        assert state(page) == ("backward", t)
        expect(card.first).to_be_visible()


@pytest.mark.e2e
def test_a_helper_is_walked_in_its_own_source_and_the_focus_stays(host):
    page = host("stepper.js", values(WITH_A_STEP, ONE_STEP.replace("1 - h **", "1 - before **")))
    source, way = page.locator(".bptt-source"), page.locator(".bptt-way")
    expect(source).to_have_accessible_name(re.compile("Source of your one_step_back;"))
    expect(way).to_have_text("one_step_back, called in line 7 of rnn_bptt")
    expect(source.locator("[data-now]")).to_contain_text("da = dh * (1 - before ** 2)")
    assert "line 3 of your one_step_back sets da: here your run departs" in status(page)
    source.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert "line 5 of your one_step_back returns its values [3], [4]" in status(page)
    expect(page.get_by_role("heading", name="Returned by this line")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(way).to_have_text("rnn_bptt")
    expect(source.locator("[data-now]")).to_contain_text("= one_step_back(dh, X[t]")
    expect(source).to_be_focused()
    page.keyboard.press("ArrowRight")
    assert state(page) == ("backward", 4)
    expect(way).to_have_text("one_step_back, called in line 7 of rnn_bptt")


@pytest.mark.e2e
def test_a_run_that_ends_in_an_exception_says_where(host):
    page = host("stepper.js", values(BACKWARD.replace("db_h += da", "db_h += X")))
    page.locator(".bptt-source").focus()
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    assert "ends the run: ValueError" in status(page)
    expect(page.get_by_text("Your function stops here")).to_be_visible()


@pytest.mark.e2e
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone_and_is_legible(host, scheme):
    size = {"width": 360, "height": 800}
    page = host("stepper.js", values(WRONG), viewport=size, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.get_by_role("status").count() == 1


@pytest.mark.e2e
def test_the_button_moves_into_its_report_and_opens_the_stepper_below(host):
    companion = {"exercise": "rnn_bptt", "label": LABEL, "shown": None, "problem": ""}
    page = host("companion.js", companion)
    page.evaluate("host.cleanUp()")
    page.evaluate(
        """async () => {
          const here = document.getElementById("here");
          const area = document.createElement("div");
          area.className = "jp-OutputArea";
          area.innerHTML = '<section data-bptt-check="rnn_bptt">Not yet.</section>';
          here.replaceWith(area);
          area.append(here);
          await host.render();
        }"""
    )
    button = page.locator("[data-bptt-check]").get_by_role("button", name=LABEL)
    button.click()
    assert page.evaluate("host.sent") == ["open"]
    page.evaluate("shown => host.set('shown', shown)", values(WRONG))
    expect(page.locator(".jp-OutputArea > #here > [data-bptt-stepper]")).to_have_count(1)
    assert page.evaluate("document.activeElement.className") == "bptt-source"
    page.evaluate("host.cleanUp()")
    expect(button).to_have_count(0)
    assert page.evaluate("host.listeners.size") == 0
