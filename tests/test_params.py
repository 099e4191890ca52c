"""The parameters begin as they are said to."""

from __future__ import annotations

import numpy as np
import pytest

from bptt_lib import init_params, spectral_radius


@pytest.mark.parametrize("H", [1, 2, 7, 40])
@pytest.mark.parametrize("radius", [0.0, 0.5, 1.0, 1.7])
def test_the_spectral_radius_is_the_one_asked_for(H, radius):
    params = init_params(3, H, 2, seed=4, spectral_radius=radius)
    np.testing.assert_allclose(spectral_radius(params["W_hh"]), radius, rtol=1e-10)
    eigenvalues = np.linalg.eigvals(params["W_hh"])
    np.testing.assert_allclose(np.abs(eigenvalues).max(), radius, rtol=1e-10)


def test_names_shapes_and_zero_biases():
    params = init_params(3, 4, 2)
    assert {name: p.shape for name, p in params.items()} == {
        "W_xh": (4, 3),
        "W_hh": (4, 4),
        "b_h": (4,),
        "W_hy": (2, 4),
        "b_y": (2,),
    }
    assert not params["b_h"].any()
    assert not params["b_y"].any()


def test_the_seed_decides_and_the_global_generator_is_left_alone():
    np.random.seed(0)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first, again, other = (init_params(3, 4, 2, seed=s) for s in (5, 5, 6))
    np.testing.assert_array_equal(first["W_hh"], again["W_hh"])
    assert (first["W_xh"] != other["W_xh"]).any()
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_the_radius_changes_nothing_but_w_hh():
    small, large = (init_params(3, 4, 2, spectral_radius=r) for r in (0.5, 1.0))
    np.testing.assert_allclose(2 * small["W_hh"], large["W_hh"])
    for name in ("W_xh", "W_hy"):
        np.testing.assert_array_equal(small[name], large[name])
