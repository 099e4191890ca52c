"""What the notebook page does beside JupyterLab: early runs, Python's state."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.lesson_page import STARTUP

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
    for _ in range(5):  # on a slow machine the notebook may come into view after its kernel
        page.goto(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
        page.wait_for_function("'hadKernel' in window", timeout=STARTUP)
        if not page.evaluate("window.hadKernel"):
            break
    assert page.evaluate("window.hadKernel") is False  # it really was too early
    page.wait_for_function("window.ran === 1", timeout=STARTUP)
    expect(page.locator("[data-kept-run]")).to_have_count(0)
    expect(page.locator("#python-state")).to_have_text("Python is ready.", timeout=STARTUP)


# Presses it while JupyterLab still shows its spinner, over an empty notebook that it has ready.
BEFORE_IT_IS_READ = """
const observer = new MutationObserver(() => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    if (!panel?.node.contains(document.activeElement)) return;
    observer.disconnect();
    window.wasRead = panel.context.isReady;
    window.pressed = document.activeElement.className;
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {
        key: "Enter", code: "Enter", keyCode: 13, shiftKey: true, bubbles: true, cancelable: true,
    }));
});
observer.observe(document, { subtree: true, childList: true, attributes: true });
"""


def test_a_run_asked_for_before_the_notebook_is_read_is_done_with_its_first_cell(
    page: Page, site_url: str
) -> None:
    page.add_init_script(BEFORE_IT_IS_READ)
    page.goto(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
    page.wait_for_function("'wasRead' in window", timeout=STARTUP)
    assert page.evaluate("window.wasRead") is False
    page.wait_for_function(
        "jupyterapp.shell.currentWidget.content.activeCellIndex === 1", timeout=STARTUP
    )
    expect(page.locator("[data-kept-run]")).to_have_count(0)


def test_settings_that_nobody_checked_are_what_the_validator_makes_of_them(
    page: Page, site_url: str
) -> None:
    page.goto(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
    page.wait_for_function("window.jupyterapp?.shell?.currentWidget?.context?.isReady")
    compared = page.evaluate(
        """async () => {
            const plugins = [...window.jupyterapp.pluginRegistry._plugins.values()];
            const { service } = plugins.find(({ id }) =>
                id === "@jupyterlab/apputils-extension:settings");
            const ordered = (value) => JSON.stringify(value, (_, inner) =>
                inner && typeof inner === "object" && !Array.isArray(inner)
                    ? Object.fromEntries(Object.entries(inner).sort()) : inner);
            const { validator } = service;
            const faults = [], names = Object.keys(service.plugins);
            for (const { id, schema, raw } of Object.values(service.plugins)) {
                const [ours, theirs] = [validator, validator.strict].map((which) => {
                    const plugin = { id, schema: structuredClone(schema), raw, data: {} };
                    return ordered([which.validateData(plugin), plugin.data]);
                });
                if (ours !== theirs) faults.push([id, ours, theirs]);
            }
            const wrong = { id: names[0], raw: "{ not json", data: {},
                            schema: structuredClone(service.plugins[names[0]].schema) };
            return { names, faults, refused: service.validator.validateData(wrong) !== null };
        }"""
    )
    assert "@jupyterlab/notebook-extension:tracker" in compared["names"]
    assert compared["faults"] == []
    assert compared["refused"], "what somebody has changed is not checked"
