"""What ``%pip install`` answers: a sentence, and in the end no error."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from bptt_site.places import KERNEL


def in_a_loop(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run it in a thread: a browser's test may have a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a learner reads below a line ``%pip ...``."""
    monkeypatch.syspath_prepend(str(KERNEL / "stand_ins"))
    for name in ("micropip", "piplite", "piplite.cli"):
        monkeypatch.delitem(sys.modules, name, raising=False)

    async def run(words: list[str]) -> str:
        from piplite.cli import get_transformed_code

        code = await get_transformed_code(words)
        body = "".join(f"    {line}\n" for line in code.splitlines())
        names: dict[str, Any] = {}
        exec(f"async def cell():\n{body}", names)
        await names["cell"]()
        return capsys.readouterr().out

    return lambda *words: in_a_loop(run([*words]))


def test_what_is_not_here_cannot_be_had_and_why(answer: Any) -> None:
    said = answer("install", "--quiet", "no_such_package>=1")
    assert said.startswith(
        "no_such_package>=1 cannot be installed: this page asks no other site for anything."
    )
    assert "You can import numpy" in said


def test_what_is_here_is_said_to_be(answer: Any) -> None:
    assert answer("install", "numpy==2.0") == "numpy is here already: import it.\n"


@pytest.mark.parametrize("words", [[], ["install"], ["list"], ["uninstall", "numpy"]])
def test_other_commands_are_not_understood(answer: Any, words: list[str]) -> None:
    assert "understands only: %pip install NAME" in answer(*words)


def test_micropip_answers_the_same(answer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answer("install", "numpy")

    async def cell() -> None:
        import micropip

        await micropip.install("pandas_of_nowhere")

    in_a_loop(cell())
    assert "pandas_of_nowhere cannot be installed" in capsys.readouterr().out
