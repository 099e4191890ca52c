"""Have every pinned file at hand, verified; or say which is missing, and why."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from tqdm import tqdm

from .cache import Cache, WrongContentError, locked
from .download import SourceError
from .manifest import Artifact, Manifest
from .places import cache_folder
from .sources import Source, default_sources

__all__ = ["FetchError", "fetch", "fetch_runtime"]


class FetchError(Exception):
    """Some files could not be had; the message names each, each source and its reason."""


def fetch_runtime(manifest: Manifest) -> dict[str, Path]:
    """Return every file of the manifest, by file name, from the cache or its sources."""
    with ExitStack() as stack:
        return fetch(manifest.artifacts, Cache(cache_folder()), default_sources(manifest, stack))


def fetch(
    artifacts: Iterable[Artifact], cache: Cache, sources: Sequence[Source]
) -> dict[str, Path]:
    """Return each artifact's verified file, by file name.

    Files that are in the cache are not fetched again; the sources are asked in
    their order, and what one cannot give, or gives wrongly, the next is asked for.

    Raises
    ------
    FetchError
        After everything else has been fetched, so that the next run has less to do.
    """
    with locked(cache.folder / "lock"):
        found = {artifact: cache.find(artifact) for artifact in artifacts}
        missing = [artifact for artifact, path in found.items() if path is None]
        reasons: dict[Artifact, list[str]] = {}
        total = sum(artifact.size for artifact in missing)
        if missing:
            print(f"  fetching {len(missing)} files of the runtime into {cache.folder}", flush=True)
        # disable=None: a bar for people, silence in logs. disable=True: nothing to do.
        bar = tqdm(total=total, unit="B", unit_scale=True, disable=None if missing else True)
        with bar:
            for artifact in missing:
                bar.set_description(artifact.file[:40])
                found[artifact], reasons[artifact] = _fetch_one(artifact, cache, sources, bar)
    failed = {artifact: reasons[artifact] for artifact in missing if found[artifact] is None}
    if failed:
        raise FetchError(_explain(failed, cache))
    return {artifact.file: path for artifact, path in found.items() if path is not None}


def _fetch_one(
    artifact: Artifact, cache: Cache, sources: Sequence[Source], bar: "tqdm[None]"
) -> tuple[Path | None, list[str]]:
    reasons = []
    for source in sources:
        if not source.offers(artifact):
            continue
        # A part that was begun earlier may be spoilt: the second try starts from nothing.
        resumed = cache.part(artifact).exists()
        for _ in range(2 if resumed else 1):
            try:
                source.fetch(artifact, cache.part(artifact), bar.update)
                return cache.accept(artifact), reasons
            except WrongContentError as error:
                reason = str(error)
            except SourceError as error:
                reason = str(error)
                break
        reasons.append(f"{source.name}: {reason}")
    return None, reasons or ["no source offers it"]


def _explain(failed: dict[Artifact, list[str]], cache: Cache) -> str:
    lines = [f"{len(failed)} of the runtime's files could not be had:"]
    for artifact, reasons in failed.items():
        lines += [f"  {artifact.file}", *(f"    - {reason}" for reason in reasons)]
    lines += [
        "Next step: check the network and run the same command again; what was fetched is kept.",
        f"Or put the file into {cache.folder} by hand; its sha256 must be the one in",
        "site_config/runtime.json.",
    ]
    return "\n".join(lines)
