"""The course without a network: kept whole or not at all, of one release, and never wrong.

Each test ends by asking whether what the learner wrote is still there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browsers import launch_chromium_profile
from tests.e2e.deployment import LESSON, Deployment, keep, releases_seen, saved_text
from tests.e2e.lesson_page import STARTUP, LessonPage
from tests.notebooks.solutions import SOLUTIONS, solved_source

pytestmark = pytest.mark.e2e

MINE = "# my own words"
KEPT = "some-repo/offline/kept/"


@pytest.fixture
def browser(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    with launch(playwright, tmp_path) as context:
        yield context


def launch(playwright: Playwright, tmp_path: Path) -> BrowserContext:
    context = launch_chromium_profile(playwright, tmp_path / "profile")
    context.set_default_timeout(60_000)
    return context


def open_lesson(page: Page, deployment: Deployment) -> LessonPage:
    page.goto(deployment.url + LESSON)
    lesson = LessonPage(page)
    lesson.wait_until_open()
    return lesson


def write_and_save(page: Page, deployment: Deployment, text: str = MINE) -> LessonPage:
    lesson = open_lesson(page, deployment)
    lesson.replace(lesson.exercise("rnn_forward_cache"), text)
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
    return lesson


def sha256_in(page: Page, deployment: Deployment, name: str) -> str:
    release = json.loads((deployment.folder / "release.json").read_text())
    return str(release["files"][name][0])


def test_after_one_visit_all_of_it_works_without_a_network(
    playwright: Playwright, tmp_path: Path, deployment: Deployment
) -> None:
    with launch(playwright, tmp_path) as context:
        page = context.pages[0]
        page.goto(deployment.url)
        expect(page.locator("#kept-offline")).to_contain_text("Ready for offline", timeout=STARTUP)
    deployment.pull()
    with launch(playwright, tmp_path) as context:
        page = context.pages[0]
        page.goto(deployment.url)
        expect(page.locator("[data-bptt-stepper]")).to_be_visible()
        page.get_by_role("link", name="Open the lesson").click()
        lesson = LessonPage(page)
        lesson.wait_until_open()
        cell = lesson.exercise("rnn_forward_cache")
        scaffold = "".join(
            lesson.cells_as_shipped[lesson.index_of_exercise("rnn_forward_cache")]["source"]
        )
        lesson.replace(cell, f"{solved_source(scaffold, SOLUTIONS[0])}\n{MINE}")
        lesson.run(cell)
        expect(lesson.report("rnn_forward_cache")).to_have_attribute("data-status", "passed")
        walk = lesson.cell(lesson.index_of("stepper-first-walk"))
        lesson.run(walk)
        expect(walk.locator("[data-bptt-stepper]")).to_be_visible()
        page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        page.wait_for_function("!jupyterapp.shell.currentWidget.context.model.dirty")
        assert MINE in saved_text(page, deployment)


def test_a_page_is_of_one_release_and_the_next_one_waits_until_it_is_whole(
    browser: BrowserContext, deployment: Deployment
) -> None:
    page = browser.pages[0]
    page.goto(deployment.url)
    assert keep(page)["whole"]

    deployment.publish("B", held_back="landing.css")  # in the midst of a deployment
    write_and_save(page, deployment)
    assert keep(page)["problem"] == "changed"
    page.goto(deployment.url)
    assert releases_seen(page, deployment) == {"as built"}

    write_and_save(page, deployment, f"{MINE} of B")
    deployment.publish("B")
    assert keep(page)["whole"]
    assert releases_seen(page, deployment) == {"as built"}  # under an open notebook nothing changes
    second = browser.new_page()
    open_lesson(second, deployment)
    assert releases_seen(second, deployment) == {"as built"}  # nor beside it
    second.close()
    page.reload()
    assert releases_seen(page, deployment) == {"B"}

    write_and_save(page, deployment, f"{MINE} of C")
    deployment.publish("C")
    assert keep(page)["whole"]
    deployment.pull()
    assert f"{MINE} of C" in saved_text(page, deployment)
    assert releases_seen(page, deployment) == {"C"}


def test_a_damaged_file_is_fetched_again_and_never_shown(
    browser: BrowserContext, deployment: Deployment
) -> None:
    page = browser.pages[0]
    write_and_save(page, deployment)
    assert keep(page)["whole"]
    damaged = [sha256_in(page, deployment, name) for name in ("landing.css", "start/work.js")]
    page.evaluate(DAMAGE, [KEPT, damaged])
    page.goto(deployment.url)
    assert "--paper" in page.evaluate("fetch('landing.css').then((answer) => answer.text())")
    assert MINE in saved_text(page, deployment)

    page.evaluate(DAMAGE, [KEPT, damaged[:1]])
    deployment.pull()
    page.goto(deployment.url)
    answer = page.evaluate("fetch('landing.css').then(async (a) => [a.status, await a.text()])")
    assert answer[0] == 503
    assert "landing.css can be had neither from this browser nor from the site" in answer[1]
    assert MINE in saved_text(page, deployment)


DAMAGE = """async ([kept, names]) => {
    const cache = await caches.open("bptt-course /some-repo/");
    for (const name of names) {
        const good = await cache.match("/" + kept + name);
        await cache.put("/" + kept + name, new Response("wrong()", { headers: good.headers }));
    }
}"""


def test_a_full_disk_keeps_the_learners_work_and_no_half_of_the_course(
    browser: BrowserContext, deployment: Deployment
) -> None:
    page = browser.pages[0]
    write_and_save(page, deployment)
    devtools = browser.new_cdp_session(page)
    origin = deployment.url.split("/some-repo")[0]
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 5_000_000})
    assert keep(page)["problem"] == "full"
    assert page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)") < 3_000_000
    assert MINE in saved_text(page, deployment)
    expect(page.locator("#kept-offline")).to_contain_text("There is no room", timeout=STARTUP)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    assert keep(page)["whole"]
    assert MINE in saved_text(page, deployment)


def test_a_network_that_goes_in_the_midst_of_a_visit(
    browser: BrowserContext, deployment: Deployment
) -> None:
    page = browser.pages[0]
    write_and_save(page, deployment)  # nothing is kept yet
    page.goto(deployment.url + LESSON, wait_until="commit")
    page.wait_for_selector("#jupyterlite-loading-indicator", state="attached")
    deployment.pull()
    page.goto(deployment.url)
    expect(page.locator("body")).to_contain_text("this browser has not kept the course yet")

    deployment.plug_in()
    assert MINE in saved_text(page, deployment)
    kept = keep(page)
    assert kept["whole"], kept
    page.goto(deployment.url + LESSON, wait_until="commit")
    deployment.pull()
    LessonPage(page).wait_until_open()
    expect(page.locator("#python-state")).to_have_text("Python is ready.", timeout=STARTUP)
    assert MINE in saved_text(page, deployment)


def test_it_can_be_installed_under_its_sub_path(
    browser: BrowserContext, deployment: Deployment
) -> None:
    page = browser.pages[0]
    page.goto(deployment.url)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    devtools = browser.new_cdp_session(page)
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert found["manifest"]["startUrl"] == f"{deployment.url}index.html"
    assert found["manifest"]["scope"] == deployment.url
    # No two projects of one origin are the same application.
    assert devtools.send("Page.getAppId")["appId"] == f"{deployment.url}index.html"
    assert "shortcuts" not in json.loads(found["data"])


def test_what_it_leaves_alone_and_what_it_answers_at_once(
    browser: BrowserContext, deployment: Deployment
) -> None:
    """Other projects of the origin, and JupyterLite's own duties."""
    page = browser.pages[0]
    page.goto(f"{deployment.url}404.html")
    page.evaluate("caches.open('bptt-course /other-repo/').then(() => caches.open('theirs'))")
    write_and_save(page, deployment)
    assert keep(page)["whole"]
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
    assert MINE in saved_text(page, deployment)
