"""Firefox for the tests, driven through Marionette, the protocol that every Firefox speaks.

Playwright drives a Firefox of its own making; this is the one that learners have. Its channel
``moz-firefox`` (WebDriver BiDi) asks, in Playwright 1.65, for what Firefox 153 does not know.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import warnings
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.browsers import MissingBrowserError
from tests.driven import Driven

with warnings.catch_warnings():
    # As it is loaded, it asks `distro` for the system's name in a way that is out of date.
    warnings.simplefilter("ignore", DeprecationWarning)
    from marionette_driver import By, Wait
    from marionette_driver.addons import Addons
    from marionette_driver.errors import JavascriptException
    from marionette_driver.keys import Keys
    from marionette_driver.marionette import Marionette

NAMES = ("firefox-esr", "firefox")
PATIENCE = 180  # seconds, for what a page promises
KEYS = {"ArrowRight": Keys.ARROW_RIGHT, "ArrowLeft": Keys.ARROW_LEFT, "Home": Keys.HOME}
KEYS |= {"ArrowUp": Keys.ARROW_UP, "ArrowDown": Keys.ARROW_DOWN, "End": Keys.END}
KEYS |= {"Enter": Keys.ENTER, "Space": Keys.SPACE, "Tab": Keys.TAB}
KEYS |= {"Shift": Keys.SHIFT, "Control": Keys.CONTROL}

# Marionette's scripts get their arguments, and behind them what is to be called with the result.
CALL = """const [argument, done] = arguments;
(async () => (FUNCTION)(argument))().then(
  (value) => done({ value }),
  (error) => done({ error: String(error) }),
);"""

EXTENSION = {
    "manifest_version": 2,
    "name": "before each page",
    "version": "1",
    "browser_specific_settings": {"gecko": {"id": "before-each-page@tests"}},
    "permissions": ["<all_urls>"],
    "content_scripts": [
        {
            "matches": ["<all_urls>"],
            "js": ["early.js"],
            "run_at": "document_start",
            "world": "MAIN",
        }
    ],
}

# A browser that minds its own business.
QUIET = {
    "app.update.enabled": "false",
    "browser.shell.checkDefaultBrowser": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "extensions.update.enabled": "false",
    "media.gmp-manager.updateEnabled": "false",
    "network.captive-portal-service.enabled": "false",
    "network.connectivity-service.enabled": "false",
    "services.settings.server": '"data:,#remote-settings-dummy/v1"',
    "toolkit.telemetry.enabled": "false",
}
# Without this, a Firefox as it is published asks for its settings whatever is preferred.
SETTINGS_ARE_OURS = {"MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"}


def through(proxy: str) -> dict[str, str]:
    """Return the preferences with which Firefox asks a proxy, if there is one."""
    if not proxy:
        return {}
    _, host, port = proxy.replace("/", "").split(":")
    settings = {"type": "1", "http": f'"{host}"', "http_port": port}
    settings |= {"ssl": f'"{host}"', "ssl_port": port}
    return {f"network.proxy.{name}": value for name, value in settings.items()}


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


class Firefox(Driven):
    """One window of Firefox: go somewhere, press keys, read what is there."""

    def __init__(self, marionette: Marionette) -> None:
        self.marionette = marionette

    def goto(self, address: str) -> None:
        self.marionette.navigate(address)

    def call(self, function: str, argument: object = None) -> object:
        script = CALL.replace("FUNCTION", function)
        # No sandbox: what the page has put on its window is there, as for its own scripts.
        answer = self.marionette.execute_async_script(script, script_args=[argument], sandbox=None)
        if answer is None:
            raise JavascriptException("the page was left before it answered")
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def wait_until(self, function: str, argument: object = None, seconds: float = 60) -> None:
        # A page that is just being left cannot be asked; the next one can.
        wait = Wait(self.marionette, timeout=seconds, ignored_exceptions=[JavascriptException])
        wait.until(
            lambda _: self.call(function, argument), message=f"never true: {function} ({argument})"
        )

    def press(self, *keys: str) -> None:
        names = [KEYS.get(key, key) for key in keys]
        actions = self.marionette.actions.sequence("key", "keyboard")
        for name in names:
            actions = actions.key_down(name)
        for name in reversed(names):
            actions = actions.key_up(name)
        actions.perform()

    def paste(self, text: str) -> None:
        self.call("text => document.execCommand('insertText', false, text)", text)

    def click(self, css: str) -> None:
        self.marionette.find_element(By.CSS_SELECTOR, css).click()

    def run_before_each_page(self, script: str) -> None:
        # Marionette has no word for it; an extension may do it.
        packed = BytesIO()
        with ZipFile(packed, "w") as extension:
            extension.writestr("manifest.json", json.dumps(EXTENSION))
            extension.writestr("early.js", script)
        data = b64encode(packed.getvalue()).decode()
        Addons(self.marionette).install(data=data, temp=True)

    @contextmanager
    def another_tab(self) -> Iterator[None]:
        first = self.marionette.current_window_handle
        self.marionette.switch_to_window(self.marionette.open("tab")["handle"])
        try:
            yield
        finally:
            self.marionette.close()
            self.marionette.switch_to_window(first)

    def tabs(self) -> int:
        return len(self.marionette.window_handles)


@contextmanager
def launch_firefox(profile: Path, *, proxy: str = "", **preferences: str) -> Iterator[Firefox]:
    """Start headless Firefox on a profile folder; end it afterwards.

    Preferences are named as Firefox does, with ``__`` for each dot, and valued as in its files.
    Whatever is not on this machine is asked of the proxy, if one is given.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile.mkdir(parents=True, exist_ok=True)
    own = {name.replace("__", "."): value for name, value in preferences.items()}
    settings = {**QUIET, **through(proxy), **own, "marionette.port": str(port)}
    lines = [f'user_pref("{name}", {value});\n' for name, value in settings.items()]
    (profile / "user.js").write_text("".join(lines))
    command = [firefox_path(), "-headless", "-marionette", "-no-remote", "-profile", str(profile)]
    with subprocess.Popen(
        command,
        env=os.environ | SETTINGS_ARE_OURS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
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
    marionette = Marionette(host="127.0.0.1", port=port, socket_timeout=2 * PATIENCE)
    marionette.start_session()
    marionette.timeout.script = PATIENCE
    return marionette


def _answers(port: int) -> bool:
    try:
        # It greets whoever calls; a caller who hangs up at once is forgotten as quickly.
        with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
            return bool(line.recv(1))
    except OSError:
        return False
