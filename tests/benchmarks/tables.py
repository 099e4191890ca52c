"""The measurements as Markdown, and their place in the README."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.benchmarks.startup import StartUp

README = Path(__file__).parents[2] / "README.md"
START, END = "<!-- measured: start -->", "<!-- measured: end -->"


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def kernel_rows(where: str, measured: list[dict[str, object]]) -> list[list[str]]:
    """Milliseconds of ours, and how many times as long the others take."""
    rows = []
    for row in measured:
        ms = row["ms"]
        ratios = [f"{ms[name] / ms['bptt_lib']:.1f}" for name in ("plain", "autograd")]
        size = f"T = {row['T']}, D = {row['D']}, H = {row['H']}, {where}"
        rows.append([size, f"{ms['bptt_lib']:.2g} ms", *ratios])
    return rows


def startup_rows(measured: dict[str, StartUp], floor: str) -> list[list[str]]:
    """Seconds and the ratio to the floor of each visit, and what a cold one fetches."""
    bare = measured[floor]
    return [
        [
            name,
            *_seconds(site.cold, bare.cold),
            *_seconds(site.second, bare.second),
            *_seconds(site.warm, bare.warm),
            f"{site.megabytes:.1f} MB",
        ]
        for name, site in measured.items()
    ]


def _seconds(ours: float, floor: float) -> tuple[str, str]:
    return f"{ours:.1f} s", f"{ours / floor:.2f}"


def check_rows(measured: list[dict[str, object]]) -> list[list[str]]:
    """Milliseconds of a pass and of a named mistake."""
    return [
        [f"`{row['exercise']}`", f"{row['passes']:.0f} ms", f"{row['fails']:.0f} ms"]
        for row in measured
    ]


def write_into_readme(text: str) -> None:
    """Replace what the README says was measured."""
    readme = README.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(START)}.*{re.escape(END)}", re.DOTALL)
    if not pattern.search(readme):
        raise SystemExit(f"README.md has no place for the figures: {START} ... {END}")
    readme = pattern.sub(lambda _: f"{START}\n{text}\n{END}", readme)
    README.write_text(readme, encoding="utf-8")
