"""``python -m bptt_site.build [--if-stale]``: build the site, and keep it whole.

The build goes into a folder apart, and takes the place of ``_output/`` only
when it has succeeded: whoever is reading the old site is not disturbed, and a
failed build leaves it as it was.
"""

import argparse
import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

from .cache import locked
from .places import ROOT
from .stamp import inputs_digest, read_stamp

__all__ = ["build", "build_if_stale", "is_stale", "main"]

OUTPUT = ROOT / "_output"


def main() -> int:
    """Build when asked to; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m bptt_site.build", description="Build the site."
    )
    parser.add_argument("--if-stale", action="store_true", help="only when something has changed")
    return build_if_stale() if parser.parse_args().if_stale else build()


def build() -> int:
    """Build the site and put it in place; return the exit code."""
    with _one_at_a_time():
        return _build()


def build_if_stale() -> int:
    """Build unless ``_output/`` is what the inputs make; return the exit code."""
    with _one_at_a_time():  # whoever had to wait finds it fresh
        if is_stale():
            return _build()
    print("_output/ is up to date")
    return 0


def is_stale() -> bool:
    """Say whether ``_output/`` was built from other inputs than there are now."""
    return read_stamp(OUTPUT) != inputs_digest()


def _one_at_a_time() -> AbstractContextManager[None]:
    return locked(ROOT / ".cache" / "build.lock")


def _build() -> int:
    fresh = ROOT / ".cache" / "site"
    shutil.rmtree(fresh, ignore_errors=True)
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--output-dir", str(fresh)]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code == 0 and read_stamp(fresh) is None:
        # JupyterLite leaves out an addon that cannot be loaded, and says so in one line of many.
        import_module("bptt_site.addon")  # raises what was wrong
        print("JupyterLite has built a site without ours; is bptt_site installed?", file=sys.stderr)
        return 1
    if code == 0:
        _swap(fresh, OUTPUT)
        print("the site is in _output/")
    return code


def _swap(fresh: Path, place: Path) -> None:
    old = place.with_name(f"{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        os.replace(place, old)
    os.replace(fresh, place)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    raise SystemExit(main())
