"""The comparison: JupyterLite as it comes, with the same notebooks and the same Python.

Nothing of `site_config` takes part in this build. Since a benchmark must not
depend on somebody's CDN, Pyodide lies beside the site, unmodified, where a
stock site would ask the CDN for it: that flatters the stock site.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bptt_site.fetch import fetch_runtime
from bptt_site.lock import describe, lock_of
from bptt_site.manifest import load_manifest
from bptt_site.places import ROOT
from bptt_site.wheel import build_library

# The kernel insists on jedi; the course's site leaves it out, a stock one loads it.
STOCK_EXTRAS = ("jedi==0.19.2", "parso==0.8.4")


def build_stock_site(folder: Path) -> Path:
    """Build a stock site in `folder`; return where it is."""
    pyodide = folder / "lite" / "static" / "pyodide"
    pyodide.mkdir(parents=True)
    manifest = load_manifest()
    for path in fetch_runtime(manifest).values():
        (pyodide / path.name).write_bytes(path.read_bytes())
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *STOCK_EXTRAS],
        cwd=pyodide,
        check=True,
    )
    extras = [*pyodide.glob("jedi-*.whl"), *pyodide.glob("parso-*.whl")]
    lock = lock_of(manifest, [build_library(pyodide), *extras])
    (pyodide / "pyodide-lock.json").write_text(json.dumps(lock))
    assert {describe(path, "").name for path in extras} == {"jedi", "parso"}
    config = {
        "LiteBuildConfig": {
            "lite_dir": str(folder / "lite"),
            "output_dir": str(folder / "site"),
            "contents": [str(ROOT / "content")],
            "disable_addons": ["z_bptt_site"],
        }
    }
    (folder / "jupyter_lite_config.json").write_text(json.dumps(config))
    subprocess.run(
        [sys.executable, "-m", "jupyterlite_core", "build"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    site = folder / "site"
    assert not (site / "build.json").exists(), "our own addon took part in the stock site"
    return site
