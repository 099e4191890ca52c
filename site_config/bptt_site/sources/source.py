"""What a source is, and how it runs another program."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from ..download import SourceError
from ..manifest import Artifact

__all__ = ["Source", "run_client"]


class Source(Protocol):
    """Somewhere files can be had."""

    name: str

    def offers(self, artifact: Artifact) -> bool:
        """Say whether it is worth asking this source for the artifact."""
        ...

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        """Write the artifact's bytes to ``part``, or raise SourceError saying why not."""
        ...


def run_client(command: list[str], cwd: Path, *, telling: int = -1) -> None:
    """Run a registry's own client; on failure, one line of its complaint is the reason.

    ``telling`` says which: pip's last line tells most, npm's first.
    """
    client = "pip" if "pip" in command else Path(command[0]).name
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=900)
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{client} did not finish within 15 minutes") from error
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        errors = [line for line in lines if "error" in line.lower()] or lines or ["no message"]
        raise SourceError(f"{client} said: {errors[telling][:200]}")
