"""What the notebook page does beside JupyterLab: early runs, Python's state, a newer lesson."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from bptt_site.contents import write_contents
from bptt_site.places import ROOT
from bptt_site.release import RELEASE
from bptt_site.serve import site_server
from playwright.sync_api import Page, expect

from tests.e2e.deployment import keep
from tests.e2e.lesson_page import STARTUP, LessonPage

pytestmark = pytest.mark.e2e

# Goes to the first code cell and presses Shift+Enter in the very moment in which the notebook is
# on screen, which is before there is a kernel: no test from outside could be as early.
AT_THE_EARLIEST = """
const observer = new MutationObserver(() => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    if (!panel?.isRevealed) return;  // still behind the spinner
    observer.disconnect();
    window.hadKernel = Boolean(panel.sessionContext.session?.kernel);
    panel.sessionContext.iopubMessage.connect((_, { header, content }) => {
        if (header.msg_type === "execute_input") window.ran = content.execution_count;
    });
    const notebook = panel.content;
    notebook.activeCellIndex = notebook.widgets.findIndex((cell) => cell.model.type === "code");
    notebook.activate();
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {
        key: "Enter", code: "Enter", keyCode: 13, shiftKey: true, bubbles: true, cancelable: true,
    }));
});
observer.observe(document, { subtree: true, childList: true, attributes: true });
"""


def test_a_run_asked_for_too_early_is_kept_and_done(page: Page, site_url: str) -> None:
    page.add_init_script(AT_THE_EARLIEST)
    page.goto(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
    state = page.locator("#python-state")
    expect(state).to_contain_text("Python is starting", timeout=STARTUP)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    first = next(i for i, c in enumerate(lesson.cells_as_shipped) if c["cell_type"] == "code")
    expect(lesson.cell(first).locator(".jp-InputArea-prompt")).to_have_text(
        re.compile(r"\[1\]"), timeout=STARTUP
    )
    assert page.evaluate("window.hadKernel") is False  # it really was too early
    expect(state).to_have_text("Python is ready.")


@pytest.fixture
def redeployed(page: Page, site_url: str, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A copy of the site, whose lesson can be changed under a learner who works in it."""
    copy = tmp_path / "site"
    shutil.copytree(ROOT / "_output", copy, ignore=shutil.ignore_patterns("*.map"))
    with site_server(copy, prefix="/course/") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/course/", copy / "files/10_rnn_bptt.ipynb"
        page.goto("about:blank")
        server.shutdown()


def release(page: Page, path: Path, name: str) -> None:
    """Publish another version of the lesson: a new title, a new scaffold, one question gone."""
    notebook = json.loads(path.read_text())
    notebook["metadata"][RELEASE]["release"] = name
    notebook["cells"][0]["source"] = f"# The lesson of {name}"
    notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "task-1-question-1"]
    for cell in notebook["cells"]:
        if cell["metadata"].get("bptt", {}).get("exercise") == "clip_gradients":
            cell["source"] = "# a better scaffold"
    path.write_text(json.dumps(notebook))
    write_contents(path.parents[1])
    assert keep(page)["whole"]  # the browser has the new release, for the next page that is opened


def test_a_redeployed_lesson_announces_itself_and_carries_answers_over(
    page: Page, redeployed: tuple[str, Path]
) -> None:
    url, notebook = redeployed
    url += "notebooks/index.html?path=10_rnn_bptt.ipynb"
    page.goto(url)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    lesson.replace(lesson.exercise("rnn_forward_cache"), "# my own answer")
    lesson.replace(lesson.cell(lesson.index_of("task-1-question-1")), "# my answer to what is gone")
    save(page)
    release(page, notebook, "next month")

    page.goto(url)
    banner = page.get_by_role("region", name="The lesson has changed")
    banner.get_by_role("button", name="Keep mine").click(timeout=STARTUP)
    page.goto(url)
    lesson.wait_until_open()
    expect(page.locator("#python-state")).to_be_attached()
    page.wait_for_timeout(1_500)  # long enough for a banner to come
    expect(banner).to_have_count(0)

    release(page, notebook, "the month after")
    page.goto(url)
    banner.get_by_role("button", name="Take the new one").click(timeout=STARTUP)
    expect(page.locator(".jp-Notebook")).to_contain_text(
        "The lesson of the month after", timeout=STARTUP
    )
    text = page.evaluate(
        "jupyterapp.shell.currentWidget.content.model.cells.length && "
        "[...jupyterapp.shell.currentWidget.content.model.cells].map(c => c.sharedModel.source)"
    )
    assert "# my own answer" in text
    assert "# a better scaffold" in text  # it had not been touched
    assert text[-1] == "# my answer to what is gone"
    kept = page.evaluate(
        "jupyterapp.serviceManager.contents.get('').then(d => d.content.map(f => f.name))"
    )
    assert len([name for name in kept if name.startswith("10_rnn_bptt (kept ")]) == 1


def save(page: Page) -> None:
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
