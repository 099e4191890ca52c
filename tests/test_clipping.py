"""Clipping holds its limit, keeps the direction, and survives any magnitude."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bptt_lib import clip_gradients, global_norm

SHAPES = hnp.array_shapes(min_dims=0, max_dims=3, max_side=4)
GRADS = st.dictionaries(
    st.sampled_from(["W_xh", "W_hh", "b_h", "W_hy", "b_y"]),
    hnp.arrays(np.float64, SHAPES, elements=st.floats(-1e3, 1e3)),
    min_size=1,
)


def norm_of(grads):
    return math.hypot(*flat(grads))  # unlike a plain sum of squares, it cannot underflow


def flat(grads):
    return np.concatenate([np.ravel(g) for g in grads.values()])


@given(grads=GRADS)
def test_the_global_norm_is_the_norm_of_all_entries(grads):
    np.testing.assert_allclose(global_norm(grads), norm_of(grads), rtol=1e-12, atol=1e-320)


@given(grads=GRADS, max_norm=st.floats(1e-3, 1e4))
def test_the_limit_holds_and_one_factor_scales_everything(grads, max_norm):
    clipped = clip_gradients(grads, max_norm)
    assert list(clipped) == list(grads)
    norm = norm_of(grads)
    assert norm_of(clipped) <= max_norm * (1 + 1e-12)
    factor = 1.0 if norm <= max_norm else max_norm / norm
    for name in grads:
        np.testing.assert_allclose(clipped[name], factor * grads[name], rtol=1e-12, atol=1e-300)


@given(grads=GRADS)
def test_gradients_under_the_limit_are_unchanged_copies(grads):
    limit = norm_of(grads) * 1.01 + 1e-9
    for max_norm in (limit, float("inf")):
        clipped = clip_gradients(grads, max_norm)
        for name in grads:
            np.testing.assert_array_equal(clipped[name], grads[name])
            assert not np.shares_memory(clipped[name], grads[name])


@pytest.mark.parametrize("magnitude", [1e200, 1e300, 1.7e308, 1e-200, 1e-300])
def test_extreme_magnitudes_neither_overflow_nor_vanish(magnitude):
    grads = {"W": np.full((2, 2), magnitude), "b": np.full(5, -magnitude)}
    relative = global_norm({name: g / magnitude for name, g in grads.items()})
    assert relative == 3.0
    if magnitude < 1e308:
        np.testing.assert_allclose(global_norm(grads), 3 * magnitude, rtol=1e-12)
    limit = 1.0 if magnitude > 1 else magnitude
    clipped = clip_gradients(grads, limit)
    np.testing.assert_allclose(clipped["W"], limit / 3, rtol=1e-12)
    np.testing.assert_allclose(clipped["b"], -limit / 3, rtol=1e-12)


def test_each_array_under_the_limit_but_all_together_over_it():
    clipped = clip_gradients({"a": [0.9], "b": [[0.9]], "c": 0.9}, 1.0)
    np.testing.assert_allclose(flat(clipped), 1 / np.sqrt(3))


def test_scalars_stay_arrays():
    for max_norm in (0.5, 2.0):
        clipped = clip_gradients({"scale": 1.0}, max_norm)["scale"]
        assert isinstance(clipped, np.ndarray)
        assert clipped.shape == ()


def test_zero_gradients_stay_zero():
    assert clip_gradients({"W": np.zeros(3)}, 1.0)["W"].tolist() == [0, 0, 0]
    assert global_norm({"W": np.zeros(3)}) == 0.0
    assert global_norm({}) == 0.0
    assert clip_gradients({}, 1.0) == {}


@pytest.mark.parametrize(("given_dtype", "kept"), [("f4", "f4"), ("f8", "f8"), ("i8", "f8")])
@pytest.mark.parametrize("max_norm", [1.0, 1e6, np.float64(2.0)])
def test_the_dtype_is_kept_and_whole_numbers_become_float64(given_dtype, kept, max_norm):
    grads = {"W": np.arange(4, dtype=given_dtype)}
    assert clip_gradients(grads, max_norm)["W"].dtype == np.dtype(kept)


def test_float32_norms_do_not_overflow_at_the_edge_of_float32():
    grads = {"W": np.full(4, 3e38, dtype=np.float32)}
    np.testing.assert_allclose(global_norm(grads), 6e38, rtol=1e-6)
    np.testing.assert_allclose(clip_gradients(grads, 1.0)["W"], 0.5, rtol=1e-6)
