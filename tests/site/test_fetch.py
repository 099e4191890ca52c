"""All files or an explanation: the cache, the order of the sources, the words of a failure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from bptt_site.cache import Cache
from bptt_site.download import SourceError
from bptt_site.fetch import FetchError, fetch
from bptt_site.manifest import Artifact
from bptt_site.sources.cdn import Cdn

from .unruly_server import UnrulyServer

BODY = b"the pinned bytes" * 20_000  # 320 kB: several chunks


def artifact(file: str, body: bytes = BODY, origin: str = "pyodide") -> Artifact:
    digest = hashlib.sha256(body).hexdigest()
    return Artifact(file.split("-")[0], "1.0", file, digest, len(body), origin)


class Shelf:
    """A second source, that holds some files in memory."""

    name = "the shelf"

    def __init__(self, **files: bytes) -> None:
        self.files = files
        self.asked: list[str] = []

    def offers(self, artifact: Artifact) -> bool:
        return True

    def fetch(self, artifact: Artifact, part: Path, progress: Callable[[int], object]) -> None:
        self.asked.append(artifact.file)
        if artifact.file not in self.files:
            raise SourceError("it is not on the shelf")
        part.write_bytes(self.files[artifact.file])


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def cdn(server: UnrulyServer) -> Cdn:
    server.files |= {"one": BODY, "two": BODY[::-1]}
    return Cdn(server.url, read_timeout=0.3)


ONE = artifact("one")
TWO = artifact("two", BODY[::-1])


def test_fetches_once_and_then_not_again(server: UnrulyServer, cache: Cache, cdn: Cdn) -> None:
    first = fetch([ONE, TWO], cache, [cdn])
    assert {name: path.read_bytes() for name, path in first.items()} == {
        "one": BODY,
        "two": BODY[::-1],
    }
    assert fetch([ONE, TWO], cache, [cdn]) == first
    assert len(server.requests) == 2
    assert list(cache.partial.iterdir()) == []


def test_a_file_put_in_by_hand_is_taken(cache: Cache) -> None:
    (cache.folder / "one").write_bytes(BODY)
    assert fetch([ONE], cache, [])["one"].read_bytes() == BODY


def test_a_file_spoilt_in_the_cache_is_fetched_again(cache: Cache, cdn: Cdn) -> None:
    (cache.folder / "one").write_bytes(BODY + b"!")
    assert fetch([ONE], cache, [cdn])["one"].read_bytes() == BODY


def test_wrong_bytes_never_enter_and_the_next_source_is_asked(
    server: UnrulyServer, cache: Cache, cdn: Cdn
) -> None:
    server.faults["one"] = ["corrupt"]
    shelf = Shelf(one=BODY)
    assert fetch([ONE], cache, [cdn, shelf])["one"].read_bytes() == BODY
    assert shelf.asked == ["one"]


def test_wrong_bytes_everywhere_are_refused_and_explained(
    server: UnrulyServer, cache: Cache, cdn: Cdn
) -> None:
    server.faults["one"] = ["corrupt"]
    with pytest.raises(FetchError) as caught:
        fetch([ONE], cache, [cdn, Shelf(one=b"something else")])
    text = str(caught.value)
    assert "  one\n" in text
    assert f"{cdn.name}: wrong content: sha256 " in text
    assert "the shelf: wrong content" in text
    assert f"pinned is {ONE.sha256[:12]}" in text
    assert "Next step:" in text
    assert [path for path in cache.folder.rglob("*") if path.name.endswith("one")] == []


def test_a_part_spoilt_by_an_earlier_run_is_begun_anew(
    server: UnrulyServer, cache: Cache, cdn: Cdn
) -> None:
    cache.part(ONE).write_bytes(b"not the beginning of it")
    assert fetch([ONE], cache, [cdn])["one"].read_bytes() == BODY
    assert [wanted for _, wanted in server.requests] == ["bytes=23-", None]


def test_an_interrupted_download_is_taken_up_by_the_next_run(
    server: UnrulyServer, cache: Cache, cdn: Cdn
) -> None:
    server.faults["one"] = ["truncate"] * 3
    with pytest.raises(FetchError, match="the connection broke off, 3 times"):
        fetch([ONE], cache, [cdn])
    kept = cache.part(ONE).stat().st_size
    assert kept > 0
    assert fetch([ONE], cache, [cdn])["one"].read_bytes() == BODY
    assert server.requests[-1] == ("one", f"bytes={kept}-")


def test_each_failure_is_named_and_the_rest_is_kept(
    server: UnrulyServer, cache: Cache, cdn: Cdn
) -> None:
    server.faults["one"] = [404]
    with pytest.raises(FetchError) as caught:
        fetch([ONE, TWO], cache, [cdn, Shelf()])
    text = str(caught.value)
    assert text.startswith("1 of the runtime's files")
    assert "the server answered 404 Not Found" in text
    assert "the shelf: it is not on the shelf" in text
    assert "  two\n" not in text
    assert cache.find(TWO)


def test_a_source_that_is_down_is_asked_once(cache: Cache) -> None:
    down = Cdn("http://127.0.0.1:9/")  # the discard port: nobody listens
    shelf = Shelf(one=BODY, two=BODY[::-1])
    fetch([ONE, TWO], cache, [down, shelf])
    assert down.down is not None
    with pytest.raises(SourceError, match="not asked again"):
        down.fetch(ONE, cache.part(ONE), lambda _: None)


def test_a_file_that_nobody_offers_is_said_so(cache: Cache, cdn: Cdn) -> None:
    with pytest.raises(FetchError, match="no source offers it"):
        fetch([artifact("pure", origin="index")], cache, [cdn])
