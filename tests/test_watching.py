"""Watching a function: what each line set, which step it belongs to, where it departs."""

from __future__ import annotations

import sys
import textwrap

import numpy as np
import pytest

from bptt_lib.checks import check
from bptt_lib.checks.exercises import find
from bptt_lib.watching import code_of, follow, run_of, watch
from tests.checks.variants import variants
from tests.mistakes import BACKWARD, BACKWARD_MISTAKES, FORWARD_MISTAKES, define


def whole_case(name):
    """The check's case with T = 6, D = 3, H = 4."""
    cases = [case for stage in find(name).stages for case in stage.cases]
    return next(case for case in cases if case.name.startswith("T = 6"))


def followed(source, name="rnn_bptt"):
    return follow(define(source, name), whole_case(name).arguments)


def departure(one):
    """The line, the variable and the step at which a run departs."""
    i, name = one.departure
    line = one.watched.source_at(i).lines[one.watched.moments[i].line].strip()
    return line, name, one.departure_step


@pytest.mark.parametrize("mistake", [*FORWARD_MISTAKES, *BACKWARD_MISTAKES], ids=str)
def test_the_first_departing_value_is_the_one_the_mistake_makes(mistake):
    one = followed(mistake.source, mistake.name)
    where, variable, t = departure(one)
    assert where.startswith(mistake.line.replace(mistake.right, mistake.wrong))
    assert (variable, t) == (mistake.variable, mistake.step)
    mine, right = mistake.values(whole_case(mistake.name).arguments)
    judgement = one.judgements[one.departure]
    np.testing.assert_array_equal(one.watched.moments[one.departure[0]].values[variable], mine)
    np.testing.assert_allclose(judgement.expected, right)
    np.testing.assert_array_equal(judgement.wrong, ~np.isclose(mine, right))


def test_a_row_in_the_wrong_place_departs():
    one = followed(BACKWARD.replace("dX[t] =", "dX[T - 1 - t] ="))
    assert departure(one) == ("dX[T - 1 - t] = W_xh.T @ da", "dX", 5)


def test_a_loop_that_stops_one_step_too_early_departs_in_the_end():
    one = followed(BACKWARD.replace("reversed(range(T))", "range(T - 1, 0, -1)"))
    assert departure(one)[1:] == ('returned["W_xh"]', None)


def test_a_planted_error_of_a_thousandth_is_seen():
    assert departure(followed(BACKWARD.replace("h[t])", "1.001 * h[t])")))[1:] == ("dW_hh", 5)


@pytest.mark.parametrize("name", ["rnn_forward_cache", "rnn_bptt"])
def test_no_right_solution_departs_anywhere(name):
    cases = [c for s in find(name).stages if not s.needs for c in s.cases]
    seen = 0
    for variant in variants(name):
        for case in cases:
            one = follow(variant, case.arguments, name=name)
            assert one.watched.error == ""
            assert one.departure is None, (variant.__name__, case.name, departure(one))
            seen += len(one.judgements)
    assert seen > 1000  # there was something to be wrong


@pytest.mark.parametrize(
    ("header", "before"),
    [
        ("for t in reversed(range(T)):", ""),
        ("for t in range(T - 1, -1, -1):", ""),
        ("for k in range(T):", "t = T - 1 - k"),
        ("for i in range(T, 0, -1):", "t = i - 1"),
        ("for t in range(-1, -T - 1, -1):", "t = T + t"),
        ("for t, _ in list(enumerate(X))[::-1]:", ""),
    ],
)
def test_the_step_is_told_however_the_loop_counts(header, before):
    body = f"{header}\n        {before}" if before else header
    one = followed(BACKWARD.replace("for t in reversed(range(T)):", body))
    inside = [t for t in one.steps if t is not None]
    assert list(dict.fromkeys(inside)) == [5, 4, 3, 2, 1, 0]
    assert one.departure is None
    da = [one.steps[i] for i, m in enumerate(one.watched.moments) if "da" in m.changed]
    assert da == [5, 4, 3, 2, 1, 0]


def test_each_line_leaves_what_it_left():
    run = watch(
        define("def f(n):\n    s = 0\n    for i in range(n):\n        s += i\n    return s\n", "f"),
        3,
    )
    assert [m.line for m in run.moments] == [1, 2, 3, 2, 3, 2, 3, 2, 4]
    assert [m.values["s"] for m in run.moments] == [0, 0, 0, 0, 1, 1, 3, 3, 3]
    assert [m.changed for m in run.moments][:4] == [("s",), ("i",), (), ("i",)]
    assert (run.result, run.error) == (3, "")


def test_arrays_changed_in_place_are_seen_and_kept_as_they_were():
    run = watch(define("def f(x):\n    x[0] = 5\n    x[1] = 6\n    return x\n", "f"), np.zeros(2))
    assert [m.values["x"].tolist() for m in run.moments] == [[5, 0], [5, 6], [5, 6]]
    assert [m.changed for m in run.moments] == [("x",), ("x",), ()]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("    y = 1\n    return y / 0\n", "ZeroDivisionError: division by zero"),
        ("    n = 0\n    while True:\n        n += 1\n", "it was stopped after"),
        ("    import sys\n    sys.exit(3)\n", "SystemExit: 3"),
    ],
)
def test_whatever_the_function_does_is_told(body, said):
    former = sys.gettrace()
    run = watch(define(f"def f():\n{body}", "f"))
    assert run.error.startswith(said)
    assert sys.gettrace() is former


def test_what_cannot_be_watched_is_named():
    with pytest.raises(TypeError, match="function: expected a function written in Python"):
        watch(len, [1])
    with pytest.raises(ValueError, match="expected rnn_forward_cache or rnn_bptt, got f"):
        follow(define("def f(): pass\n", "f"), ())
    with pytest.raises(ValueError, match="none of its own lines ran"):
        followed(BACKWARD.replace("return", "yield"))


def test_a_function_without_a_loop_says_so_and_is_compared_all_the_same():
    vectorised = """
def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    h, X = cache["hidden_states"], cache["inputs"]
    slope = 1 - h[:-1] ** 2
    return {"W_xh": slope.T @ X, "W_hh": W_hh, "b_h": slope.sum(0), "X_seq": X}
"""
    one = followed(vectorised)
    assert not one.has_loop
    assert departure(one)[1:] == ("slope", 5)
    assert "No loop over time was found" in code_of(one)["notes"][0]


def test_the_page_gets_the_learners_values_in_the_picture():
    one = followed(BACKWARD.replace("dh * (1 - h[t + 1] ** 2)", "2 * dh"))
    run = run_of(one)
    last = run["frames"][6]
    assert (run["source"], last["phase"], last["t"]) == ("yours", "backward", 5)
    np.testing.assert_allclose(last["computes"]["da"], 2 * whole_case("rnn_bptt").arguments[1])
    assert "da" in last["departs"]
    reference = one.recording.frame("backward", 5).computes["da"]
    assert not np.allclose(last["computes"]["da"], reference)


def test_numbers_that_json_has_not_are_written_in_words():
    one = followed(BACKWARD.replace("dh * (1 - h[t + 1] ** 2)", "dh / 0.0 * np.nan"))
    assert "NaN" in str(code_of(one)["values"])


def test_a_check_that_ran_out_of_time_leaves_functions_to_be_watched():
    def never_ends(X_seq, h0, W_xh, W_hh, b_h):
        while True:
            try:
                X_seq[100]
            except BaseException:
                continue

    assert not check(never_ends, "rnn_forward_cache").passed
    assert watch(len_of, "abc").result == 3


def len_of(text):
    count = 0
    for _ in text:
        count += 1
    return count


def test_a_run_that_a_limit_ends_stands_at_the_line_that_was_running():
    """No event tells of that line: the trace function itself, or the limit's, has raised."""
    source = "def rnn_bptt(cache):\n    x = 0\n    while True:\n        x = x + 1\n"
    run = watch(define(source, "rnn_bptt"), {})
    assert "stopped after 200,000 lines" in run.error
    one = textwrap.dedent("""
        def rnn_bptt(cache):
            sys.settrace(None)
            raise KeyboardInterrupt
    """)
    run = watch(define("import sys" + one, "rnn_bptt"), {})
    assert run.error == "KeyboardInterrupt"
    assert [moment.line for moment in run.moments][-1] in (1, 2)
