"""``make bench``: measure, print the tables; with ``--write`` put them into the README."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bptt_site.places import ROOT
from bptt_site.serve import site_server
from playwright.sync_api import sync_playwright

from tests.bare_pyodide import bare_site, run_python
from tests.benchmarks import kernels, startup, stepping, tables
from tests.benchmarks.stock_site import build_stock_site
from tests.browsers import launch_chromium

FLOOR = "bare Pyodide + NumPy"
IN_PYODIDE = "import json\nfrom tests.benchmarks import {name}\njson.dumps({name}.measure())"


def main() -> None:
    """Measure everything in one run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=main.__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    parser.add_argument("--rounds", type=int, default=3, help="visits of each site, cold and warm")
    given = parser.parse_args()

    subprocess.run([sys.executable, "-m", "bptt_site.build", "--if-stale"], check=True)
    natively = kernels.measure()
    with (
        TemporaryDirectory() as bare_folder,
        TemporaryDirectory() as stock_folder,
        bare_site(Path(bare_folder)) as bare,
        site_server(ROOT / "_output") as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with launch_chromium(playwright) as browser:
            version = browser.version
            page = browser.new_page()
            in_pyodide = json.loads(run_python(page, bare, IN_PYODIDE.format(name="kernels")))
            verdicts = json.loads(run_python(page, bare, IN_PYODIDE.format(name="checks")))
        ours = f"http://127.0.0.1:{server.server_port}/"
        with launch_chromium(playwright) as browser:
            steps = stepping.measure(browser, ours)
        server.shutdown()
        output = ROOT / "_output"
        stock = build_stock_site(Path(stock_folder))
        visits = startup.measure(playwright, output, stock, Path(bare_folder), given.rounds)
        slow = startup.over_a_slow_line(playwright, output)
        anew = startup.restart(playwright, output)

    report = "\n\n".join(
        [
            f"Measured on {date.today()} by `make bench`, on {platform.system()}, Chromium "
            f"{version}, headless, everything served from the same machine, as GitHub Pages serves "
            "it. Only the ratios carry over to another machine.",
            "**From opening the lesson to the first cell's output** (medians of "
            f"{given.rounds} rounds, taken in turns; each a first visit, cold, a second one, in "
            "which the browser writes down what it has compiled, and two warm ones):",
            tables.markdown(
                ["", "cold", "÷ floor", "second", "÷ floor", "warm", "÷ floor", "fetched"],
                tables.startup_rows(visits, FLOOR),
            ),
            "Over 5 Mb/s with a round trip of 80 ms, having read the start page for 20 s: "
            f"{slow:.1f} s from opening the lesson to the first output (one visit). A restart of "
            f"Python, to the first output after it: {anew:.1f} s.",
            "**`rnn_forward_cache` and `rnn_bptt` together**, and how many times as long others "
            "take for the same gradients:",
            tables.markdown(
                ["", "bptt_lib", "plain loop ÷ ours", "autograd ÷ ours"],
                [
                    *tables.kernel_rows("native", natively),
                    *tables.kernel_rows("in the browser", in_pyodide),
                ],
            ),
            "**Waiting for a verdict**, in the browser (median; a mistake is also named):",
            tables.markdown(["check", "passes", "fails"], tables.check_rows(verdicts)),
            f"**One step** of a run with T = {stepping.T}, D = {stepping.D}, H = {stepping.H}, "
            "from the key to the new layout, beside `interact` redrawing through the kernel:",
            tables.markdown(["", "median", "99 %", "÷ ours"], stepping.rows(steps)),
        ]
    )
    print(report)
    if given.write:
        tables.write_into_readme(report)


if __name__ == "__main__":
    main()
