"""The landing page takes its place without breaking the pages behind it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bptt_site.landing import place_landing
from bptt_site.places import LANDING, ROOT


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<html>JupyterLite's own</html>")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "10_rnn_bptt.ipynb").write_text("{}")
    (tmp_path / "static" / "pyodide").mkdir(parents=True)
    (tmp_path / "static" / "pyodide" / "pyodide.asm.wasm").write_bytes(bytes(3_400_000))
    return tmp_path


def test_it_takes_the_place_of_jupyterlites_own(site: Path) -> None:
    place_landing(site)
    page = (site / "index.html").read_text()
    assert "Open the lesson" in page
    assert "JupyterLite's own" not in page


def test_a_card_whose_notebook_is_missing_is_left_out(site: Path) -> None:
    place_landing(site)
    page = (site / "index.html").read_text()
    assert re.findall(r'data-notebook="(.*?)"', page) == ["10_rnn_bptt.ipynb"]
    assert "11_char_rnn" not in page


def test_it_states_the_size_that_is_really_there(site: Path) -> None:
    place_landing(site)
    assert "3&nbsp;MB" in (site / "index.html").read_text()


def test_the_picture_counts_time_from_zero_as_the_lesson_does() -> None:
    page = (LANDING / "index.html").read_text()
    assert re.findall(r">(h[₋₀-₉]+)</text>", page) == ["h₋₁", "h₀", "h₁", "h₂", "h₃"]
    assert re.findall(r">(x[₀-₉]+)</text>", page) == ["x₀", "x₁", "x₂", "x₃"]


def test_the_page_and_the_lesson_promise_the_same_time() -> None:
    lesson = (ROOT / "content" / "10_rnn_bptt.ipynb").read_text()
    assert "about two hours" in lesson
    assert "About two hours" in (LANDING / "index.html").read_text()


def test_a_strict_content_policy_would_not_change_it() -> None:
    page = (LANDING / "index.html").read_text()
    assert " style=" not in page
    assert " onclick=" not in page
    assert re.findall(r"<script(?![^>]*src=)", page) == []  # JupyterLite's own comes with the build


def test_each_exercise_of_the_lesson_has_its_place_among_what_you_will_be_able_to_do() -> None:
    lesson = json.loads((ROOT / "content" / "10_rnn_bptt.ipynb").read_text())
    exercises = [cell["metadata"].get("bptt", {}).get("exercise") for cell in lesson["cells"]]
    page = (LANDING / "index.html").read_text()
    assert re.findall(r'data-exercise="(.*?)"', page) == [name for name in exercises if name]
    questions = [cell for cell in lesson["cells"] if "question" in cell["metadata"].get("tags", [])]
    assert len(questions) == 11
    assert "four exercises, eleven\n            questions" in page
