"""Find a real browser for the tests, or install one; a missing browser is an error.

Run as ``python -m tests.browsers`` (``make browsers``) it makes sure that each
browser is there, by the system's package manager where it may, else by
Playwright's own download.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# A browser that minds its own business: everything it asks the network for
# beyond the page under test would be noise in "no request elsewhere".
NOWHERE = "http://127.0.0.1:9/"  # nobody listens there
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--gaia-url={NOWHERE}",
    f"--google-apis-url={NOWHERE}",
    f"--google-base-url={NOWHERE}",
    f"--component-updater=url-source={NOWHERE}",
    f"--autofill-server-url={NOWHERE}",
)


class MissingBrowserError(RuntimeError):
    """No browser to test in; its text says how to get one."""


def chromium_path() -> str:
    """Path of Chromium or Chrome: ``$CHROMIUM``, the system's, or Playwright's own.

    Raises
    ------
    MissingBrowserError
        If there is none.
    """
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [shutil.which(name) for name in CHROMIUM_NAMES]
    candidates.append(_playwright_chromium())
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    raise MissingBrowserError(
        "No Chromium or Chrome found. Run `make browsers`, or install one "
        "(Debian, Ubuntu: apt-get install chromium), or set CHROMIUM to its path."
    )


def launch_chromium(playwright: Playwright, *args: str, **options: object) -> Browser:
    """Start headless Chromium for a test."""
    return playwright.chromium.launch(
        executable_path=chromium_path(), args=[*CHROMIUM_ARGS, *args], **options
    )


def launch_chromium_profile(
    playwright: Playwright, profile: Path, **options: object
) -> BrowserContext:
    """Start headless Chromium on a profile folder, as a learner's own browser would."""
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium_path(), args=list(CHROMIUM_ARGS), **options
    )


@functools.cache
def _playwright_chromium() -> str:
    # In a process of its own: the synchronous API allows one driver at a time.
    script = (
        "from playwright.sync_api import sync_playwright as s\n"
        "with s() as p: print(p.chromium.executable_path)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    return done.stdout.strip()


def _install(package: str) -> bool:
    """Install a package of the system's, where we may; return whether that worked."""
    if not shutil.which("apt-get"):
        return False
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    return all(
        subprocess.run([*as_root, "apt-get", *command]).returncode == 0
        for command in (["update"], ["install", "-y", "--no-install-recommends", package])
    )


def _install_chromium() -> None:
    if not _install("chromium"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def main() -> int:
    """Make sure that there is a Chromium, and that it starts, and a Firefox."""
    from tests.firefox import firefox_path  # it imports this module

    try:
        chromium_path()
    except MissingBrowserError:
        print("No Chromium or Chrome on this machine: installing one.", flush=True)
        _install_chromium()
        _playwright_chromium.cache_clear()
    try:
        firefox_path()
    except MissingBrowserError:
        print("No Firefox on this machine: installing one.", flush=True)
        _install("firefox-esr")
    try:
        with sync_playwright() as playwright, launch_chromium(playwright) as browser:
            print(f"Chromium {browser.version} at {chromium_path()}")
        print(f"Firefox at {firefox_path()}")
    except MissingBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
