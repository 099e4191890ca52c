"""A build that leaves something out is no build."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from bptt_site import build


def test_a_site_without_our_steps_does_not_take_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_ours(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        Path(command[-1]).mkdir(parents=True)
        (Path(command[-1]) / "index.html").write_text("JupyterLite's own")
        return subprocess.CompletedProcess(command, 0)

    (tmp_path / "_output").mkdir()
    (tmp_path / "_output" / "index.html").write_text("the old one")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "OUTPUT", tmp_path / "_output")
    monkeypatch.setattr(build.subprocess, "run", without_ours)
    assert build.build() == 1
    assert "without ours" in capsys.readouterr().err
    assert (tmp_path / "_output" / "index.html").read_text() == "the old one"
