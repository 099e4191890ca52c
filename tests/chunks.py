"""``python -m tests.chunks``: write anew which pieces of JupyterLab the notebook page always loads.

Opens the lesson in a real browser, runs its first cell, waits until the equations are set, and
notes what was asked for, behind what the list has already; and, once all of it is joined, of which
modules most was called until the first cell's output.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bptt_site.places import ROOT
from bptt_site.together import CALLED, CHUNKS, OTHERS, wanted_chunks
from playwright.sync_api import Playwright, sync_playwright

from tests.benchmarks.pages_server import pages_server
from tests.benchmarks.startup import first_output
from tests.browsers import launch_chromium_profile

MOST = 0.6  # of a module's characters
CHUNK = re.compile(r"(?:build|extensions/.+/static)/(?:\d+|jlab_core)(?=\.[0-9a-f]+\.js)")


def asked_for(playwright: Playwright, site: Path, profile: Path) -> list[str]:
    """Return the pieces that a visit to the lesson asks for one by one, in their order."""
    asked: list[str] = []
    with pages_server(site) as url:
        context = launch_chromium_profile(playwright, profile)
        page = context.pages[0]
        page.on("request", lambda request: asked.append(request.url))
        first_output(page, url)
        page.wait_for_selector("mjx-container", timeout=60_000)
        context.close()
    found = (CHUNK.search(address) for address in asked)
    return list(dict.fromkeys(match[0] for match in found if match))


def called(playwright: Playwright, site: Path, profile: Path) -> list[str]:
    """Return the modules of which most is called until the first output; none is listed yet."""
    with pages_server(site) as url:
        context = launch_chromium_profile(playwright, profile)
        page = context.pages[0]
        devtools = context.new_cdp_session(page)
        devtools.send("Profiler.enable")
        devtools.send("Profiler.startPreciseCoverage", {"callCount": False, "detailed": False})
        first_output(page, url)
        scripts = devtools.send("Profiler.takePreciseCoverage")["result"]
        context.close()
    (others,) = (script["functions"] for script in scripts if OTHERS in script["url"])
    return sorted(set(mostly_called(others)), key=int)


def mostly_called(functions: list[dict[str, Any]]) -> Iterator[str]:
    """Name a script's modules of whose characters most are in functions that were called."""
    spans = sorted(
        (span["startOffset"], -span["endOffset"], span["count"] > 0, function["functionName"])
        for function in functions
        for span in function["ranges"][:1]
    )
    was_called = bytearray(-min(end for _, end, *_ in spans))
    for start, end, count, _ in spans:  # the outer before the inner
        was_called[start:-end] = bytes([count]) * (-end - start)
    last = 0
    for start, end, count, name in spans:
        if name.isdigit() and start >= last:  # a module, and no function within one
            last = -end
            if count and sum(was_called[start:-end]) > MOST * (-end - start):
                yield name


def main() -> None:
    """Add to the first list what it lacks; write the second anew."""
    write(CALLED, [])
    with sync_playwright() as playwright:
        new = visit(playwright, asked_for)
        write(CHUNKS, [*wanted_chunks(), *new])
        modules = visit(playwright, called)
        write(CALLED, textwrap.wrap(" ".join(modules), 100))
    print(f"{len(new)} pieces more in {CHUNKS.name}; {len(modules)} modules in {CALLED.name}")


def visit(
    playwright: Playwright, noting: Callable[[Playwright, Path, Path], list[str]]
) -> list[str]:
    """Note something of a first visit to the site, built anew if need be."""
    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    with TemporaryDirectory() as profile:
        return noting(playwright, ROOT / "_output", Path(profile))


def write(file: Path, lines: list[str]) -> None:
    """Put the lines under the file's comments."""
    comments = [line for line in file.read_text().splitlines() if line.startswith("#")]
    file.write_text("\n".join([*comments, *lines]) + "\n")


if __name__ == "__main__":
    main()
