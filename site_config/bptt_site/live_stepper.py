"""The stepper on the landing page: its modules as they are, and a run that the library records.

The page needs no Python for it. What it shows is still `bptt_lib`'s own: the run is recorded
while the site is built.
"""

import json
import shutil
import sys
from pathlib import Path

from .places import ROOT

__all__ = ["place_stepper"]

WIDGETS = ROOT / "bptt_lib" / "widgets"


def place_stepper(site: Path) -> None:
    """Put the stepper's modules, its style and a recorded run into ``stepper/``."""
    folder = site / "stepper"
    shutil.copytree(WIDGETS / "js", folder, dirs_exist_ok=True)
    shutil.copy(WIDGETS / "stepper.css", folder / "stepper.css")
    run = json.dumps(recorded_run(), separators=(",", ":"))
    (folder / "run.json").write_text(run, encoding="utf-8")


def recorded_run() -> dict[str, object]:
    """Record four steps of a small RNN, forward and backward."""
    if str(ROOT) not in sys.path:  # the library stands beside this package, installed or not
        sys.path.insert(0, str(ROOT))
    import numpy as np

    from bptt_lib.recording import record

    rng = np.random.default_rng(10)
    T, D, H = 4, 2, 3
    run = record(
        rng.normal(size=(T, D)).round(2),
        np.zeros(H),
        (0.7 * rng.normal(size=(H, D))).round(2),
        (0.5 * rng.normal(size=(H, H))).round(2),
        np.zeros(H),
        dL_dh_last=[1.0, 0.0, 0.0],
    )
    return run.to_dict()
