"""A site that can be deployed anew, half, or not at all, and whose network can be pulled."""

from __future__ import annotations

import shutil
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from bptt_site.contents import write_contents
from bptt_site.places import ROOT
from bptt_site.serve import SiteHandler, site_server

from tests.driven import Driven

SUB_PATH = "/some-repo/"
LESSON = "notebooks/index.html?path=10_rnn_bptt.ipynb"
# Files of every kind, each of which says of which release it is: a page, a style, a module, a
# notebook, and one that only the kernel's worker asks for.
MARKED = {
    "index.html": "<!-- release {} -->",
    "landing.css": "/* release {} */",
    "notebook-page/notebook.css": "/* release {} */",
    "notebook-page/main.js": "// release {}",
    "static/pyodide/kernel.mjs": "// release {}",
    "files/10_rnn_bptt.ipynb": "  ",  # no comments in JSON: looked at by its size
}

# Asks the service worker to keep the course, and waits for what it says in the end.
KEEP = """() => new Promise(async (done) => {
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
        if (data.whole || data.problem) done(data);
    });
    const { active } = await navigator.serviceWorker.ready;
    const ask = () => active.postMessage({ type: "keep" });
    ask();
    setInterval(ask, 3000);
})"""


class Deployment:
    """A copy of the built site, served under a sub-path, always at the same address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "_output", folder)
        self.port = 0
        self.lines: list[socket.socket] = []
        self.last: str | None = None
        self.is_pulled = threading.Event()
        self.plug_in()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{SUB_PATH}"

    def plug_in(self) -> None:
        """Serve."""
        self.is_pulled.clear()
        self.server = site_server(self.folder, self.port, SUB_PATH, handler=self._handler())
        self.port = self.server.server_port
        accept = self.server.get_request

        def remembered() -> tuple[socket.socket, object]:
            line, address = accept()
            self.lines.append(line)
            return line, address

        self.server.get_request = remembered  # type: ignore[method-assign]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def _handler(self) -> type[SiteHandler]:
        deployment = self

        class Handler(SiteHandler):
            def send_head(self) -> Any:
                if deployment.last and self.path == SUB_PATH + deployment.last:
                    deployment.pull()
                return super().send_head()

        return Handler

    def pull_when_asked_for(self, name: str) -> None:
        """Pull in the moment in which a browser asks for a file, and before it gets it."""
        self.last = name

    def pull(self) -> None:
        """Cut every line, the ones in use too, as a pulled cable does."""
        self.server.shutdown()
        self.server.server_close()
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self.lines.clear()
        self.last = None
        self.is_pulled.set()

    def publish(self, release: str, *, held_back: str = "") -> None:
        """Put another release in place; what is `held_back` has not arrived yet."""
        for name, mark in MARKED.items():
            path = self.folder / name
            as_built = (ROOT / "_output" / name).read_text()
            path.write_text(as_built.rstrip("\n") + "\n" + mark.format(release) + "\n")
        if held_back:
            arriving = (self.folder / held_back).read_text()
            write_contents(self.folder)
            (self.folder / held_back).write_text("half of " + arriving[: len(arriving) // 2])
        else:
            write_contents(self.folder)


def keep(driven: Driven) -> dict:
    """Have the course kept, and return what the service worker says of it."""
    said = driven.call(KEEP)
    assert isinstance(said, dict)
    return said


def releases_seen(driven: Driven, deployment: Deployment) -> set[str]:
    """The releases of which the page's files are: one, unless something is very wrong."""
    names = [name for name, mark in MARKED.items() if mark.strip()]
    script = """async ({ names, root }) => Promise.all(names.map(async (name) => {
        const text = await fetch(root + name).then((answer) => answer.text());
        return text.match(/release (\\w+)(?: -->| \\*\\/|\\n)[^]*$/)?.[1] ?? "as built";
    }))"""
    seen = driven.call(script, {"names": names, "root": deployment.url})
    assert isinstance(seen, list)
    return set(seen)


def saved_text(driven: Driven, deployment: Deployment) -> str:
    """All that the browser keeps of the learner's lesson, read from the start page."""
    driven.goto(deployment.url)
    script = """async () => {
        const { allWork } = await import(new URL("start/work.js", location.href));
        return JSON.stringify((await allWork()).get("10_rnn_bptt.ipynb") ?? null);
    }"""
    return str(driven.call(script))
