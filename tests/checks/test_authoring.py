"""The worked example of docs/authoring.md, run as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bptt_lib.checks import check, exercises

PAGE = Path(__file__).parents[2] / "docs" / "authoring.md"


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    space: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(block, space)
    yield space
    exercises._registered.pop("gru_cell")


def test_the_reference_passes(page: dict[str, Any]) -> None:
    report = check(page["gru_cell"])
    assert report.passed
    assert [c.name for c in report.criteria][2:5] == [s.name for s in page["STAGES"]]


def test_another_right_solution_passes(page: dict[str, Any]) -> None:
    def gru_cell(x, h, W, U, b):
        gates = 0.5 * (1 + np.tanh(0.5 * (W[:2] @ x + U[:2] @ h + b[:2])))
        n = np.tanh(W[2] @ x + U[2] @ (gates[1] * h) + b[2])
        return {"gates": gates.tolist(), "h": list(h + gates[0] * (n - h))}

    assert check(gru_cell).passed


def test_each_misconception_is_called_by_its_name(page: dict[str, Any]) -> None:
    for m in page["misconceptions"]():
        report = check(m.function, "gru_cell")
        assert not report.passed
        assert report.diagnosis.slug == m.slug


def test_what_no_catalogue_holds_is_described(page: dict[str, Any]) -> None:
    def gru_cell(x, h, W, U, b):
        right = page["gru_cell"](x, h, W, U, b)
        return {**right, "h": -right["h"]}

    report = check(gru_cell)
    assert report.diagnosis.slug == "negated"
    assert "gates is right" in report.diagnosis.explanation
