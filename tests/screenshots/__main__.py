"""The ways to look at the course, and a walk through it in each."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bptt_site.places import ROOT
from bptt_site.serve import site_server
from playwright.sync_api import sync_playwright

from tests.browsers import launch_chromium_profile
from tests.screenshots.album import FOLDER, Album

HEIGHT = 2800  # enough for whole widgets to fit: what is below is not painted
EVERYTHING: dict[str, dict[str, Any]] = {
    f"{theme}-{width}": {
        "viewport": {"width": width, "height": HEIGHT},
        "color_scheme": theme,
    }
    for theme in ("light", "dark")
    for width in (1180, 360)
}
WIDE: dict[str, Any] = {"viewport": {"width": 1180, "height": HEIGHT}}
WHAT_MATTERS: dict[str, dict[str, Any]] = {
    "forced-light": {**WIDE, "forced_colors": "active", "color_scheme": "light"},
    "forced-dark": {**WIDE, "forced_colors": "active", "color_scheme": "dark"},
    "more-contrast": {**WIDE, "contrast": "more"},
    "less-motion": {**WIDE, "reduced_motion": "reduce"},
    # A window of 1280 pixels, at 200 %.
    "zoomed": {"viewport": {"width": 640, "height": 1400}, "device_scale_factor": 2},
}
README_PICTURE = "stepper-light-1180.png"


def main() -> None:
    """Build what is stale, and take all pictures."""
    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    FOLDER.mkdir(exist_ok=True)
    with site_server(ROOT / "_output") as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        for suffix, options in (EVERYTHING | WHAT_MATTERS).items():
            with TemporaryDirectory() as profile:
                context = launch_chromium_profile(playwright, Path(profile), **options)
                context.set_default_timeout(120_000)
                album = Album(context.pages[0], url, suffix)
                album.take_everything() if suffix in EVERYTHING else album.take_what_matters()
                context.close()
        server.shutdown()
    (ROOT / "docs").mkdir(exist_ok=True)
    shutil.copy(FOLDER / README_PICTURE, ROOT / "docs" / "stepper.png")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.name}/; docs/stepper.png is new")


if __name__ == "__main__":
    main()
