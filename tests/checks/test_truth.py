"""What a report says must be true of the function it is said of; and what is wrong must fail."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import bptt_lib
from bptt_lib.checks import Report, check

Function = Callable[..., Any]


def wrong(function: Function, name: str) -> Report:
    report = check(function, name)
    assert not report.passed
    assert report.diagnosis is not None
    return report


def words(report: Report) -> str:
    assert report.diagnosis is not None
    return f"{report.diagnosis.title} {report.diagnosis.explanation}"


# -- what keeps a function from its end is named by that, and by nothing else --


def forgotten_counter(cache, dL_dh_last, W_xh, W_hh):
    t = len(cache["inputs"]) - 1
    while t >= 0:
        pass


def deaf_to_everything(cache, dL_dh_last, W_xh, W_hh):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def deaf_to_tracing(cache, dL_dh_last, W_xh, W_hh):
    sys.settrace(None)
    while True:
        pass


class Endless:
    def __array__(self, *args, **kwargs):  # noqa: D105
        while True:
            pass


def endless_when_read(cache, dL_dh_last, W_xh, W_hh):
    return dict.fromkeys(("W_xh", "W_hh", "b_h", "X_seq"), Endless())


def itself_again(cache, dL_dh_last, W_xh, W_hh):
    return itself_again(cache, dL_dh_last, W_xh, W_hh)


def asks(cache, dL_dh_last, W_xh, W_hh):
    return input()


def leaves(cache, dL_dh_last, W_xh, W_hh):
    sys.exit()


def misspelt(cache, dL_dh_last, W_xh, W_hh):
    return dWhx  # noqa: F821


def raises_where_sizes_differ(cache, dL_dh_last, W_xh, W_hh):
    raise RuntimeError("no")


@pytest.mark.parametrize(
    ("function", "slug"),
    [
        (forgotten_counter, "endless-loop"),
        (deaf_to_everything, "endless-loop"),
        (deaf_to_tracing, "endless-loop"),
        (endless_when_read, "endless-loop"),
        (itself_again, "recursion-without-end"),
        (asks, "asks-for-input"),
        (leaves, "ends-the-program"),
        (misspelt, "name-not-defined"),
        (raises_where_sizes_differ, "raises-an-exception"),
    ],
)
def test_what_does_not_come_to_its_end(function: Function, slug: str) -> None:
    assert wrong(function, "rnn_bptt").diagnosis.slug == slug


# -- nothing that a result or an exception does gets out of the check --


class MuteError(Exception):
    def __str__(self):  # noqa: D105
        raise RuntimeError


class Unreadable:
    def __array__(self, *args, **kwargs):  # noqa: D105
        raise RuntimeError("no")


class Leaving(dict):
    def __getitem__(self, key):  # noqa: D105
        raise SystemExit


def raises_mute(grads, max_norm):
    raise MuteError


def closes_stdout(grads, max_norm):
    sys.stdout.close()


def unreadable(grads, max_norm):
    return {k: Unreadable() for k in grads}


def leaving(grads, max_norm):
    return Leaving(grads)


def as_text(grads, max_norm):
    return {k: np.vectorize(str)(g) for k, g in bptt_lib.clip_gradients(grads, max_norm).items()}


def masked(grads, max_norm):
    clipped = bptt_lib.clip_gradients(grads, max_norm)
    return {k: np.ma.masked_array(g, mask=g > 0) for k, g in clipped.items()}


@pytest.mark.parametrize(
    "function", [raises_mute, closes_stdout, unreadable, leaving, as_text, masked]
)
def test_the_check_comes_back(function: Function) -> None:
    assert str(wrong(function, "clip_gradients"))


# -- what lies around the function is put back, and told --


def changes_folder(grads, max_norm):
    os.chdir("/")
    return bptt_lib.clip_gradients(grads, max_norm)


def changes_environment(grads, max_norm):
    os.environ["BPTT_TEST"] = "1"
    return bptt_lib.clip_gradients(grads, max_norm)


def stops_collecting(grads, max_norm):
    gc.disable()
    return bptt_lib.clip_gradients(grads, max_norm)


def drops_module(grads, max_norm):
    sys.modules.pop("colorsys", None)
    sys.modules["json"] = None
    return bptt_lib.clip_gradients(grads, max_norm)


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (changes_folder, "os.chdir"),
        (changes_environment, "os.environ"),
        (stops_collecting, "garbage collection"),
        (drops_module, "sys.modules"),
    ],
)
def test_surroundings_are_put_back(function: Function, told: str) -> None:
    before = os.getcwd(), dict(os.environ), gc.isenabled(), sys.modules.get("json")
    assert told in wrong(function, "clip_gradients").criteria[-1].message
    assert before == (os.getcwd(), dict(os.environ), gc.isenabled(), sys.modules.get("json"))


# -- train: the step is called a step --


def output_layer_only(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    new = bptt_lib.train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm)
    return {**new, **{k: params[k].copy() for k in ("W_xh", "W_hh", "b_h")}}


def bias_doubled(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    new = bptt_lib.train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm)
    return {**new, "b_h": 2 * new["b_h"] - params["b_h"]}


def test_a_step_is_not_called_a_parameter() -> None:
    report = wrong(bias_doubled, "train_rnn_bptt")
    assert report.diagnosis.title == "The step of b_h is 2 times the right one"
    assert "(before − after) / lr" in report.diagnosis.explanation  # noqa: RUF001
    assert report.comparison.what == "the step of b_h"
    failed = next(c for c in report.criteria if c.passed is False)
    assert "the step of b_h, at [0], is" in failed.message
    assert "The steps of W_xh, W_hh and b_h are each zero" in words(
        wrong(output_layer_only, "train_rnn_bptt")
    )


# -- statements hold where they are said to hold --


def squeezed(X_seq, h0, W_xh, W_hh, b_h):
    cache = bptt_lib.rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h)
    return {k: np.squeeze(v) for k, v in cache.items()}


def truncated_to(steps: int) -> Function:
    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh):
        return bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh, truncation=steps)

    return rnn_bptt


def silent_below(grads, max_norm):
    norm = bptt_lib.global_norm(grads)
    if norm > max_norm:
        return {k: g * max_norm / norm for k, g in grads.items()}
    return None


def test_axes_that_are_missing_are_not_too_many() -> None:
    assert "too many" not in words(wrong(squeezed, "rnn_forward_cache"))


@pytest.mark.parametrize("steps", [5, 7, 24])
def test_a_cut_far_back_is_said_of_the_case_that_shows_it(steps: int) -> None:
    told = words(wrong(truncated_to(steps), "rnn_bptt"))
    assert "On every case: W" not in told
    assert "In the case “T =" in told


def test_a_return_on_one_path_only_is_not_denied() -> None:
    assert wrong(silent_below, "clip_gradients").diagnosis.slug == "returns-nothing-on-a-path"


def test_results_are_read_before_the_next_call_can_change_them() -> None:
    def rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h, cache={}):  # noqa: B006
        cache.update(bptt_lib.rnn_forward_cache(X_seq, h0, W_xh, W_hh, b_h))
        return cache

    report = wrong(rnn_forward_cache, "rnn_forward_cache")
    assert [c.name for c in report.criteria if c.passed is False] == [
        "Called again, it says the same"
    ]
    assert report.diagnosis.slug == "returns-the-same-object-again"


# -- caps that small cases would not show --


def limit_between(low: float, high: float) -> Function:
    return lambda grads, max_norm: bptt_lib.clip_gradients(grads, min(max(max_norm, low), high))


def first_five(grads, max_norm):
    norm = bptt_lib.global_norm(dict(list(grads.items())[:5]))
    return {k: g * (max_norm / norm if norm > max_norm else 1.0) for k, g in grads.items()}


@pytest.mark.parametrize("function", [limit_between(0.1, 1e9), limit_between(0, 20), first_five])
def test_caps_on_the_clip_are_seen(function: Function) -> None:
    assert not check(function, "clip_gradients").passed


def best_of_all(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
    args = X_seq, targets_seq, params, loss_fn, lr, epochs + 1, max_norm
    tried, best = params, np.inf
    current = params
    for step in bptt_lib.training_steps(*args):
        if step.loss < best:
            tried, best = current, step.loss
        current = step.params
    return {k: v.copy() for k, v in tried.items()}


def trained_with(**change: Callable[[float], float]) -> Function:
    names = ("lr", "epochs", "max_norm")

    def train_rnn_bptt(X_seq, targets_seq, params, loss_fn, lr, epochs, max_norm):
        rest = dict(zip(names, (lr, epochs, max_norm), strict=True))
        rest |= {name: alter(rest[name]) for name, alter in change.items()}
        return bptt_lib.train_rnn_bptt(X_seq, targets_seq, params, loss_fn, *rest.values())

    return train_rnn_bptt


@pytest.mark.parametrize(
    "function",
    [
        best_of_all,
        trained_with(epochs=lambda n: min(n, 4)),
        trained_with(lr=lambda x: min(x, 0.6)),
        trained_with(lr=lambda x: max(x, 0.05) if x else 0.0),
        trained_with(max_norm=lambda x: x if x < 10 else 1e9),
        trained_with(max_norm=lambda x: max(x, 0.1)),
    ],
)
def test_caps_on_training_are_seen(function: Function) -> None:
    assert not check(function, "train_rnn_bptt").passed


def test_an_extra_without_effect_is_told_and_decides_nothing() -> None:
    def rnn_bptt(cache, dL_dh_last, W_xh, W_hh, *, truncation=None):
        return bptt_lib.rnn_bptt(cache, dL_dh_last, W_xh, W_hh)

    report = check(rnn_bptt)
    assert report.passed
    told = next(c for c in report.criteria if c.name.startswith("truncation"))
    assert told.passed is None
    assert "it changes nothing" in told.message
