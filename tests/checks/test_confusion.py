"""Each known mistake gets its own name, and no correct solution gets any."""

from __future__ import annotations

import pytest

from bptt_lib.checks.exercises import COURSE, find
from tests.checks import confusion
from tests.checks.variants import variants

AT_LEAST = {"rnn_forward_cache": 15, "rnn_bptt": 25, "clip_gradients": 15, "train_rnn_bptt": 25}


@pytest.fixture(scope="module")
def table() -> list[confusion.Row]:
    return list(confusion.rows())


def test_each_misconception_fails_and_is_called_by_its_name(table: list[confusion.Row]) -> None:
    misnamed = [
        (row.exercise, row.submitted, row.named)
        for row in table
        if not row.submitted.startswith("correct: ")
        and (row.passed or row.named not in row.allowed)
    ]
    assert misnamed == []


def test_each_correct_variant_passes_without_a_diagnosis(table: list[confusion.Row]) -> None:
    blamed = [
        (row.exercise, row.submitted, row.named, row.first_failed)
        for row in table
        if row.submitted.startswith("correct: ") and (not row.passed or row.named)
    ]
    assert blamed == []


def test_the_table_in_the_docs_is_this_one(table: list[confusion.Row]) -> None:
    kept = confusion.TABLE.read_text(encoding="utf-8")
    assert kept == confusion.as_markdown(table), "run: python -m tests.checks.confusion"


def test_there_are_forty_correct_variants() -> None:
    assert sum(len(variants(name)) for name in COURSE) >= 40


@pytest.mark.parametrize("name", COURSE)
def test_a_catalogue_is_large_and_complete(name: str) -> None:
    catalogue = find(name).misconceptions()
    slugs = [m.slug for m in catalogue]
    assert len(slugs) >= AT_LEAST[name]
    assert len(set(slugs)) == len(slugs)
    for m in catalogue:
        assert set(m.same_as) <= set(slugs)
        assert all((m.title, m.explanation, m.hint, m.seen))


@pytest.mark.parametrize("name", COURSE)
def test_the_parts_without_exchange_are_right(name: str) -> None:
    from bptt_lib.checks import check

    assert check(find(name).right(), name).passed
