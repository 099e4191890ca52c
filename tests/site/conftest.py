"""A web server that misbehaves as told, and a site built from this tree."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bptt_site.places import ROOT

from .unruly_server import UnrulyServer


@pytest.fixture
def server() -> Iterator[UnrulyServer]:
    unruly = UnrulyServer()
    threading.Thread(target=unruly.serve_forever, args=(0.02,), daemon=True).start()
    yield unruly
    unruly.hurry.set()
    unruly.shutdown()
    unruly.server_close()


@pytest.fixture(scope="session")
def site() -> Path:
    """Build the site from this tree, when it is stale, and say where it is."""
    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    return ROOT / "_output"


@pytest.fixture(scope="session")
def packages(site: Path) -> Iterator[tarfile.TarFile]:
    """The archive of all that Python imports in the page."""
    with tarfile.open(site / "static/pyodide/packages.tar.gz") as archive:
        yield archive
