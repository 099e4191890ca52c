"""The confusion table: each misconception submitted as a learner's answer, and what it is called.

``python -m tests.checks.confusion`` writes docs/confusion-table.md anew; a test fails when that
file is stale. Runs in the browser's Python too: ``rows()`` needs neither pytest nor files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bptt_lib.checks import check
from bptt_lib.checks.exercises import COURSE, find
from tests.checks.variants import variants

TABLE = Path(__file__).parents[2] / "docs" / "confusion-table.md"


class Row(NamedTuple):
    """What became of one submitted function."""

    exercise: str
    submitted: str
    allowed: tuple[str, ...]
    named: str
    passed: bool
    first_failed: str
    step: int | None


def rows() -> Iterator[Row]:
    """Submit each misconception and each correct variant."""
    for name in COURSE:
        for m in find(name).misconceptions():
            yield _row(name, m.slug, (m.slug, *m.same_as), m.function)
        for variant in variants(name):
            yield _row(name, f"correct: {variant.__name__}", ("",), variant)


def _row(exercise: str, submitted: str, allowed: tuple[str, ...], function: object) -> Row:
    report = check(function, exercise)
    named = report.diagnosis.slug if report.diagnosis else ""
    failed = next((c.name for c in report.criteria if not c.passed), "")
    return Row(exercise, submitted, allowed, named, report.passed, failed, report.first_wrong_step)


def as_markdown(table: list[Row]) -> str:
    """Return the table as it is kept in the docs."""
    lines = [
        "# What each mistake is called",
        "",
        "Each misconception of the catalogues, submitted as a learner's answer, and the name that",
        "its report gives; then the correct variants of the tests, which must pass without any.",
        "Written by `python -m tests.checks.confusion`; a test fails when it is stale.",
    ]
    for name in COURSE:
        mine = [row for row in table if row.exercise == name]
        wrong = [row for row in mine if not row.submitted.startswith("correct: ")]
        right = [row for row in mine if row.submitted.startswith("correct: ")]
        named = sum(row.named in row.allowed for row in wrong)
        passed = sum(row.passed for row in right)
        lines += [
            "",
            f"## `{name}`",
            "",
            f"{named} of {len(wrong)} misconceptions are called by their own name or a stated",
            f"equivalent; {passed} of {len(right)} correct variants pass.",
            "",
            "| submitted | called | first criterion that fails | first wrong step |",
            "|---|---|---|---|",
        ]
        for row in mine:
            step = "" if row.step is None else str(row.step)
            called = "passes" if row.passed else row.named or "not named"
            lines.append(f"| {row.submitted} | {called} | {row.first_failed} | {step} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(as_markdown(list(rows())), encoding="utf-8")
    print(f"wrote {TABLE.name}")
