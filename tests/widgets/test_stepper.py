"""The stepper's Python half: what it takes, what it sends, what it needs to be installed."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap

import pytest

from bptt_lib.recording import record
from bptt_lib.widgets import Stepper, step
from bptt_lib.widgets import _assets as assets

RUN = record([[1.0], [0.5]], [0.0], [[0.5]], [[2.0]], [0.0], dL_dh_last=[1.0])


def python(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True
    )


def test_step_shows_the_whole_run_at_once():
    stepper = step(RUN, position=3)
    assert isinstance(stepper, Stepper)
    assert stepper.run == RUN.to_dict()
    assert stepper.position == 3


def test_wrong_arguments_are_named():
    with pytest.raises(TypeError, match="recording: expected a Recording, got dict"):
        step({})
    with pytest.raises(ValueError, match="expected 0 to 3"):
        step(RUN, position=4)
    stepper = step(RUN)
    with pytest.raises(ValueError, match="expected 0 to 3"):
        stepper.position = -1
    assert stepper.position == 0


def test_without_anywidget_the_error_says_what_to_install():
    done = python(
        """
        import sys
        sys.modules["anywidget"] = None
        import bptt_lib
        import bptt_lib.recording
        try:
            import bptt_lib.widgets
        except ImportError as error:
            print(error)
        """
    )
    assert "pip install bptt-lib[widgets]" in done.stdout, done.stderr


def test_recording_loads_no_widget_package():
    done = python(
        """
        import sys
        import bptt_lib.recording
        print({"anywidget", "ipywidgets", "IPython"} & set(sys.modules))
        """
    )
    assert done.stdout.strip() == "set()", done.stderr


def test_the_joined_script_imports_nothing_and_exports_one_default():
    joined = assets.script("stepper.js")
    assert not re.search(r"^\s*import\b", joined, re.MULTILINE)
    assert re.findall(r"^export .*", joined, re.MULTILINE) == ["export default { render };"]
    modules = re.findall(r"^const _js_(\w+) = ", joined, re.MULTILINE)
    assert len(modules) == len(set(modules))
    assert {"run", "network", "cell", "sentences"} <= set(modules)


def test_a_form_that_cannot_be_joined_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "HERE", tmp_path)
    (tmp_path / "a.js").write_text('import * as b from "./b.js";\nexport default {};\n')
    with pytest.raises(ValueError, match=r"a.js: cannot join 'import \* as b"):
        assets.script("a.js")
