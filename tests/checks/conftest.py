"""In the tests of the checks, a fault in the diagnosis is an error, not a missing name."""

import pytest

from bptt_lib.checks import mistake


@pytest.fixture(autouse=True)
def faults_of_ours_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mistake, "RAISE", True)
