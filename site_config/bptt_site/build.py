"""``python -m bptt_site.build [--if-stale]``: build the site, and keep it whole.

The build goes into a folder apart, and takes the place of ``_output/`` only
when it has succeeded: whoever is reading the old site is not disturbed, and a
failed build leaves it as it was.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from .cache import locked
from .places import ROOT

__all__ = ["build", "inputs_digest", "is_stale", "main"]

OUTPUT = ROOT / "_output"
INPUTS = ["content", "bptt_lib", "site_config", "jupyter_lite_config.json", "pyproject.toml"]
INPUTS += ["README.md", "LICENSE"]  # our wheel carries them
NOT_INPUTS = {"__pycache__", ".ipynb_checkpoints", ".jupyterlite.doit.db"}


def main() -> int:
    """Build when asked to; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bptt_site.build", description="Build the site.")
    parser.add_argument("--if-stale", action="store_true", help="only when something has changed")
    only_if_stale = parser.parse_args().if_stale
    with locked(ROOT / ".cache" / "build.lock"):  # the second of two waits, then finds it fresh
        if only_if_stale and not is_stale():
            print("_output/ is up to date")
            return 0
        return build()


def build() -> int:
    """Run ``jupyter lite build`` and put its result in place; return its exit code."""
    digest = inputs_digest()  # before: what changes meanwhile makes the result stale
    fresh = ROOT / ".cache" / "site"
    shutil.rmtree(fresh, ignore_errors=True)
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(fresh)]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code == 0:
        (fresh / "build.json").write_text(json.dumps({"inputs": digest}) + "\n", encoding="utf-8")
        _swap(fresh, OUTPUT)
        print("the site is in _output/")
    return code


def is_stale() -> bool:
    """Say whether ``_output/`` was built from other inputs than there are now."""
    try:
        stamp = json.loads((OUTPUT / "build.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    return bool(stamp.get("inputs") != inputs_digest())


def inputs_digest() -> str:
    """Return one digest over the names and contents of everything that the site is made of."""
    digest = hashlib.sha256()
    for path in _input_files():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _input_files() -> list[Path]:
    roots = [ROOT / name for name in INPUTS]
    files = [path for root in roots for path in ([root] if root.is_file() else root.rglob("*"))]
    return sorted(path for path in files if path.is_file() and not NOT_INPUTS & set(path.parts))


def _swap(fresh: Path, place: Path) -> None:
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.replace(place, old)
    os.replace(fresh, place)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
