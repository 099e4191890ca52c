"""The pinned runtime: what runtime.json says, as data."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .places import SITE_CONFIG

__all__ = ["Artifact", "Manifest", "load_manifest", "save_manifest"]

RUNTIME_JSON = SITE_CONFIG / "runtime.json"


@dataclass(frozen=True)
class Artifact:
    """One file that the page loads.

    ``origin`` says who published these very bytes: ``"pyodide"`` (its core, its
    compiled packages), ``"index"`` (the Python package index) or ``"kernel"``
    (the installed jupyterlite-pyodide-kernel carries them).
    """

    name: str
    version: str
    file: str
    sha256: str
    size: int
    origin: str
    imports: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """Everything that the page's Python consists of, our own wheel excepted."""

    pyodide: str
    lock_info: dict[str, str]
    preload: tuple[str, ...]
    sources: dict[str, Any]
    core: tuple[Artifact, ...]
    packages: tuple[Artifact, ...]

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """All files, the core first."""
        return self.core + self.packages

    def __post_init__(self) -> None:
        """Refuse entries that could not be told apart, or not be verified."""
        files = [artifact.file for artifact in self.artifacts]
        twice = sorted({file for file in files if files.count(file) > 1})
        if twice:
            raise ValueError(f"the manifest names {', '.join(twice)} twice; run bptt_site.renew")
        for artifact in self.artifacts:
            if len(artifact.sha256) != 64 or "/" in artifact.file:
                raise ValueError(
                    f"the manifest's entry for {artifact.file!r} needs a plain file name and a "
                    f"sha256 of 64 hexadecimal digits; run bptt_site.renew"
                )


def load_manifest(path: Path = RUNTIME_JSON) -> Manifest:
    """Read the committed manifest."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Manifest(
        pyodide=data["pyodide"],
        lock_info=data["lock_info"],
        preload=tuple(data["preload"]),
        sources=data["sources"],
        core=tuple(_artifact(entry) for entry in data["core"]),
        packages=tuple(_artifact(entry) for entry in data["packages"]),
    )


def save_manifest(manifest: Manifest, path: Path = RUNTIME_JSON) -> None:
    """Write the manifest as it is committed: sorted, one field a line."""
    ordered = replace(
        manifest,
        core=tuple(sorted(manifest.core, key=lambda artifact: artifact.file)),
        packages=tuple(sorted(manifest.packages, key=lambda artifact: artifact.name)),
    )
    path.write_text(json.dumps(asdict(ordered), indent=2) + "\n", encoding="utf-8")


def _artifact(entry: dict[str, Any]) -> Artifact:
    lists = {"imports": tuple(entry["imports"]), "depends": tuple(entry["depends"])}
    return Artifact(**{**entry, **lists})
