"""Firefox for the tests, driven through Marionette, the protocol that every Firefox speaks.

Playwright drives a Firefox of its own making; this is the one that learners have. Its channel
``moz-firefox`` (WebDriver BiDi) asks, in Playwright 1.65, for what Firefox 153 does not know.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browsers import MissingBrowserError
from tests.driven import ATTRIBUTE, FOCUS, FOCUSED, TEXT

with warnings.catch_warnings():
    # As it is loaded, it asks `distro` for the system's name in a way that is out of date.
    warnings.simplefilter("ignore", DeprecationWarning)
    from marionette_driver import By, Wait
    from marionette_driver.keys import Keys
    from marionette_driver.marionette import Marionette, WebElement

NAMES = ("firefox-esr", "firefox")
KEYS = {"ArrowRight": Keys.ARROW_RIGHT, "ArrowLeft": Keys.ARROW_LEFT, "Home": Keys.HOME}
KEYS |= {"ArrowUp": Keys.ARROW_UP, "ArrowDown": Keys.ARROW_DOWN, "End": Keys.END}
KEYS |= {"Enter": Keys.ENTER, "Space": Keys.SPACE, "Tab": Keys.TAB}
KEYS |= {"Shift": Keys.SHIFT, "Control": Keys.CONTROL}

HAS_TEXT = "([css, text]) => document.querySelector(css)?.textContent.includes(text)"

# A browser that minds its own business.
QUIET = {
    "app.update.enabled": "false",
    "browser.shell.checkDefaultBrowser": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "network.captive-portal-service.enabled": "false",
    "network.connectivity-service.enabled": "false",
    "toolkit.telemetry.enabled": "false",
}


def firefox_path() -> str:
    """Path of Firefox: ``$FIREFOX`` or the system's.

    Raises
    ------
    MissingBrowserError
        If there is none.
    """
    found = os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, NAMES)), None)
    if found and Path(found).exists():
        return found
    raise MissingBrowserError(
        "No Firefox found. Install one (Debian: apt-get install firefox-esr), or set FIREFOX "
        "to its path."
    )


class Firefox:
    """One window of Firefox: go somewhere, press keys, read what is there."""

    def __init__(self, marionette: Marionette) -> None:
        self.marionette = marionette

    def goto(self, address: str) -> None:
        """Open an address."""
        self.marionette.navigate(address)

    def wait_for(self, css: str, seconds: float = 60) -> WebElement:
        """Return the first element that matches, as soon as there is one."""
        return Wait(self.marionette, timeout=seconds).until(
            lambda window: next(iter(window.find_elements(By.CSS_SELECTOR, css)), None),
            message=f"nothing matches {css}",
        )

    def wait_until(self, function: str, argument: object = None, seconds: float = 60) -> None:
        """Return as soon as a function of JavaScript's, called in the page, says so."""
        Wait(self.marionette, timeout=seconds).until(
            lambda _: self.call(function, argument), message=f"never true: {function} ({argument})"
        )

    def wait_for_text(self, css: str, text: str, seconds: float = 60) -> None:
        """Return as soon as the first element that matches has the text in it."""
        self.wait_until(HAS_TEXT, [css, text], seconds)

    def text(self, css: str) -> str:
        """Return the text of the first element that matches."""
        return str(self.call(TEXT, css))

    def attribute(self, css: str, name: str) -> str | None:
        """Return an attribute of the first element that matches."""
        found = self.call(ATTRIBUTE, [css, name])
        return None if found is None else str(found)

    def focus(self, css: str) -> None:
        """Give the focus to the first element that matches, and bring it into view."""
        self.call(FOCUS, css)

    def holds_focus(self, css: str) -> bool:
        """Whether the focus is in the first element that matches."""
        return bool(self.call(FOCUSED, css))

    def press(self, *keys: str) -> None:
        """Press keys together, as fingers do: ``press("Shift", "Enter")``."""
        names = [KEYS.get(key, key) for key in keys]
        actions = self.marionette.actions.sequence("key", "keyboard")
        for name in names:
            actions = actions.key_down(name)
        for name in reversed(names):
            actions = actions.key_up(name)
        actions.perform()

    def paste(self, text: str) -> None:
        """Put text where the cursor is."""
        self.call("text => document.execCommand('insertText', false, text)", text)

    def call(self, function: str, argument: object) -> object:
        """Call a function of JavaScript's in the page."""
        script = f"return ({function})(arguments[0])"
        return self.marionette.execute_script(script, script_args=[argument])


@contextmanager
def launch_firefox(profile: Path, **preferences: str) -> Iterator[Firefox]:
    """Start headless Firefox on a profile folder; end it afterwards.

    Preferences are named as Firefox does, with ``__`` for each dot, and valued as in its files.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile.mkdir(parents=True, exist_ok=True)
    own = {name.replace("__", "."): value for name, value in preferences.items()}
    settings = {**QUIET, **own, "marionette.port": str(port)}
    lines = [f'user_pref("{name}", {value});\n' for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines))
    command = [firefox_path(), "-headless", "-marionette", "-no-remote", "-profile", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            marionette = _session(port, process)
            yield Firefox(marionette)
            marionette.delete_session()
        finally:
            process.terminate()


def _session(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> Marionette:
    until = time.monotonic() + seconds
    while not _answers(port):
        if process.poll() is not None:
            raise RuntimeError("Firefox ended before it could be driven")
        if time.monotonic() > until:
            raise TimeoutError(f"Firefox did not answer within {seconds:g} seconds")
        time.sleep(0.3)
    marionette = Marionette(host="127.0.0.1", port=port, socket_timeout=120)
    marionette.start_session()
    return marionette


def _answers(port: int) -> bool:
    try:
        # It greets whoever calls; a caller who hangs up at once is forgotten as quickly.
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            return bool(line.recv(1))
    except OSError:
        return False
