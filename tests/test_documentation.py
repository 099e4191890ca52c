"""The documentation is whole, and its examples are true."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
import inspect
import pkgutil
import re

import pytest

import bptt_lib

MODULES = sorted(
    module.name for module in pkgutil.walk_packages(bptt_lib.__path__, prefix="bptt_lib.")
)
PUBLIC = [getattr(bptt_lib, name) for name in bptt_lib.__all__]
FUNCTIONS = [public for public in PUBLIC if inspect.isfunction(public)]


def sections(public):
    return re.findall(r"^(\w[\w ]*)\n-{3,}$", inspect.getdoc(public), flags=re.MULTILINE)


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name):
    results = doctest.testmod(importlib.import_module(name), verbose=False)
    assert results.failed == 0, f"{results.failed} examples of {name} fail; see the output above"


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_each_function_has_the_sections_of_numpydoc(function):
    has_parameters = bool(inspect.signature(function).parameters)
    expected = ["Parameters", "Returns", "Raises", "Notes", "References", "Examples"]
    if not has_parameters:  # and so nothing to refuse
        expected = ["Returns", "Notes", "Examples"]
    assert sections(function) == expected
    assert ">>> " in inspect.getdoc(function)


def documented_parameters(public):
    text = inspect.getdoc(public).split("Parameters\n----------\n")[1]
    text = re.split(r"\n\n\w[\w ]*\n-{3,}\n", text)[0]
    return [
        name.strip()
        for line in text.splitlines()
        if line and not line.startswith(" ")
        for name in line.split(":")[0].split(",")
    ]


@pytest.mark.parametrize("public", PUBLIC, ids=lambda public: public.__name__)
def test_each_parameter_is_explained_in_its_order(public):
    if dataclasses.is_dataclass(public):
        expected = [field.name for field in dataclasses.fields(public) if field.init]
    else:
        expected = list(inspect.signature(public).parameters)
    if expected:
        assert documented_parameters(public) == expected


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_arrays_are_explained_with_their_shapes(function):
    for line in inspect.getdoc(function).splitlines():
        if re.match(r"^\w[\w, ]* : (array_like|ndarray)", line):
            assert "shape" in line or function.__name__ == "relative_error", line
