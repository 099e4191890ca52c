"""Pyodide's lock: which wheels there are, what each needs, and that none of it is absent."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from .cache import sha256_of
from .manifest import Artifact, Manifest
from .metadata import imports_of, name_and_version, requirements_of

__all__ = ["describe", "lock_of"]


def lock_of(manifest: Manifest, own_wheels: Iterable[Path]) -> dict[str, Any]:
    """Return the lock as Pyodide reads it; it verifies each sha256 before use.

    Raises
    ------
    ValueError
        Something is needed, or to be preloaded, that is not in the site.
    """
    packages = [*manifest.packages, *(describe(wheel, "built here") for wheel in own_wheels)]
    entries = {package.name: _entry(package) for package in packages}
    asked_for = {"the preload list": manifest.preload}
    asked_for |= {package.name: package.depends for package in packages}
    for who, needed in asked_for.items():
        absent = sorted(set(needed) - set(entries))
        if absent:
            raise ValueError(
                f"{who} needs {', '.join(absent)}, which is not among the runtime's packages; "
                f"add it to site_config/runtime.toml and run bptt_site.renew"
            )
    return {"info": manifest.lock_info, "packages": dict(sorted(entries.items()))}


def describe(wheel: Path, origin: str, left_out: Iterable[str] = ()) -> Artifact:
    """Return the manifest's entry for a wheel, from the wheel itself."""
    name, version = name_and_version(wheel)
    depends = {canonicalize_name(req.name) for req in requirements_of(wheel)} - set(left_out)
    return Artifact(
        name=name,
        version=version,
        file=wheel.name,
        sha256=sha256_of(wheel),
        size=wheel.stat().st_size,
        origin=origin,
        imports=imports_of(wheel),
        depends=tuple(sorted(depends)),
    )


def _entry(package: Artifact) -> dict[str, Any]:
    return {
        "name": package.name,
        "version": package.version,
        "file_name": package.file,
        "install_dir": "site",
        "sha256": package.sha256,
        "package_type": "package",
        "imports": list(package.imports),
        "depends": list(package.depends),
        "unvendored_tests": False,
    }
