"""The course without a network: kept whole or not at all, of one release, and never wrong.

Each test ends by asking whether what the learner wrote is still there.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.driven import Chromium, Driven
from tests.e2e.conftest import BROWSERS, Watch, quiet_browser
from tests.e2e.deployment import LESSON, Deployment, keep, releases_seen, saved_text
from tests.e2e.lesson import PYTHON, Lesson
from tests.e2e.lesson_page import LessonPage
from tests.firefox import launch_firefox
from tests.notebooks.solutions import SOLUTIONS, solved_source

pytestmark = pytest.mark.e2e

EXERCISE = "task-1-exercise"
MINE = "# my own words"
KEPT = "some-repo/offline/kept/"
SCAFFOLD = """\
import numpy as np
from bptt_lib.checks import exercise
@exercise
def rnn_forward_cache(): ..."""
SOLVED = f"{solved_source(SCAFFOLD, SOLUTIONS[0])}\n{MINE}"


def write_and_save(driven: Driven, deployment: Deployment, text: str = MINE) -> Lesson:
    lesson = Lesson(driven, deployment.url)
    lesson.write(EXERCISE, text)
    lesson.save()
    return lesson


def sha256_of(deployment: Deployment, name: str) -> str:
    release = json.loads((deployment.folder / "release.json").read_text())
    return str(release["files"][name][0])


@pytest.mark.parametrize("browser", BROWSERS)
def test_after_one_visit_all_of_it_works_without_a_network(
    browser: str, playwright: Playwright, tmp_path: Path, deployment: Deployment
) -> None:
    profile = tmp_path / "profile"
    with quiet_browser(browser, playwright, profile) as (driven, _):
        driven.goto(deployment.url)
        driven.wait_for_text("#kept-offline", "Ready for offline", PYTHON)
    deployment.pull()
    with quiet_browser(browser, playwright, profile) as (driven, _):
        driven.goto(deployment.url)
        driven.wait_for("[data-bptt-stepper]")
        driven.click(f'a[href="{LESSON}"]')
        driven.wait_for(".jp-Notebook .jp-Cell", PYTHON)
        lesson = Lesson(driven, deployment.url)
        lesson.run(EXERCISE, SOLVED)
        lesson.widget(EXERCISE, "[data-bptt-check][data-status=passed]")
        lesson.run("stepper-first-walk")
        lesson.widget("stepper-first-walk", "[data-bptt-stepper]")
        lesson.save()
        assert MINE in saved_text(driven, deployment)


def test_a_page_is_of_one_release_and_the_next_one_waits_until_it_is_whole(
    driven: Driven, deployment: Deployment
) -> None:
    driven.goto(deployment.url)
    assert keep(driven)["whole"]

    deployment.publish("B", held_back="landing.css")  # in the midst of a deployment
    write_and_save(driven, deployment)
    assert keep(driven)["problem"] == "changed"
    driven.goto(deployment.url)
    assert releases_seen(driven, deployment) == {"as built"}

    lesson = write_and_save(driven, deployment, f"{MINE} of B")
    deployment.publish("B")
    assert keep(driven)["whole"]
    assert releases_seen(driven, deployment) == {"as built"}  # nothing changes under a notebook
    with driven.another_tab():
        Lesson(driven, deployment.url)
        assert releases_seen(driven, deployment) == {"as built"}  # nor beside it
    # It goes on working: Python starts anew, a verdict and a widget come.
    driven.call("() => jupyterapp.shell.currentWidget.sessionContext.restartKernel()")
    lesson.run(EXERCISE, f"{SOLVED} of B")
    lesson.widget(EXERCISE, "[data-bptt-check][data-status=passed]")
    lesson.run("stepper-first-walk")
    lesson.widget("stepper-first-walk", "[data-bptt-stepper]")
    lesson.save()
    lesson.open()
    assert releases_seen(driven, deployment) == {"B"}

    write_and_save(driven, deployment, f"{MINE} of C")
    deployment.publish("C")
    assert keep(driven)["whole"]
    deployment.pull()
    assert f"{MINE} of C" in saved_text(driven, deployment)
    assert releases_seen(driven, deployment) == {"C"}


@pytest.mark.parametrize("browser", BROWSERS)
def test_a_browser_that_ends_while_it_fetches_a_release_goes_on_with_it(
    browser: str, playwright: Playwright, tmp_path: Path, deployment: Deployment
) -> None:
    profile = tmp_path / "profile"
    with quiet_browser(browser, playwright, profile) as (driven, _):
        write_and_save(driven, deployment)
        driven.goto(deployment.url)
        assert keep(driven)["whole"]
        deployment.publish("B")
        driven.goto(deployment.url)
        deployment.pull_when_asked_for("static/pyodide/kernel.mjs")  # half of it has come by then
        driven.call(BEGIN_TO_KEEP, sha256_of(deployment, "landing.css"))
        assert deployment.is_pulled.wait(60)
    with quiet_browser(browser, playwright, profile) as (driven, _):
        assert MINE in saved_text(driven, deployment)
        assert releases_seen(driven, deployment) == {"as built"}
        deployment.plug_in()
        assert keep(driven)["whole"]
        assert MINE in saved_text(driven, deployment)
        assert releases_seen(driven, deployment) == {"B"}


# Asks for the newest release, and returns when a certain file of it has come.
BEGIN_TO_KEEP = """async (sha256) => {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ type: "keep" });
    while (!(await caches.match(`/some-repo/offline/kept/${sha256}`))) {
        await new Promise((done) => setTimeout(done, 50));
    }
}"""


def test_a_damaged_file_is_fetched_again_and_never_shown(
    driven: Driven, deployment: Deployment
) -> None:
    write_and_save(driven, deployment)
    assert keep(driven)["whole"]
    damaged = [sha256_of(deployment, name) for name in ("landing.css", "start/work.js")]
    driven.call(DAMAGE, [KEPT, damaged])
    driven.goto(deployment.url)
    style = driven.call("() => fetch('landing.css').then((answer) => answer.text())")
    assert "--paper" in str(style)
    assert MINE in saved_text(driven, deployment)

    driven.call(DAMAGE, [KEPT, damaged[:1]])
    deployment.pull()
    driven.goto(deployment.url)
    answer = driven.call("() => fetch('landing.css').then(async (a) => [a.status, await a.text()])")
    status, sentence = answer
    assert status == 503
    assert "landing.css can be had neither from this browser nor from the site" in sentence
    assert MINE in saved_text(driven, deployment)


DAMAGE = """async ([kept, names]) => {
    const cache = await caches.open("bptt-course /some-repo/");
    for (const name of names) {
        const good = await cache.match("/" + kept + name);
        await cache.put("/" + kept + name, new Response("wrong()", { headers: good.headers }));
    }
}"""


def expect_no_room(driven: Driven, deployment: Deployment) -> None:
    assert keep(driven)["problem"] == "full"
    assert MINE in saved_text(driven, deployment)
    driven.wait_for_text("#kept-offline", "There is no room", PYTHON)


def test_a_full_disk_keeps_the_learners_work_and_no_half_of_the_course(
    learner: tuple[BrowserContext, Watch], deployment: Deployment
) -> None:
    """In Chromium, whose disk can become larger again."""
    page = learner[0].pages[0]
    driven = Chromium(page)
    write_and_save(driven, deployment)
    devtools = page.context.new_cdp_session(page)
    origin = deployment.url.split("/some-repo")[0]
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 5_000_000})
    expect_no_room(driven, deployment)
    assert page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)") < 3_000_000
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    assert keep(driven)["whole"]
    assert MINE in saved_text(driven, deployment)


def test_a_full_disk_keeps_the_learners_work_in_firefox(
    tmp_path: Path, deployment: Deployment
) -> None:
    """Its whole disk has five megabytes: there is room for the work, and not for the course."""
    limit = {"dom__quotaManager__temporaryStorage__fixedLimit": "5000"}
    with launch_firefox(tmp_path / "profile", **limit) as firefox:
        write_and_save(firefox, deployment)
        firefox.goto(deployment.url)
        expect_no_room(firefox, deployment)
        write_and_save(firefox, deployment, f"{MINE}, written afterwards")
        assert f"{MINE}, written afterwards" in saved_text(firefox, deployment)


def test_a_network_that_goes_in_the_midst_of_a_visit(
    driven: Driven, deployment: Deployment
) -> None:
    write_and_save(driven, deployment)  # nothing is kept yet
    deployment.pull_when_asked_for("static/pyodide/kernel.mjs")
    driven.set_out_for(deployment.url + LESSON)
    assert deployment.is_pulled.wait(60)
    driven.goto(deployment.url)
    driven.wait_for_text("body", "this browser has not kept the course yet")

    deployment.plug_in()
    assert MINE in saved_text(driven, deployment)
    kept = keep(driven)
    assert kept["whole"], kept
    driven.set_out_for(deployment.url + LESSON)
    deployment.pull()
    driven.wait_for_text("#python-state", "Python is ready.", PYTHON)
    assert MINE in saved_text(driven, deployment)


def test_it_can_be_installed_under_its_sub_path(
    learner: tuple[BrowserContext, Watch], deployment: Deployment
) -> None:
    page = learner[0].pages[0]
    page.goto(deployment.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    devtools = page.context.new_cdp_session(page)
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["manifest"]["startUrl"] == f"{deployment.url}index.html"
    assert found["manifest"]["scope"] == deployment.url
    # No two projects of one origin are the same application.
    assert devtools.send("Page.getAppId")["appId"] == f"{deployment.url}index.html"
    assert "shortcuts" not in json.loads(found["data"])


def test_what_it_leaves_alone_and_what_it_answers_at_once(
    learner: tuple[BrowserContext, Watch], deployment: Deployment
) -> None:
    """Other projects of the origin, and JupyterLite's own duties."""
    page = learner[0].pages[0]
    page.goto(f"{deployment.url}404.html")
    page.evaluate("caches.open('bptt-course /other-repo/').then(() => caches.open('theirs'))")
    driven = Chromium(page)
    write_and_save(driven, deployment)
    assert keep(driven)["whole"]
    page.reload()
    LessonPage(page).wait_until_open()
    assert {"bptt-course /other-repo/", "theirs"} <= set(page.evaluate("caches.keys()"))
    registered = "navigator.serviceWorker.getRegistrations()"
    assert page.evaluate(f"{registered}.then((all) => all.map((one) => one.active.scriptURL))") == [
        f"{deployment.url}service-worker.js?enableCache=false"
    ]
    beat = "fetch('/api/service-worker-heartbeat').then((answer) => answer.text())"
    assert page.evaluate(beat) == "ok"
    lesson = LessonPage(page)
    cell = lesson.exercise("rnn_bptt")
    lesson.replace(cell, "open('note.txt', 'w').write('kept'); open('note.txt').read()")
    lesson.run(cell)
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text("kept")
    assert MINE in saved_text(driven, deployment)
