"""``python -m tests.chunks``: write anew which pieces of JupyterLab the notebook page always loads.

Opens the lesson in a real browser, runs its first cell, waits until the equations are set, and
notes what was asked for, behind what the list has already.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bptt_site.places import ROOT
from bptt_site.together import CHUNKS, wanted_chunks
from playwright.sync_api import Playwright, sync_playwright

from tests.benchmarks.pages_server import pages_server
from tests.benchmarks.startup import first_output
from tests.browsers import launch_chromium_profile

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


def main() -> None:
    """Add to the list what it lacks."""
    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    with sync_playwright() as playwright, TemporaryDirectory() as profile:
        new = asked_for(playwright, ROOT / "_output", Path(profile))
    comments = [line for line in CHUNKS.read_text().splitlines() if line.startswith("#")]
    CHUNKS.write_text("\n".join([*comments, *wanted_chunks(), *new]) + "\n")
    print(f"{len(new)} pieces more in {CHUNKS.name}")


if __name__ == "__main__":
    main()
