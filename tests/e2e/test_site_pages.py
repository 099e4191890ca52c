"""The site's own pages in a real browser: the way in, the kernel, the widgets, the way round."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browsers import launch_chromium
from tests.e2e.lesson_page import STARTUP, LessonPage

pytestmark = pytest.mark.e2e

WIDGETS = """\
import anywidget, bptt_lib, ipywidgets, numpy, traitlets
class Counter(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        const button = document.createElement("button");
        const show = () => { button.textContent = `counted ${model.get("count")}`; };
        const add = () => { model.set("count", model.get("count") + 1); model.save_changes(); };
        button.onclick = add;
        model.on("change:count", show); show(); el.append(button);
    } }'''
    count = traitlets.Int(0).tag(sync=True)
counter, slider, said = Counter(), ipywidgets.IntSlider(3), ipywidgets.Label("nothing yet")
def say(change):
    said.value = f"python has slider {slider.value} and count {counter.count}"
slider.observe(say, "value"); counter.observe(say, "count")
display(counter, slider, said)
print("numpy", numpy.__version__, "and", bptt_lib.__name__)
"""

# Whatever NumPy documents, and what else a learner may reach for: none of it was trimmed away.
REACHED_FOR = """\
import importlib, pkgutil, numpy
for name in ("fft linalg ma ma.extras ma.mrecords polynomial random testing typing "
             "lib.recfunctions lib.stride_tricks lib.format lib.mixins lib.scimath lib.array_utils "
             "lib.npyio strings char rec ctypeslib exceptions dtypes").split():
    importlib.import_module(f"numpy.{name}")
for name in ("argparse asyncio calendar cProfile collections csv ctypes dataclasses datetime "
             "decimal doctest fractions functools html http.client inspect ipaddress json "
             "logging.config logging.handlers pathlib pdb pickle pprint profile pstats "
             "pydoc random re sqlite3 statistics string struct sysconfig tarfile tempfile "
             "textwrap threading timeit tomllib trace traceback typing unittest.mock "
             "urllib.request uuid xml.etree.ElementTree zipfile zipimport "
             "zoneinfo importlib.metadata importlib.resources").split():
    try: importlib.import_module(name)
    except ModuleNotFoundError as error: print("absent:", error)
from IPython.display import Code, HTML, Image, Math
from pathlib import Path
import IPython.core.debugger
Path("/tmp/code.py").write_text("x = lambda y: y")
display(Code("x = 1", language="python"), Code(filename="/tmp/code.py"))
for package in (importlib.import_module(name) for name in ("ipywidgets", "traitlets", "anywidget")):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if "test" not in module.name: importlib.import_module(module.name)
a = numpy.random.default_rng(1).normal(size=(3, 3))
numpy.testing.assert_allclose(numpy.linalg.inv(a) @ a, numpy.eye(3), atol=1e-9)
numpy.linalg.svd(a), numpy.fft.fft(a), numpy.ma.array([1, 2], mask=[0, 1]).mean()
%timeit -n1 -r1 1 + 1
%prun -q sum(range(10))
help(numpy.dot)
print("all of it is here")
1 / 0
"""


def open_lesson(page: Page, site_url: str) -> LessonPage:
    page.goto(site_url)
    page.get_by_role("link", name="Open the lesson").click()
    lesson = LessonPage(page)
    lesson.wait_until_open()
    return lesson


def test_widgets_reach_python_and_back(page: Page, site_url: str) -> None:
    lesson = open_lesson(page, site_url)
    cell = lesson.exercise("rnn_forward_cache")
    lesson.replace(cell, WIDGETS)
    lesson.run(cell)
    expect(cell).to_contain_text("numpy 2.4.3 and bptt_lib", timeout=STARTUP)
    handle = cell.locator(".noUi-handle")
    handle.focus()
    for value in (4, 5, 6):  # three moves: sliders that move once have been seen elsewhere
        page.keyboard.press("ArrowRight")
        expect(cell).to_contain_text(f"python has slider {value} and count 0")
    cell.get_by_role("button", name="counted 0").click()
    expect(cell.get_by_role("button", name="counted 1")).to_be_visible()
    expect(cell).to_contain_text("python has slider 6 and count 1")


def test_pip_asks_nobody_outside(page: Page, site_url: str) -> None:
    """The fixture sees every request that leaves the site; the learner sees a sentence."""
    lesson = open_lesson(page, site_url)
    cell = lesson.exercise("rnn_forward_cache")
    lesson.replace(cell, "%pip install colorama")
    lesson.run(cell)
    expect(cell).to_contain_text(
        "colorama cannot be installed: this page asks no other", timeout=STARTUP
    )


def test_what_was_trimmed_is_not_missed(page: Page, site_url: str) -> None:
    lesson = open_lesson(page, site_url)
    cell = lesson.exercise("rnn_forward_cache")
    lesson.replace(cell, REACHED_FOR)
    lesson.run(cell)
    shown = cell.locator(".jp-OutputArea-output")
    expect(shown.last).to_contain_text("ZeroDivisionError: division by zero", timeout=STARTUP)
    text = " ".join(shown.all_inner_texts())
    assert "all of it is here" in text
    assert "Dot product of two arrays" in text
    assert "absent:" not in text


def test_equations_are_typeset(page: Page, site_url: str) -> None:
    open_lesson(page, site_url)
    expect(page.locator(".jp-RenderedMarkdown mjx-container").first).to_be_visible()


def test_a_link_between_notebooks_opens_the_other(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}notebooks/index.html?path=11_char_rnn.ipynb")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="notebook 10").first.click(timeout=STARTUP)
    expect(opened.value).to_have_url(f"{site_url}notebooks/index.html?path=10_rnn_bptt.ipynb")
    LessonPage(opened.value).wait_until_open()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_follow_the_system(page: Page, site_url: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site_url)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    lightness = "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)[0]"
    assert (page.evaluate(lightness) < 80) == (scheme == "dark")
    open_lesson(page, site_url)
    expect(page.locator("body")).to_have_attribute(
        "data-jp-theme-light", str(scheme == "light").lower()
    )
    assert page.evaluate(wide) == 0


def test_the_landing_page_needs_no_javascript(playwright: Playwright, site_url: str) -> None:
    with launch_chromium(playwright) as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(site_url)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_role("img", name="A recurrent network, unrolled")).to_be_visible()
        expect(page.get_by_role("link", name="Open the lesson")).to_be_visible()
