"""What a site was built from, as one digest, written into the site itself."""

import hashlib
import json
from pathlib import Path

from .places import ROOT

__all__ = ["inputs_digest", "read_stamp", "write_stamp"]

INPUTS = ["content", "bptt_lib", "site_config", "jupyter_lite_config.json", "pyproject.toml"]
INPUTS += ["README.md", "LICENSE"]  # our wheel carries them
NOT_INPUTS = {"__pycache__", ".ipynb_checkpoints"}
STAMP = "build.json"


def inputs_digest(root: Path = ROOT) -> str:
    """Return one digest over the names and contents of everything that the site is made of."""
    digest = hashlib.sha256()
    for path in _input_files(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def write_stamp(site: Path, digest: str) -> None:
    """Note in the site what it was built from."""
    (site / STAMP).write_text(json.dumps({"inputs": digest}) + "\n", encoding="utf-8")


def read_stamp(site: Path) -> str | None:
    """Return what the site was built from; None when it does not say."""
    try:
        return str(json.loads((site / STAMP).read_text(encoding="utf-8"))["inputs"])
    except (OSError, ValueError, KeyError):
        return None


def _input_files(root: Path) -> list[Path]:
    starts = [root / name for name in INPUTS]
    files = [
        path for start in starts for path in ([start] if start.is_file() else start.rglob("*"))
    ]
    return sorted(path for path in files if path.is_file() and not NOT_INPUTS & set(path.parts))
