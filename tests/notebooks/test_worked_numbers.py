"""Every number that the lesson prints in its prose, computed again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bptt_lib import rnn_bptt, rnn_forward_cache
from tests.notebooks.lessons import LESSON, read

W_XH, W_HH = np.array([[0.5]]), np.array([[0.8]])


def table_rows():
    (cell,) = (cell for cell in read(LESSON).cells if cell.id == "worked-example")
    rows = {}
    for line in cell.source.splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        if len(parts) == 3 and parts[1].replace(".", "").isdigit():
            rows[parts[0]] = [float(parts[1]), float(parts[2])]
    return rows, cell.source


def test_the_worked_example_of_two_steps():
    rows, prose = table_rows()
    cache = rnn_forward_cache([[1.0], [0.0]], [0.0], W_XH, W_HH, [0.0])
    h = cache["hidden_states"].ravel()
    slope = 1 - h[1:] ** 2
    dh = [W_HH[0, 0] * slope[1], 1.0]
    da = dh * slope
    expected = {
        "forward: $a_t$": cache["pre_activations"].ravel(),
        "forward: $h_t$": h[1:],
        "slope $1 - h_t^2$": slope,
        "backward: $dh_t$": dh,
        "backward: $da_t$": da,
        "adds to $dW_{xh}$": da * [1.0, 0.0],
        "adds to $dW_{hh}$": da * h[:-1],
        "adds to $db_h$": da,
    }
    assert rows.keys() == expected.keys()
    for name, values in expected.items():
        assert rows[name] == pytest.approx(values, abs=5e-5), name
    assert rf"$0.8 \times {slope[1]:.4f} = {dh[0]:.4f}$" in prose


def test_the_worked_example_adds_up_to_what_the_library_finds():
    rows, _ = table_rows()
    cache = rnn_forward_cache([[1.0], [0.0]], [0.0], W_XH, W_HH, [0.0])
    grads = rnn_bptt(cache, [1.0], W_XH, W_HH)
    for name, key in (("W_{xh}", "W_xh"), ("W_{hh}", "W_hh")):
        assert sum(rows[f"adds to $d{name}$"]) == pytest.approx(grads[key].item(), abs=1e-4)
    assert sum(rows["adds to $db_h$"]) == pytest.approx(grads["b_h"].item(), abs=1e-4)


def test_the_numbers_in_the_questions():
    assert round(math.pow(1.2, 30)) == 237
    assert -math.log(1 / 12) == pytest.approx(2.4849, abs=5e-5)
    assert math.log2(12) == pytest.approx(3.58, abs=0.01)
