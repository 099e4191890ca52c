"""``python -m bptt_site.serve``: a plain static server, for looking at the built site.

Any other web server does as well; this one knows the content types and can
put the site under a sub-path, as GitHub Pages does.
"""

import argparse
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from .places import ROOT

__all__ = ["SiteHandler", "SiteServer", "main", "site_server"]


class SiteHandler(SimpleHTTPRequestHandler):
    """Files below a directory, under a prefix that only the addresses have."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - as the base class has it
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".gz": "application/gzip",
        ".ipynb": "application/json",
        ".mjs": "text/javascript",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".whl": "application/zip",
    }

    def __init__(self, *args: object, prefix: str, quiet: bool, **kwargs: object) -> None:
        self.prefix = prefix
        self.quiet = quiet
        super().__init__(*args, **kwargs)

    def send_head(self) -> Any:
        """Serve what lies under the prefix, and nothing else."""
        if self.path + "/" == self.prefix:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", self.prefix)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        if not self.path.startswith(self.prefix):
            self.send_error(HTTPStatus.NOT_FOUND, f"the site is at {self.prefix}")
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        """Look for a file without the prefix, which only the address has."""
        return super().translate_path("/" + path[len(self.prefix) :])

    def end_headers(self) -> None:
        """Say how long the answer may be kept."""
        self.send_header("Cache-Control", self.cache_control())
        super().end_headers()

    def cache_control(self) -> str:
        """Return how long a browser may keep an answer: a rebuilt site is seen at once."""
        return "no-cache"

    def log_message(self, format: str, *args: object) -> None:
        """Say what was asked for, unless told to be quiet."""
        if not self.quiet:
            super().log_message(format, *args)


class SiteServer(ThreadingHTTPServer):
    """A server that a notebook page does not overrun."""

    daemon_threads = True
    request_queue_size = 128  # a notebook page asks for a hundred files at once

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: browsers close connections early as a matter of course."""


def site_server(
    directory: Path,
    port: int = 0,
    prefix: str = "/",
    *,
    quiet: bool = True,
    handler: type[SiteHandler] = SiteHandler,
) -> ThreadingHTTPServer:
    """Return a server for ``directory``, on 127.0.0.1; port 0 takes any free one."""
    prefix = f"/{prefix.strip('/')}/".replace("//", "/")
    told = partial(handler, directory=str(directory), prefix=prefix, quiet=quiet)
    return SiteServer(("127.0.0.1", port), told)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m bptt_site.serve", description=main.__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prefix", default="/", help="a sub-path, such as /some-repo/")
    parser.add_argument("--directory", type=Path, default=ROOT / "_output")
    given = parser.parse_args()
    if not (given.directory / "index.html").is_file():
        parser.error(f"{given.directory} holds no site; build it first (make site)")
    with site_server(given.directory, given.port, given.prefix, quiet=False) as server:
        prefix = f"/{given.prefix.strip('/')}/".replace("//", "/")
        print(f"Serving the course at http://127.0.0.1:{server.server_port}{prefix} (Ctrl+C ends)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
