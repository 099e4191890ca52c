"""How long a learner waits for a verdict: each check, right and wrong, run where it stands.

Runs natively and in Pyodide alike. The wrong functions are the catalogue's own
misconceptions, so that the time of naming the mistake is in the figure.
"""

from __future__ import annotations

import json
import statistics
import time

import bptt_lib
from bptt_lib.checks import check
from bptt_lib.checks.exercises import COURSE, find


def timed(function: object, name: str) -> float:
    """Return the milliseconds of one check."""
    start = time.perf_counter()
    check(function, name)
    return 1e3 * (time.perf_counter() - start)


def measure(rounds: int = 9) -> list[dict[str, object]]:
    """For each exercise, the median milliseconds of a pass and of a named mistake."""
    rows = []
    for name in COURSE:
        wrong = [misconception.function for misconception in find(name).misconceptions()]
        rows.append(
            {
                "exercise": name,
                "passes": statistics.median(
                    timed(getattr(bptt_lib, name), name) for _ in range(rounds)
                ),
                "fails": statistics.median(timed(function, name) for function in wrong),
            }
        )
    return rows


if __name__ == "__main__":
    print(json.dumps(measure()))
