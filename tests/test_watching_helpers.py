"""Watching a function that calls others of the learner's own: they are followed, line by line."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from bptt_lib.watching import code_of, follow, watch
from tests.mistakes import define
from tests.test_watching import departure, whole_case

ONE_STEP = """
def one_step_back(dh, x, before, h, W_xh, W_hh):
    da = dh * (1 - h ** 2)
    dW_xh, dW_hh = np.outer(da, x), np.outer(da, before)
    return da, dW_xh, dW_hh, W_xh.T @ da, W_hh.T @ da
"""

WITH_A_STEP = """
def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    grads = {"W_xh": 0 * W_xh, "W_hh": 0 * W_hh, "b_h": 0 * dL_dh_last, "X_seq": 0 * X}
    dh = dL_dh_last
    for t in reversed(range(len(X))):
        da, a, b, grads["X_seq"][t], dh = one_step_back(dh, X[t], h[t], h[t + 1], W_xh, W_hh)
        grads["W_xh"] += a
        grads["W_hh"] += b
        grads["b_h"] += da
    return grads
"""

SLOPE = """
slope = lambda h: 1 - h ** 2
"""

WITH_A_LAMBDA = """
def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    def add(total, da, row):
        total += np.outer(da, row)
    dW_xh, dW_hh, db, dX = 0 * W_xh, 0 * W_hh, 0 * dL_dh_last, 0 * X
    dh = dL_dh_last
    for t in range(len(X) - 1, -1, -1):
        da = dh * slope(h[t + 1])
        add(dW_xh, da, X[t])
        add(dW_hh, da, h[t])
        db += da
        dX[t] = W_xh.T @ da
        dh = W_hh.T @ da
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db, "X_seq": dX}
"""

LOOP_IN_A_HELPER = """
def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
    X, h = cache["inputs"], cache["hidden_states"]
    das = walk_back(h, dL_dh_last, W_hh)
    return {"W_xh": das.T @ X, "W_hh": das.T @ h[:-1], "b_h": das.sum(0), "X_seq": das @ W_xh}
"""

WALK_BACK = """
def walk_back(h, dh, W_hh):
    das = np.zeros_like(h[1:])
    for t in range(len(das))[::-1]:
        da = dh * (1 - h[t + 1] ** 2)
        das[t] = da
        dh = W_hh.T @ da
    return das
"""

RECURSIVE = """
def rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h):
    T = len(X_seq)
    states, pre = np.zeros((T + 1, len(h0))), np.zeros((T, len(h0)))
    def unroll(rest, h, k):
        states[k] = h
        if len(rest) == 0:
            return
        a = W_xh @ rest[0] + W_hh @ h + b_h
        pre[k] = a
        unroll(rest[1:], np.tanh(a), k + 1)
    unroll(X_seq, h0, 0)
    return {"inputs": X_seq, "hidden_states": states, "pre_activations": pre}
"""

SOLUTIONS = {
    "a helper for one step": (WITH_A_STEP, ONE_STEP),
    "a lambda and a closure": (WITH_A_LAMBDA, SLOPE),
    "the loop in a helper": (LOOP_IN_A_HELPER, WALK_BACK),
    "a recursion": (RECURSIVE,),
}


def followed(source, *cells):
    name = "rnn_bptt" if "rnn_bptt" in source else "rnn_forward_cache"
    return follow(define(source, name, *cells), whole_case(name).arguments)


def places(one):
    """Return for each step the functions of the learner's whose lines ran in it."""
    ran = {}
    for i, t in enumerate(one.steps):
        ran.setdefault(t, set()).add(one.watched.source_at(i).name)
    return ran


@pytest.mark.parametrize("cells", SOLUTIONS.values(), ids=SOLUTIONS)
def test_a_right_solution_has_all_its_steps_and_departs_nowhere(cells):
    one = followed(*cells)
    assert one.watched.error == ""
    assert one.departure is None, departure(one)
    in_time = [t for t in dict.fromkeys(one.steps) if t is not None]
    assert in_time == ([5, 4, 3, 2, 1, 0] if one.backward else [0, 1, 2, 3, 4, 5])
    assert len([j for j in one.judgements.values() if j.role.split()[-1] in ("da", "a")]) >= 6


@pytest.mark.parametrize(
    ("cells", "helper"),
    [
        ((WITH_A_STEP, ONE_STEP), "one_step_back"),
        ((WITH_A_LAMBDA, SLOPE), "slope"),
        ((LOOP_IN_A_HELPER, WALK_BACK), "walk_back"),
    ],
)
def test_the_lines_of_a_helper_belong_to_the_step_that_calls_it(cells, helper):
    one = followed(*cells)
    ran = places(one)
    assert all(helper in ran[t] for t in range(6))
    (source,) = (s for s in one.watched.sources if s.name == helper)
    assert source.lines == tuple(cells[1].strip().splitlines())
    assert helper in code_of(one)["notes"][-1]


@pytest.mark.parametrize(
    ("cells", "right", "wrong", "line", "variable", "step"),
    [
        ((WITH_A_STEP, ONE_STEP), "1 - h **", "1 - before **", "da = dh *", "da", 5),
        ((WITH_A_STEP, ONE_STEP), "outer(da, before)", "outer(da, h)", "dW_xh, dW_hh", "dW_hh", 5),
        ((WITH_A_STEP, ONE_STEP), "W_hh.T @ da", "W_hh @ da", "return da", "returned[4]", 5),
        ((WITH_A_LAMBDA, SLOPE), "h ** 2", "h", "da = dh * slope", "da", 5),
        ((LOOP_IN_A_HELPER, WALK_BACK), "W_hh.T @ da", "-W_hh.T @ da", "dh = ", "dh", 5),
        ((RECURSIVE,), "W_hh @ h +", "W_hh @ h0 +", "a = ", "a", 1),
    ],
)
def test_a_mistake_in_a_helper_is_marked_there(cells, right, wrong, line, variable, step):
    planted = [cell.replace(right, wrong) for cell in cells]
    assert planted != list(cells)
    where, name, t = departure(followed(*planted))
    assert where.startswith(line)
    assert (name, t) == (variable, step)


def test_what_stands_on_the_helpers_way_out_is_what_it_returned():
    one = followed(WITH_A_STEP, ONE_STEP)
    (case,) = [whole_case("rnn_bptt").arguments]
    h, dh = case[0]["hidden_states"], case[1]
    last = next(m for m in one.watched.moments if "returned[0]" in m.changed)
    np.testing.assert_allclose(last.values["returned[0]"], dh * (1 - h[6] ** 2))
    line = one.watched.sources[0].lines[one.watched.calls[last.call].line]
    assert "one_step_back(" in line


def test_an_exception_ends_at_the_helpers_line_that_raised_it():
    one = followed(WITH_A_STEP, ONE_STEP.replace("np.outer(da, x)", "np.outer(da, x) @ da"))
    assert one.watched.error.startswith("ValueError")
    assert one.watched.source_at(-1).name == "one_step_back"
    assert one.steps[-1] == 5
    catches = """
def f():
    try:
        fails()
    except ValueError:
        x = 1
    return x
"""
    caught = define(catches, "f", "def fails():\n    raise ValueError\n")
    run = watch(caught)
    assert (run.result, run.error) == (1, "")
    assert [run.source_at(i).name for i in range(3)] == ["f", "fails", "f"]


def test_library_functions_are_not_followed():
    run = watch(define("def f(x):\n    return np.median(np.vstack([x, x]))\n", "f"), [1.0, 2.0])
    assert [m.call for m in run.moments] == [0]
    assert len(run.sources) == 1


def test_a_generator_is_followed_from_one_value_to_the_next():
    walk = "def walk(n):\n    for t in range(n):\n        x = 2 * t\n        yield x\n"
    run = watch(define("def f():\n    return sum(walk(3))\n", "f", walk))
    assert run.result == 6
    inside = [m for m in run.moments if m.call == 1]
    assert [m.values["x"] for m in inside if "x" in m.changed] == [0, 2, 4]
    assert {m.call for m in run.moments} == {0, 1}


def test_a_recursion_without_end_is_told_and_bounded():
    former = sys.gettrace()
    run = watch(define("def f(n):\n    m = n + 1\n    return f(m)\n", "f"), 0)
    assert run.error.startswith("RecursionError")
    assert sys.gettrace() is former
    assert watch(define("def g():\n    return 3\n", "g")).result == 3


def test_a_very_long_run_keeps_its_first_lines_and_its_end_and_says_so():
    dawdling = "    for i in range(9000):\n        i += 1\n    das ="
    long = LOOP_IN_A_HELPER.replace("    das =", dawdling).replace("das.sum(0)", "das.mean(0)")
    one = followed(long, WALK_BACK)
    assert one.watched.ran_on
    assert len(one.watched.moments) == 5002  # the return, and what was returned
    assert departure(one)[1] == 'returned["b_h"]'
    assert any(note.startswith("This run is long: its first 5,0") for note in code_of(one)["notes"])


def test_huge_values_cost_nothing_and_are_named():
    growing = """
def f():
    rows, big = [], np.zeros((3000, 3000))
    for i in range(300):
        rows.append(np.zeros(200))
        big[i] += 1
    memo = {i: rows for i in range(1000)}
    return len(memo)
"""
    run = watch(define(growing, "f"))
    end = run.moments[-1].values
    assert end["big"] == "large ndarray of shape (3000, 3000)"
    assert end["rows"] == "large list of 300 items"
    assert end["memo"] == "large dict of 1000 items"


def test_what_is_kept_is_bounded_in_all():
    hoarder = """
def f():
    a, b, c, d, e = (np.zeros(600) for _ in range(5))
    for i in range(4000):
        a += 1; b += 1; c += 1; d += 1; e += 1
    return i
"""
    run = watch(define(hoarder, "f"))
    assert run.result == 3999
    kept = {id(v): v.size for m in run.moments for v in m.values.values() if hasattr(v, "size")}
    assert 400_000 < sum(kept.values()) < 520_000


def test_strange_values_do_no_harm():
    strange = """
class Odd:
    def __float__(self):
        raise KeyError("odd")
    def __eq__(self, other):
        raise KeyError("odd")

def f():
    many, me = 10 ** 5000, []
    me.append(me)
    odd = Odd()
    odds = [odd, odd]
    ragged = [[1.0], [1.0, 2.0]]
    return 1
"""
    run = watch(define(strange, "f"))
    assert (run.result, run.error) == (1, "")
    assert run.moments[-1].values["many"] == "large int of 16610 bits"
