"""Whatever a learner's function does, the check comes back and all is as it was."""

from __future__ import annotations

import builtins
import random
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import bptt_lib
from bptt_lib.checks import Report, check
from bptt_lib.checks.budget import OutOfTimeError

Function = Callable[..., Any]


def endless_while(grads, max_norm):
    while True:
        pass


def endless_for(grads, max_norm):
    from itertools import count

    return [i for i in count() if i < 0]


def endless_and_deaf(grads, max_norm):
    while True:
        try:
            while True:
                sum([1, 2])
        except Exception:
            continue


def endless_calls(grads, max_norm):
    def f(n: int) -> int:
        return n + 1

    n = 0
    while n >= 0:
        n = f(n)


def sleeper(grads, max_norm):
    while True:
        time.sleep(1000)


def deep(grads, max_norm):
    return deep(grads, max_norm)


def deeper_than_allowed(grads, max_norm):
    sys.setrecursionlimit(10**9)
    return deep(grads, max_norm)


def huge(grads, max_norm):
    return {k: np.ones((10**6, 10**6)) for k in grads}


def grows(grads, max_norm):
    data = []
    while True:
        data.append(np.empty(10**7))


def leaves(grads, max_norm):
    sys.exit(1)


def quits(grads, max_norm):
    quit()


def leaves_hard(grads, max_norm):
    import os

    os._exit(1)


def asks(grads, max_norm):
    return input("max_norm? ")


def interrupts(grads, max_norm):
    raise KeyboardInterrupt


ENDINGS = {
    endless_while: "too long",
    endless_for: "too long",
    endless_and_deaf: "too long",
    endless_calls: "too long",
    sleeper: "too long",
    deep: "calls itself",
    deeper_than_allowed: "calls itself",
    huge: "more memory",
    grows: "memory",
    leaves: "leave Python",
    quits: "leave Python",
    leaves_hard: "leave Python",
    asks: "input()",
    interrupts: "interrupted",
}


def first_message(report: Report) -> str:
    return next(c.message for c in report.criteria if c.passed is False)


@pytest.mark.parametrize("function", ENDINGS, ids=lambda f: f.__name__)
def test_a_run_that_does_not_end_well_gets_its_sentence(function: Function) -> None:
    report = check(function, "clip_gradients")
    assert not report.passed
    assert ENDINGS[function] in first_message(report)


def test_the_sentence_names_the_line_of_the_loop() -> None:
    assert "while True:" in first_message(check(endless_while, "clip_gradients"))


def test_the_budget_is_for_the_whole_check() -> None:
    start = time.perf_counter()
    check(endless_while, "clip_gradients")
    assert time.perf_counter() - start < 5.0


def test_out_of_time_is_not_an_ordinary_exception() -> None:
    assert not issubclass(OutOfTimeError, Exception)


def right(grads: dict[str, Any], max_norm: float) -> dict[str, Any]:
    return bptt_lib.clip_gradients(grads, max_norm)


def sets_errors(grads, max_norm):
    np.seterr(all="ignore")
    return right(grads, max_norm)


def seeds(grads, max_norm):
    np.random.seed(0)  # noqa: NPY002
    return right(grads, max_norm)


def draws(grads, max_norm):
    random.random()
    return right(grads, max_norm)


def patches_numpy(grads, max_norm):
    np.tanh = np.sin
    return right(grads, max_norm)


def patches_linalg(grads, max_norm):
    np.linalg.norm = lambda *a, **k: 1.0
    return right(grads, max_norm)


def patches_builtins(grads, max_norm):
    builtins.sum = lambda *a: 0
    return {k: g.copy() for k, g in grads.items()}


def sets_print_options(grads, max_norm):
    np.set_printoptions(precision=2)
    return right(grads, max_norm)


GLOBAL = {
    sets_errors: "np.seterr",
    seeds: "random state",
    draws: "random module",
    patches_numpy: "np.tanh",
    patches_linalg: "np.linalg.norm",
    patches_builtins: "builtins.sum",
    sets_print_options: "print options",
}


@pytest.mark.parametrize("function", GLOBAL, ids=lambda f: f.__name__)
def test_what_is_changed_outside_is_told_and_put_back(function: Function) -> None:
    tanh, norm, total = np.tanh, np.linalg.norm, builtins.sum
    errors, options = np.geterr(), np.get_printoptions()
    state, numpy_state = random.getstate(), np.random.get_state()[1].tolist()  # noqa: NPY002
    report = check(function, "clip_gradients")
    assert not report.passed
    assert GLOBAL[function] in report.criteria[-1].message
    assert (np.tanh, np.linalg.norm, builtins.sum) == (tanh, norm, total)
    assert (np.geterr(), np.get_printoptions()) == (errors, options)
    assert random.getstate() == state
    assert np.random.get_state()[1].tolist() == numpy_state  # noqa: NPY002
    assert check(right, "clip_gradients").passed


def test_numpy_patched_before_the_check_is_put_back() -> None:
    original = np.tanh
    np.tanh = np.sin
    report = check(bptt_lib.rnn_forward_cache)
    assert np.tanh is original
    assert "np.tanh was replaced before this check" in report.criteria[-1].message
    assert check(bptt_lib.rnn_forward_cache).passed


def test_numpys_random_numbers_are_loaded_with_the_first_check_not_with_the_page() -> None:
    """They take a tenth of a second in a browser, in which the first cell would wait."""
    program = "import sys, bptt_lib.checks; print('numpy.random' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_interpreter_settings_survive() -> None:
    before = (sys.getrecursionlimit(), sys.gettrace(), sys.stdout, sys.stdin, builtins.input)
    for function in (deeper_than_allowed, leaves, asks, endless_while):
        check(function, "clip_gradients")
    after = (sys.getrecursionlimit(), sys.gettrace(), sys.stdout, sys.stdin, builtins.input)
    assert before == after


def test_thousands_of_lines_are_cut_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    def loud(grads, max_norm):
        for i in range(1000):
            print("line", i)
        return right(grads, max_norm)

    report = check(loud, "clip_gradients")
    assert report.passed
    assert len(report.printed) < 5000
    assert "line 0" in report.printed
    assert "more lines, not shown" in report.printed
    assert capsys.readouterr().out == ""


def changes_in_place(grads, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    if norm > max_norm:
        for k in grads:
            grads[k] *= max_norm / norm
    return dict(grads)


def removes_keys(grads, max_norm):
    result = right(grads, max_norm)
    grads.clear()
    return result


@pytest.mark.parametrize("function", [changes_in_place, removes_keys], ids=lambda f: f.__name__)
def test_changed_arguments_are_named(function: Function) -> None:
    report = check(function, "clip_gradients")
    assert not report.passed
    assert report.diagnosis is not None
    assert report.diagnosis.slug == "changes-its-arguments"
    assert 'grads["' in report.diagnosis.explanation


def test_the_same_dict_is_not_a_new_one() -> None:
    def returns_it(grads, max_norm):
        result = right(grads, max_norm)
        return grads if all(np.array_equal(result[k], grads[k]) for k in grads) else result

    report = check(returns_it, "clip_gradients")
    assert report.diagnosis is not None
    assert report.diagnosis.slug == "returns-its-argument"


def test_state_kept_between_calls_is_named() -> None:
    total: dict[str, Any] = {}

    def accumulates(cache, dL_dh_last, W_xh, W_hh):
        for k, g in bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh).items():
            same = k in total and total[k].shape == g.shape
            total[k] = total[k] + g if same else g
        return dict(total)

    report = check(accumulates, "rnn_bptt")
    assert report.diagnosis is not None
    assert report.diagnosis.slug == "keeps-state-between-calls"
