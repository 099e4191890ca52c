"""One file over a bad network: what is taken up again, and what is given up, in which words."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from bptt_site.download import SourceDownError, SourceError, download

from .unruly_server import UnrulyServer

BODY = bytes(range(256)) * 4000  # 1 MB, more than a socket holds back


@pytest.fixture
def part(tmp_path: Path, server: UnrulyServer) -> Path:
    server.files["file.whl"] = BODY
    return tmp_path / "file.part"


def test_fetches_a_file(server: UnrulyServer, part: Path) -> None:
    seen: list[int] = []
    download(server.url + "file.whl", part, progress=seen.append)
    assert part.read_bytes() == BODY
    assert sum(seen) == len(BODY)


def test_goes_on_where_an_earlier_run_stopped(server: UnrulyServer, part: Path) -> None:
    part.write_bytes(BODY[:1000])
    download(server.url + "file.whl", part)
    assert part.read_bytes() == BODY
    assert server.requests == [("file.whl", "bytes=1000-")]


def test_takes_up_a_connection_that_breaks_off(server: UnrulyServer, part: Path) -> None:
    server.faults["file.whl"] = ["truncate"]
    download(server.url + "file.whl", part)
    assert part.read_bytes() == BODY
    first, second = (wanted for _, wanted in server.requests)
    assert first is None
    assert 0 < int(second.removeprefix("bytes=").removesuffix("-")) <= len(BODY) // 2


def test_takes_up_a_connection_that_stalls(server: UnrulyServer, part: Path) -> None:
    server.faults["file.whl"] = ["stall"]
    download(server.url + "file.whl", part, read_timeout=0.3)
    assert part.read_bytes() == BODY
    assert len(server.requests) == 2
    assert server.requests[1][1].startswith("bytes=")


def test_starts_again_where_ranges_are_ignored(server: UnrulyServer, part: Path) -> None:
    part.write_bytes(b"something else")
    server.faults["file.whl"] = ["no-range"]
    download(server.url + "file.whl", part)
    assert part.read_bytes() == BODY


def test_starts_again_when_more_is_held_than_there_is(server: UnrulyServer, part: Path) -> None:
    part.write_bytes(BODY + b"too much")
    download(server.url + "file.whl", part)
    assert part.read_bytes() == BODY


def test_follows_a_redirect(server: UnrulyServer, part: Path) -> None:
    server.faults["file.whl"] = ["redirect"]
    download(server.url + "file.whl", part)
    assert part.read_bytes() == BODY
    assert server.requests[-1][0] == "elsewhere/file.whl"


@pytest.mark.parametrize(("status", "reason"), [(404, "404 Not Found"), (500, "500 Internal")])
def test_a_refusal_is_final_and_said(
    server: UnrulyServer, part: Path, status: int, reason: str
) -> None:
    server.faults["file.whl"] = [status]
    with pytest.raises(SourceError, match=f"the server answered {reason}"):
        download(server.url + "file.whl", part)
    assert len(server.requests) == 1
    assert not part.exists()


@pytest.mark.parametrize(
    ("fault", "reason"), [("truncate", "the connection broke off"), ("stall", "no data for 0.2 s")]
)
def test_gives_up_after_three_attempts_and_keeps_what_came(
    server: UnrulyServer, part: Path, fault: str, reason: str
) -> None:
    server.faults["file.whl"] = [fault] * 3
    with pytest.raises(SourceError, match=f"{reason}, 3 times; .* bytes are kept"):
        download(server.url + "file.whl", part, read_timeout=0.2)
    assert len(server.requests) == 3
    kept = part.read_bytes()
    assert 0 < len(kept) < len(BODY)
    assert BODY.startswith(kept)


def test_no_server_is_told_apart_from_a_bad_file(part: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]  # free again after this block, and nobody listens
    part.write_bytes(b"begun")
    with pytest.raises(SourceDownError, match=r"no connection .*[Rr]efused"):
        download(f"http://127.0.0.1:{port}/file.whl", part)
    assert part.read_bytes() == b"begun"
