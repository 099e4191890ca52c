"""A server that answers as GitHub Pages does, at the speed that is asked for.

Compressed, kept by browsers for ten minutes, revalidated by ETag. With a rate, all connections
share it, as they share a learner's line; each request also waits for its way there and back.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from pathlib import Path

from bptt_site.serve import SiteHandler, SiteServer

# What Pages compresses; wheels and images are compressed already.
COMPRESSED = ("text/", "application/json", "application/wasm", "image/svg+xml")
CHUNK = 16 << 10


@dataclass
class Line:
    """What stands between the server and a learner; and how much has gone over it."""

    bits_per_second: float | None = None
    round_trip: float = 0.0  # seconds
    bytes_sent: int = 0
    _free_at: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, size: int) -> None:
        """Wait as long as `size` bytes take, after all those that are already on their way."""
        with self._lock:
            self.bytes_sent += size
            if self.bits_per_second is None:
                return
            now = time.monotonic()
            self._free_at = max(now, self._free_at) + 8 * size / self.bits_per_second
            wait = self._free_at - now
        time.sleep(wait)


class _PagesHandler(SiteHandler):
    def __init__(self, *args: object, line: Line, **kwargs: object) -> None:
        self.line = line
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:  # noqa: N802 - as the base class has it
        """Answer from memory, compressed where that helps, at the line's speed."""
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        time.sleep(self.line.round_trip)
        if not self.path.startswith(self.prefix) or not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        kind = self.guess_type(path)
        body, tag = _body(path, kind.startswith(COMPRESSED) or kind == "text/javascript")
        fresh = self.headers.get("If-None-Match") == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if fresh else HTTPStatus.OK)
        self.send_header("ETag", tag)
        if not fresh:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if body[:2] == b"\x1f\x8b" and not path.name.endswith(".gz"):
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        for start in range(0, 0 if fresh else len(body), CHUNK):
            part = body[start : start + CHUNK]
            self.line.send(len(part))
            self.wfile.write(part)

    def cache_control(self) -> str:
        """As Pages has it."""
        return "max-age=600"


@cache
def _body(path: Path, compressed: bool) -> tuple[bytes, str]:
    content = path.read_bytes()
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    return (gzip.compress(content, 6, mtime=0) if compressed else content), tag


@contextmanager
def pages_server(
    directory: Path, prefix: str = "/some-repo/", line: Line | None = None
) -> Iterator[str]:
    """Serve `directory` over `line`; yield the address."""
    handler = partial(
        _PagesHandler, directory=str(directory), prefix=prefix, quiet=True, line=line or Line()
    )
    with SiteServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()
