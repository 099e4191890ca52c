"""The line chart: what Python sends, and what a browser draws of it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from bptt_lib.widgets.line_chart import LineChart

TRAITS = ("title", "x_label", "y_label", "log_y", "rule", "x_range", "summary", "lines")


def sent(chart: LineChart) -> dict:
    return {name: getattr(chart, name) for name in TRAITS}


def test_a_bare_series_is_drawn_over_its_places():
    (line,) = LineChart({"loss": [3.0, 2.0, 1.5]}).lines
    assert line == {"name": "loss", "x": [0.0, 1.0, 2.0], "y": [3.0, 2.0, 1.5]}


def test_a_pair_brings_its_own_axis():
    (line,) = LineChart({"loss": ([10, 20], [1, 2])}).lines
    assert (line["x"], line["y"]) == ([10.0, 20.0], [1.0, 2.0])


def test_what_is_not_finite_becomes_a_gap():
    chart = LineChart({"loss": [1.0, np.nan, np.inf, 0.5]})
    assert chart.lines[0]["y"] == [1.0, None, None, 0.5]
    assert chart.summary == "loss: from 1 to 0.5."


def test_an_empty_chart_says_so():
    assert LineChart({}).summary == "Nothing to show yet."
    assert LineChart({"loss": []}).summary == "Nothing to show yet."


def test_drawing_again_replaces_lines_and_words_together():
    chart = LineChart({"loss": [1.0]})
    chart.draw({"norm": [4.0, 8.0]})
    assert [line["name"] for line in chart.lines] == ["norm"]
    assert chart.summary == "norm: from 4 to 8."


@pytest.mark.parametrize("values", [([1, 2, 3], [1, 2]), [[1, 2], [3, 4]]])
def test_a_series_that_is_no_line_is_named(values):
    with pytest.raises(ValueError, match="series 'loss': expected N values"):
        LineChart({"loss": values})


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path)]


@pytest.mark.e2e
def test_geometric_growth_is_a_straight_line_on_the_logarithmic_axis(host):
    page = host("line_chart.js", sent(LineChart({"norm": 1.2 ** np.arange(31.0)}, log_y=True)))
    drawn = np.array(points(page.locator("path").get_attribute("d")))
    assert len(drawn) == 31
    slopes = np.diff(drawn[:, 1]) / np.diff(drawn[:, 0])
    assert slopes == pytest.approx(np.full(30, slopes.mean()), abs=0.02)
    assert slopes.mean() < 0, "up in the picture is down in its coordinates"


@pytest.mark.e2e
def test_a_gap_breaks_the_line_and_zero_has_no_logarithm(host):
    page = host("line_chart.js", sent(LineChart({"a": [1, np.nan, 2, 3]})))
    assert page.locator("path").get_attribute("d").count("M") == 2
    page = host("line_chart.js", sent(LineChart({"a": [1, 0, 2, 3]}, log_y=True)))
    assert len(points(page.locator("path").get_attribute("d"))) == 3


@pytest.mark.e2e
def test_lines_are_told_apart_without_colour_and_named(host):
    chart = LineChart({"one": [1, 2], "two": [2, 3]}, rule=(2.5, "the limit"))
    page = host("line_chart.js", sent(chart))
    dashes = page.locator("path").evaluate_all(
        "all => all.map(p => p.getAttribute('stroke-dasharray'))"
    )
    assert len(set(dashes)) == 2
    assert page.locator("li").all_inner_texts() == ["one", "two", "the limit"]


@pytest.mark.e2e
def test_the_picture_says_what_it_shows_and_hands_out_its_numbers(host):
    page = host(
        "line_chart.js", sent(LineChart({"loss": [3.0, 0.25]}, title="Loss", x_label="epoch"))
    )
    expect(page.get_by_role("img", name="Loss. loss: from 3 to 0.25.")).to_be_visible()
    expect(page.locator("table")).to_have_count(0)
    page.locator("summary").press("Enter")
    expect(page.locator("tr")).to_have_count(3)
    rows = [row.locator("th, td").all_inner_texts() for row in page.locator("tr").all()]
    assert rows == [["epoch", "loss"], ["0", "3"], ["1", "0.25"]]


@pytest.mark.e2e
def test_it_follows_python_and_leaves_nothing_behind(host):
    page = host("line_chart.js", sent(LineChart({"loss": [3.0, 2.0]})))
    grown = sent(LineChart({"loss": [3.0, 2.0, 1.0]}))
    page.evaluate("lines => window.host.set('lines', lines)", grown["lines"])
    expect(page.locator("circle")).to_have_count(3)
    page.evaluate("window.host.cleanUp()")
    assert page.evaluate("window.host.listeners.size") == 0
    expect(page.locator(".bptt-chart")).to_have_count(0)


@pytest.mark.e2e
def test_it_fits_a_phone(host):
    chart = LineChart({"a long name of a line": [1, 2], "another long name": [2, 3]})
    page = host("line_chart.js", sent(chart), viewport={"width": 360, "height": 700})
    expect(page.locator("svg[role=img]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
