"""What the site, the checks and the readers rely on in the notebooks, read from the files."""

from __future__ import annotations

import ast
import inspect
import itertools
import re

import pytest

import bptt_lib
from bptt_lib.checks.question_bank import QUESTIONS
from tests.notebooks.lessons import CONTENT, LESSON, read

NOTEBOOKS = sorted(CONTENT.glob("*.ipynb"))
OUTLINE = [
    "10. RNN: Backpropagation Through Time",
    "What is BPTT?",
    "Task 1: unroll and cache",
    "Task 2: the backward pass",
    "Task 3: gradient clipping",
    "Task 4: the training loop",
    "Final summary",
]
EXERCISES = ["rnn_forward_cache", "rnn_bptt", "clip_gradients", "train_rnn_bptt"]


def markdown(path):
    return "\n\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")


def exercise_cells():
    return [cell for cell in read(LESSON).cells if "bptt" in cell.metadata]


def definition(cell):
    (function,) = (n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.FunctionDef))
    return function


def test_the_outline_is_the_lesson_s_and_in_order():
    headings = re.findall(r"^#{1,2} (.+)$", markdown(LESSON), flags=re.MULTILINE)
    assert [heading for heading in headings if heading in OUTLINE] == OUTLINE


def test_each_section_says_what_it_has_to_do_with_transformers():
    sections = re.split(r"^## ", markdown(LESSON), flags=re.MULTILINE)
    for section in sections:
        title = section.splitlines()[0].lstrip("# ")
        if title in OUTLINE[:-1]:
            assert "> **In a transformer.**" in section, title
    assert "attention" in sections[-1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_shipped_without_a_trace_of_a_run(path):
    notebook = read(path)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python"
    for cell in notebook.cells:
        assert re.fullmatch(r"[a-z0-9-]+", cell.id), "an id says in words which cell it is"
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
        else:
            assert cell.metadata.editable is False


def test_exercises_carry_their_marks_in_the_order_of_the_tasks():
    cells = exercise_cells()
    assert [cell.metadata.bptt.exercise for cell in cells] == EXERCISES
    for cell in cells:
        assert "exercise" in cell.metadata.tags
        assert cell.metadata.deletable is False
        assert cell.cell_type == "code"


@pytest.mark.parametrize("cell", exercise_cells(), ids=lambda cell: cell.metadata.bptt.exercise)
def test_a_scaffold_defines_one_function_with_the_lesson_s_signature(cell):
    function = definition(cell)
    assert function.name == cell.metadata.bptt.exercise
    assert [ast.unparse(decorator) for decorator in function.decorator_list] == ["exercise"]
    positional = [
        name
        for name, parameter in inspect.signature(
            getattr(bptt_lib, function.name)
        ).parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    assert ast.unparse(function.args) == ", ".join(positional)


@pytest.mark.parametrize("cell", exercise_cells(), ids=lambda cell: cell.metadata.bptt.exercise)
def test_a_scaffold_is_unsolved_and_invites_the_reader_s_own_words(cell):
    function = definition(cell)
    docstring, body = ast.get_docstring(function), function.body[1:]
    assert "<In your own words" in docstring
    for parameter in function.args.args:
        assert re.search(rf"\b{parameter.arg}\b", docstring), f"{parameter.arg} is not explained"
    (statement,) = body
    assert isinstance(statement, ast.Raise)
    assert statement.exc.func.id == "NotImplementedError"


@pytest.mark.parametrize("cell", exercise_cells(), ids=lambda cell: cell.metadata.bptt.exercise)
def test_an_exercise_needs_no_other_cell(cell):
    known = set(dir(__builtins__)) | {cell.metadata.bptt.exercise}
    module = ast.parse(cell.source)
    for node in ast.walk(module):
        if isinstance(node, ast.Import | ast.ImportFrom):
            known |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            known.add(node.id)
    used = {n.id for n in ast.walk(module) if isinstance(n, ast.Name)}
    assert used <= known | {"exercise", "NotImplementedError", "np"}
    assert "import numpy as np" in cell.source


def test_every_question_of_the_lesson_is_asked_once_in_its_own_words():
    cells = read(LESSON).cells
    asked = []
    for above, cell in itertools.pairwise(cells):
        if match := re.search(r'^answer\("([^"]+)", \.\.\.\)$', cell.source, flags=re.MULTILINE):
            question = next(q for q in QUESTIONS if q.name == match[1])
            assert question.text in above.source
            for letter, words in question.choices.items():
                assert f"- **{letter}**: {words}" in above.source
            asked.append(question.name)
    assert sorted(asked) == sorted(q.name for q in QUESTIONS if q.name.startswith("10-"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_links_lead_somewhere_and_nothing_is_fetched(path):
    text = markdown(path)
    assert "![" not in text
    assert not re.search(r"<(img|script|iframe|link|video|audio)\b", text)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    for target in targets:
        if not target.startswith("https://"):
            assert (path.parent / target).is_file(), target


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_equations_are_closed(path):
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"`[^`]*`", "", cell.source)
            assert len(re.findall(r"\$\$", prose)) % 2 == 0, cell.id
            assert len(re.findall(r"(?<!\$)\$(?!\$)", prose)) % 2 == 0, cell.id
            assert prose.count(r"\begin{aligned}") == prose.count(r"\end{aligned}"), cell.id
