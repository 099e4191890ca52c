"""The tester is tested: small planted errors are caught, and what may differ may differ."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import bptt_lib
from bptt_lib.checks import check
from bptt_lib.checks.exercises import COURSE, find
from bptt_lib.checks.trials import expected_value

FUNCTIONS = {name: getattr(bptt_lib, name) for name in COURSE}


def changed(name: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[..., Any]:
    def function(*arguments: Any, **keywords: Any) -> dict[str, Any]:
        return change(dict(FUNCTIONS[name](*arguments, **keywords)))

    return function


def keys(name: str) -> list[str]:
    exercise = find(name)
    return list(expected_value(exercise, exercise.stages[0].cases[0]))


@pytest.mark.parametrize("name", ["rnn_forward_cache", "rnn_bptt"])
def test_an_error_of_a_thousandth_in_any_array_is_caught(name: str) -> None:
    for key in keys(name):
        function = changed(name, lambda out, key=key: {**out, key: np.array(out[key]) * 1.001})
        assert not check(function, name).passed, key


def test_an_error_of_a_thousandth_in_clipping_is_caught() -> None:
    def function(grads, max_norm):
        return bptt_lib.clip_gradients(grads, max_norm * 1.001)

    assert not check(function, "clip_gradients").passed


@pytest.mark.parametrize("name", ["W_xh", "W_hh", "b_h", "W_hy", "b_y"])
def test_an_error_of_a_thousandth_in_any_gradient_of_training_is_caught(name: str) -> None:
    def train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
        p = bptt_lib.train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm)
        return {**p, name: p[name] + 0.001 * (p[name] - params[name])}

    assert not check(train_rnn_bptt).passed


@pytest.mark.parametrize("name", COURSE)
def test_single_precision_and_lists_pass(name: str) -> None:
    function = changed(
        name, lambda out: {k: np.asarray(v, np.float32).tolist() for k, v in out.items()}
    )
    assert check(function, name).passed


@pytest.mark.parametrize("name", COURSE)
def test_extra_keys_pass(name: str) -> None:
    assert check(changed(name, lambda out: {**out, "note": "mine"}), name).passed


@pytest.mark.parametrize("name", COURSE)
def test_not_a_number_never_passes(name: str) -> None:
    for key in keys(name):
        function = changed(name, lambda out, key=key: {**out, key: out[key] * np.nan})
        assert not check(function, name).passed


@pytest.mark.parametrize("name", COURSE)
def test_a_missing_key_is_named(name: str) -> None:
    optional = find(name).optional
    for key in keys(name):

        def without(out: dict[str, Any], key: str = key) -> dict[str, Any]:
            return {k: v for k, v in out.items() if k != key}

        report = check(changed(name, without), name)
        assert report.passed == (key in optional)
        if key not in optional:
            assert f'"{key}" is missing' in report.criteria[1].message


def test_the_gradient_of_h0_is_optional_and_judged_when_given() -> None:
    def wrong(out: dict[str, Any]) -> dict[str, Any]:
        return {**out, "h0": 2.0 * out["h0"]}

    report = check(changed("rnn_bptt", wrong), "rnn_bptt")
    assert not report.passed
    assert report.diagnosis.slug == "scaled-by-2"


def test_an_extra_that_is_offered_is_judged() -> None:
    def deaf(cache, dL_dh_last, W_xh, W_hh, *, dL_dh_seq=None):
        return bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh)

    report = check(deaf, "rnn_bptt")
    assert not report.passed
    assert report.diagnosis.slug == "dL_dh_seq-ignored"
