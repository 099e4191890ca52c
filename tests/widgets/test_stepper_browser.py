"""The stepper in a real browser, as a notebook loads it: every state, by every way there."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from bptt_lib.recording import record

HERE = Path(__file__).parent
MINUS = "\N{MINUS SIGN}"

pytestmark = pytest.mark.e2e

T, D, H = 4, 2, 3
FRAMES = [("forward", t) for t in range(T)] + [("backward", t) for t in reversed(range(T))]


def a_run(T=T, D=D, H=H, *, every_step=True, **options):
    rng = np.random.default_rng(7)
    run = {
        "X_seq": rng.normal(size=(T, D)),
        "h0": rng.normal(size=H),
        "W_xh": rng.normal(size=(H, D)),
        "W_hh": rng.normal(size=(H, H)),
        "b_h": rng.normal(size=H),
        "dL_dh_last": rng.normal(size=H),
        "dL_dh_seq": rng.normal(size=(T, H)) if every_step else None,
    }
    return run, record(**run, **options).to_dict()


def stepper(page: Page) -> Locator:
    return page.locator("[data-bptt-stepper]")


def state(page: Page) -> tuple[str, int]:
    root = stepper(page)
    return root.get_attribute("data-phase"), int(root.get_attribute("data-step"))


def sentence(page: Page) -> str:
    return stepper(page).get_by_role("status").inner_text()


def numbers_in(text: str) -> list[float]:
    """All decimal numbers of a sentence, in order; step numbers have no point."""
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+|e-\d+)", text.replace(MINUS, "-"))]


def expected_numbers(run) -> dict[tuple[str, int], list[float]]:
    """Compute what each sentence must say, from the equations alone."""
    h, said, states = run["h0"], {}, [run["h0"]]
    for t in range(T):
        x, past = run["X_seq"][t], h
        h = np.tanh(run["W_xh"] @ x + run["W_hh"] @ past + run["b_h"])
        states.append(h)
        said["forward", t] = [*x, *past, *h]
    future, total = np.zeros(H), np.zeros((H, H))
    for t in reversed(range(T)):
        loss = run["dL_dh_seq"][t] + (run["dL_dh_last"] if t == T - 1 else 0)
        da = (loss + future) * (1 - states[t + 1] ** 2)
        total = total + np.outer(da, states[t])
        passed = run["W_hh"].T @ da
        said["backward", t] = [*loss, *future, *(loss + future), np.linalg.norm(total), *passed]
        future = passed
    return said


def test_every_state_is_right_in_words_and_attributes_by_keyboard_alone(host):
    run, data = a_run()
    page = host("stepper.js", {"run": data, "position": 0})
    expected = expected_numbers(run)

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-bptt-stepper]') !== null")

    def check(phase, t):
        assert state(page) == (phase, t)
        said = sentence(page)
        assert said.startswith(f"{phase.capitalize()}, step {t}:")
        assert said.count(".\n") == 0
        assert said.endswith(".")
        np.testing.assert_allclose(numbers_in(said), expected[phase, t], atol=0.0051)

    for phase, t in FRAMES:
        check(phase, t)
        page.keyboard.press("ArrowRight")
    for phase, t in reversed(FRAMES):
        check(phase, t)
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("End")
    check("backward", 0)
    page.keyboard.press("2")
    check("backward", 2)
    page.keyboard.press("Home")
    check("forward", 0)
    page.keyboard.press("3")
    check("forward", 3)
    page.keyboard.press("9")  # there is no such step
    check("forward", 3)


def test_cells_show_the_numbers_of_the_step(host):
    run, data = a_run()
    page = host("stepper.js", {"run": data, "position": FRAMES.index(("backward", 1))})
    h = run["h0"]
    for t in range(2):
        past, h = h, np.tanh(run["W_xh"] @ run["X_seq"][t] + run["W_hh"] @ h + run["b_h"])
    grid = page.locator(".bptt-outer").nth(1).locator(".bptt-heat")
    da = np.array(numbers_in(" ".join(grid.nth(1).locator("span").all_inner_texts())))
    top = np.array(numbers_in(" ".join(grid.nth(0).locator("span").all_inner_texts())))
    product = numbers_in(" ".join(grid.nth(2).locator("span").all_inner_texts()))
    np.testing.assert_allclose(top, past, atol=0.0051)
    np.testing.assert_allclose(np.reshape(product, (H, H)), np.outer(da, past), atol=0.02)
    frame = data["frames"][FRAMES.index(("backward", 1))]
    np.testing.assert_allclose(da, frame["computes"]["da"], atol=0.0051)


def test_the_range_steps_natively_and_only_once(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 0})
    slider = page.get_by_role("slider", name="Position in the run")
    slider.focus()
    said = set()
    for phase, t in FRAMES[1:]:
        slider.press("ArrowRight")
        assert state(page) == (phase, t)
        assert slider.get_attribute("aria-valuetext") == f"{phase}, step {t}"
        said.add(sentence(page))
    assert len(said) == len(FRAMES) - 1
    slider.press("Home")
    assert state(page) == FRAMES[0]
    slider.fill("5")
    assert state(page) == FRAMES[5]
    slider.press("End")
    assert state(page) == FRAMES[-1]


def test_buttons_step_and_keep_the_focus_at_the_ends(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 0})

    def press(name):
        page.get_by_role("button", name=name, exact=True).click()
        return state(page)

    assert press("One step on") == ("forward", 1)
    assert press("Last step") == ("backward", 0)
    page.get_by_role("button", name="One step on", exact=True).press("Enter")
    assert state(page) == ("backward", 0)
    page.keyboard.press("ArrowLeft")
    assert state(page) == ("backward", 1)
    assert press("One step back") == ("backward", 2)
    assert press("Forward pass →") == ("forward", 2)
    assert press("Forward pass →") == ("forward", 2)
    assert press("← Backward pass") == ("backward", 2)
    assert press("First step") == ("forward", 0)
    page.locator("[data-t='3'] .bptt-hit").click()
    assert state(page) == ("forward", 3)


def test_play_walks_to_the_end_and_pause_holds(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 0})
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    held = state(page)
    page.wait_for_timeout(600)
    assert state(page) == held
    page.get_by_role("button", name="Play").click()
    expect(stepper(page)).to_have_attribute("data-phase", "backward")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert state(page) == ("backward", 0)
    page.get_by_role("button", name="Play").click()
    assert state(page)[0] == "forward"
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_table_holds_the_exact_numbers(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 6})
    page.get_by_text("Numbers of this step as a table").click()
    rows = page.locator(".bptt-numbers tbody tr")
    total = data["frames"][6]["totals"]["W_hh"]
    row = rows.filter(has_text="dW_hh, row 2").last
    shown = numbers_in(row.locator("td").last.inner_text())
    np.testing.assert_allclose(shown, total[2], rtol=1e-4)
    page.keyboard.press("Home")
    expect(rows.filter(has_text="dW_hh")).to_have_count(0)
    expect(rows.filter(has_text="a, pre-activation")).to_have_count(1)


def test_python_may_move_it_and_give_it_another_run(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 3})
    assert state(page) == ("forward", 3)
    page.evaluate("host.set('position', 5)")
    assert state(page) == FRAMES[5]
    _, other = a_run(T=2)
    page.evaluate("run => host.set('run', run)", {**other, "source": "yours"})
    assert stepper(page).count() == 1
    assert stepper(page).get_attribute("data-source") == "yours"


@pytest.mark.parametrize("width", [360, 1000])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_its_page_and_is_legible(host, width, scheme):
    _, data = a_run(T=6, H=4)
    page = host(
        "stepper.js",
        {"run": data, "position": 8},
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    page.get_by_text("Change it: numbers").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    contrast = page.evaluate((HERE / "contrast.js").read_text())
    assert len(contrast) > 50
    too_faint = [text for text, ratio in contrast if ratio < 4.5]
    assert too_faint == []


def test_every_control_has_a_name_and_ids_do_not_clash(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 0})
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, input, select, [tabindex]")].filter((one) =>
          !one.getAttribute("aria-label") && !one.textContent.trim() && !one.labels?.length
        ).map((one) => one.outerHTML)"""
    )
    assert nameless == []
    assert page.locator("[data-bptt-stepper] [id]").count() == 0


def test_the_cut_of_truncation_is_drawn_and_said(host):
    _, data = a_run(every_step=False, truncation=1)
    page = host("stepper.js", {"run": data, "position": FRAMES.index(("backward", 3))})
    cuts = page.locator(".bptt-cut:not([data-is='ahead'])")
    expect(cuts).to_have_count(0)
    page.get_by_role("slider").press("ArrowRight")
    expect(cuts).to_have_count(1)
    assert "truncation stops" in sentence(page)


def test_reduced_motion_moves_nothing(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 0}, reduced_motion="reduce")
    band = page.locator(".bptt-band")
    assert band.evaluate("one => getComputedStyle(one).transitionDuration") in ("0s", "")


def test_the_modules_run_unjoined_as_on_a_page_with_addresses(host):
    _, data = a_run()
    page = host("stepper.js", {"run": data, "position": 2}, joined=False)
    assert state(page) == ("forward", 2)


def test_where_everything_stands(open_page):
    page = open_page()
    place = page.evaluate(
        """async () => {
          const { layout, scrollTo } = await import("/widgets/js/geometry.js");
          const wide = layout({ T: 5, D: 2, H: 3 }, 960);
          const narrow = layout({ T: 12, D: 8, H: 8 }, 300);
          return {
            first: wide.middle(-1), last: wide.middle(4), width: wide.width,
            narrow: narrow.width, room: narrow.column - narrow.nodeWidth,
            scrolls: [
              scrollTo(narrow, -1, 300), scrollTo(narrow, 11, 300), scrollTo(wide, 4, 2000),
            ],
          };
        }"""
    )
    assert 0 < place["first"] < place["last"] < place["width"] <= 960
    assert place["room"] >= 40
    assert place["scrolls"][0] == 0
    assert place["scrolls"][1] == pytest.approx(place["narrow"] - 300)
    assert place["scrolls"][2] == 0


def test_numbers_are_written_as_a_reader_expects(open_page):
    page = open_page()
    written = page.evaluate(
        """async () => {
          const { number, vector, subscript } = await import("/widgets/js/notation.js");
          return [
            ...[0, -0, 0.424, -1.3, 0.0003, -0.00042, 123.4, -12345, NaN, -Infinity].map(number),
            vector([1, -2]), vector([3, 4, 0, 0, 0]), subscript(-1), subscript(12),
          ];
        }"""
    )
    assert [text.replace(MINUS, "-") for text in written] == [
        *("0.00", "0.00", "0.42", "-1.30", "3e-4", "-4e-4", "123", "-1e4", "NaN", "-∞"),
        *("[1.00, -2.00]", "(norm 5.00)", "₋₁", "₁₂"),
    ]
    assert MINUS in written[3]
