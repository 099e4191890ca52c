"""A real HTTP server on this machine, with the faults that networks have."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["UnrulyServer"]


class UnrulyServer(ThreadingHTTPServer):
    """Serves ``files`` by path; ``faults[path]`` are acted out first, one for each request.

    A fault is ``"truncate"`` (the connection ends half-way), ``"stall"`` (half the
    body, then silence), ``"corrupt"`` (one byte is wrong), ``"redirect"`` (to the
    same file elsewhere), ``"no-range"`` (a Range is ignored), a status such as
    ``404``, or a function that is given the handler.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[str | int | Callable[[_Handler], None]]] = {}
        self.requests: list[tuple[str, str | None]] = []  # path, Range
        self.types: dict[str, str] = {}  # content types by path, with the leading slash
        self.hurry = threading.Event()  # ends the stalls when the test is over

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what some of the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: UnrulyServer

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        wanted = self.headers.get("Range")
        self.server.requests.append((path, wanted))
        faults = self.server.faults.get(path, [])
        fault = faults.pop(0) if faults else None
        if callable(fault):
            fault(self)
            return
        if isinstance(fault, int):
            self.send_error(fault)
            return
        if fault == "redirect":
            self._head(302, b"", {"Location": f"/elsewhere/{path}"})
            return
        body = self.server.files.get(path.removeprefix("elsewhere/"))
        if body is None:
            self.send_error(404)
            return
        if fault == "corrupt":
            body = body[:-1] + bytes([body[-1] ^ 1])
        self._send(body, None if fault == "no-range" else wanted, fault)

    def _send(self, body: bytes, wanted: str | None, fault: str | None) -> None:
        start = int(re.fullmatch(r"bytes=(\d+)-", wanted)[1]) if wanted else 0
        if start >= len(body):
            self._head(416, b"", {"Content-Range": f"bytes */{len(body)}"})
            return
        extra = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if wanted else {}
        rest = body[start:]
        if fault not in ("truncate", "stall"):
            self._head(206 if wanted else 200, rest, extra)
            self.wfile.write(rest)
            return
        self._head(206 if wanted else 200, rest, extra)
        self.wfile.write(rest[: len(rest) // 2])
        self.wfile.flush()
        if fault == "stall":
            self.server.hurry.wait(30)
        self.close_connection = True

    def _head(self, status: int, body: bytes, extra: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", self.server.types.get(self.path, "text/html"))
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass
