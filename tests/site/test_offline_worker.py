"""The service worker is our parts and JupyterLite's own, in one file."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import jupyterlite_core
import pytest
from bptt_site.offline import PARTS, WORKER, place_offline
from bptt_site.places import OFFLINE

CONFIG = {"jupyter-config-data": {"appVersion": "1.2.3"}}


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A site with JupyterLite's own worker, as it is installed."""
    (app,) = Path(jupyterlite_core.__file__).parent.glob("jupyterlite-app-*.tgz")
    shutil.unpack_archive(app, tmp_path / "app")
    shutil.copy(tmp_path / "app/package" / WORKER, tmp_path / WORKER)
    (tmp_path / "jupyter-lite.json").write_text(json.dumps(CONFIG))
    return tmp_path


def test_each_part_is_in_it_and_jupyterlites_own_untouched(theirs: Path) -> None:
    own = (theirs / WORKER).read_text()
    place_offline(theirs)
    worker = (theirs / WORKER).read_text()
    assert worker.count(own) == 1
    assert {path.stem for path in (OFFLINE / "worker").glob("*.js")} == set(PARTS)
    for name in PARTS:
        assert (OFFLINE / f"worker/{name}.js").read_text() in worker


def test_it_is_told_jupyterlites_version(theirs: Path) -> None:
    place_offline(theirs)
    register = (theirs / "offline/register.js").read_text()
    assert '-version`, "1.2.3")' in register
    assert "JUPYTERLITE_VERSION" not in register


def test_a_worker_that_no_longer_does_its_duties_is_noticed(theirs: Path) -> None:
    text = (theirs / WORKER).read_text()
    (theirs / WORKER).write_text(text.replace("/api/stdin/", "/api/input/"))
    with pytest.raises(ValueError, match=re.escape("no longer says '/api/stdin/'")):
        place_offline(theirs)
