"""Unmodified Pyodide and NumPy on an empty page: the floor of start-up, and a bare laboratory.

Nothing of ours is on that page until `run_python` brings it: our wheel, and those parts of
the tests that run natively and in Pyodide alike.
"""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import autograd
from bptt_site.fetch import fetch_runtime
from bptt_site.lock import lock_of
from bptt_site.manifest import load_manifest
from bptt_site.serve import site_server
from bptt_site.wheel import build_library, write_stand_in
from playwright.sync_api import Page

EMPTY_PAGE = """<!doctype html><meta charset="utf-8"><title>bare Pyodide</title>
<script type="module">
  import { loadPyodide } from "./pyodide.mjs";
  const pyodide = await loadPyodide();
  await pyodide.loadPackage("numpy");
  globalThis.pyodide = pyodide;
  document.body.textContent = pyodide.runPython("import numpy; numpy.__version__");
</script><body></body>
"""

TESTS = Path(__file__).parent
IN_PYODIDE_TOO = ("benchmarks", "checks")


@contextmanager
def bare_site(folder: Path) -> Iterator[str]:
    """Lay out the pinned files as published, and serve them; yield the page's address."""
    manifest = load_manifest()
    for path in fetch_runtime(manifest).values():
        (folder / path.name).symlink_to(path)
    own = [build_library(folder), write_stand_in("jedi", "0.0.0", "not used here", folder)]
    (folder / "pyodide-lock.json").write_text(json.dumps(lock_of(manifest, own)))
    (folder / "index.html").write_text(EMPTY_PAGE)
    _zip_package(Path(autograd.__file__).parent, folder / "autograd.zip")
    for name in IN_PYODIDE_TOO:
        _zip_package(TESTS / name, folder / f"{name}.zip", parent="tests")
    with site_server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def run_python(page: Page, url: str, code: str) -> str:
    """Run `code` in the bare page, with our wheel and parts of the tests; return its value."""
    page.goto(url)
    page.wait_for_function("globalThis.pyodide", timeout=180_000)
    return page.evaluate(
        """async (code) => {
            await pyodide.loadPackage("bptt-lib");
            for (const name of ["autograd", "benchmarks", "checks"]) {
                const response = await fetch(`${name}.zip`);
                pyodide.unpackArchive(await response.arrayBuffer(), "zip");
            }
            return await pyodide.runPythonAsync(code);
        }""",
        code,
    )


def _zip_package(package: Path, target: Path, parent: str = "") -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(package.rglob("*.py")):
            archive.write(path, Path(parent, package.name, path.relative_to(package)))
