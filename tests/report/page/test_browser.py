"""Tests of the page in a real browser: sliders that tell what `what_if` tells, and who can read it.

Needs Chromium with its driver, and Selenium. The accessibility rules are axe-core's: the file that
CXDRIVERS_AXE names, or that of an installed package.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import cxdrivers as cx
from cxdrivers.answers.advice.scenario_grid import grid_of
from cxdrivers.answers.advice.scenarios import what_if
from cxdrivers.charts.style import svg_of
from cxdrivers.formatting import interval, number, percent
from cxdrivers.report.page.document import html_page
from cxdrivers.report.page.panel import panel_html
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.report.sections import sections_of
from cxdrivers.wording import LANGUAGES

webdriver = pytest.importorskip("selenium.webdriver", reason="needs Selenium")
chrome = pytest.importorskip("selenium.webdriver.chrome.service", reason="needs Selenium")
keys = pytest.importorskip("selenium.webdriver.common.keys", reason="needs Selenium").Keys

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None or CHROMEDRIVER is None, reason="needs Chromium and chromedriver"
)
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = (1100, 900), (520, 900)
AXE = (
    ("axe_core_python", "axe.min.js"),
    ("axe_playwright_python", "axe.min.js"),
    ("axe_selenium_python", "node_modules/axe-core/axe.min.js"),
)
RULES = """
const done = arguments[0];
axe.run(document, {runOnly: ["wcag2a", "wcag2aa"], resultTypes: ["violations"]}).then(
  (found) => done(found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)])),
  (error) => done([["error", [String(error)]]])
);
"""
N_BOOT, SEED, FEW = 20, 7, 300


@dataclass(frozen=True, eq=False)
class Page:
    """A report that is open in a browser."""

    browser: Any
    address: str

    @property
    def panel(self) -> Any:
        return self.browser.find_element("id", "what-if")

    def press(self, slider: int, key: str, times: int = 1) -> None:
        self.browser.find_element("id", f"what-if-{slider}").send_keys(*[key] * times)

    def reset(self) -> None:
        self.panel.find_element("tag name", "button").click()

    def cells(self, name: str) -> list[str]:
        return [one.text for one in self.panel.find_elements("css selector", f"td.{name}")]

    def spoken(self) -> str:
        text: str = self.panel.find_element("class name", "spoken").get_attribute("textContent")
        return text

    def asked_for(self) -> set[str]:
        """Return every address that was asked for since this was last called."""
        messages = [
            json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")
        ]
        return {
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        }


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    example = cx.load_example()
    return cx.Survey(example.frame.head(FEW), example.codebook)


@pytest.fixture(scope="module")
def results(survey) -> Results:
    return results_of(survey, n_boot=N_BOOT, level=0.95, seed=SEED)


@pytest.fixture(scope="module")
def folder(results, tmp_path_factory) -> Path:
    """Return a folder with the page in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    grid = grid_of(results.survey, results.scenarios)
    for language in LANGUAGES:
        sections = sections_of(results, language)
        charts = {
            part.stem: svg_of(
                part.chart.figure,
                stem=part.chart.stem,
                title=part.chart.title,
                description=part.chart.description,
            )
            for part in sections
            if part.chart is not None
        }
        page = html_page(results, sections, charts, language, panel=panel_html(grid, language))
        folder.joinpath(f"{language}.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=chrome.Service(CHROMEDRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def opened(folder, browser) -> Callable[[str], Page]:
    """Return a function that opens the page of a language, with the logs of before forgotten."""

    def open_page(language: str) -> Page:
        browser.set_window_size(*WIDE)
        browser.get("about:blank")
        for log in ("browser", "performance"):
            browser.get_log(log)
        page = Page(browser, folder.joinpath(f"{language}.html").as_uri())
        browser.get(page.address)
        return page

    return open_page


def expected(survey: cx.Survey, changes: dict[str, float], language: str) -> list[str]:
    """Return what `what_if` predicts, as the page shows it with its intervals."""
    rows = what_if(survey, changes, n_boot=N_BOOT, seed=SEED).tidy().to_dict("records")
    shown = []
    for row, times, digits in zip(rows, (1, 100, 1), (2, 1, 0), strict=True):
        value, low, high = (row[name] for name in ("changed", "changed_low", "changed_high"))
        text = number(value, language, digits=digits)
        if times == 100:
            text = percent(value, language, digits=digits)
        shown.append(f"{text} {interval(times * low, times * high, language, digits=digits)}")
    return [one.replace("\u00a0", " ") for one in shown]


def gains(survey: cx.Survey, changes: dict[str, float], language: str) -> list[str]:
    rows = what_if(survey, changes, n_boot=N_BOOT, seed=SEED).tidy().to_dict("records")
    shown = []
    for row, times, digits in zip(rows, (1, 100, 1), (2, 1, 1), strict=True):
        middle, *ends = (times * row[name] for name in ("estimate", "conf_low", "conf_high"))
        text = number(middle, language, digits=digits)
        shown.append(f"{text} {interval(*ends, language, digits=digits)}")
    return shown


def points(cells: list[str]) -> list[str]:
    """Return numbers without their intervals."""
    return [one.partition(" [")[0] for one in cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slider_moved_by_the_keyboard_tells_what_if(survey, opened, language):
    page = opened(language)
    page.press(1, keys.ARROW_RIGHT, 2)
    changes = {survey.drivers[0]: 1.0}
    assert page.cells("changed") == expected(survey, changes, language)
    found = page.cells("gain")
    words = {"en": " percentage points", "nl": " procentpunten"}[language]
    assert [one.removesuffix(words) for one in found] == gains(survey, changes, language)
    slider = page.browser.find_element("id", "what-if-1")
    assert (
        slider.get_attribute("aria-valuetext")
        == {"en": "1 point higher", "nl": "1 punt hoger"}[language]
    )
    assert page.browser.get_log("browser") == []


def test_half_a_point_is_the_row_of_the_table_above(results, opened):
    page = opened("nl")
    table = results.scenarios.table("nl").set_index("scenario")
    titles = results.scenarios.titles("nl")
    for place, driver in enumerate(results.survey.drivers, 1):
        page.press(place, keys.ARROW_RIGHT)
        row = [one.replace("\u00a0", " ") for one in table.loc[titles[driver]]]
        assert points(page.cells("changed")) == row[::2]
        assert [one.removesuffix(" procentpunten") for one in page.cells("gain")] == row[1::2]
        page.press(place, keys.ARROW_LEFT)


def test_two_sliders_tell_what_if(survey, opened):
    page = opened("en")
    page.press(1, keys.END)
    page.press(2, keys.HOME)
    changes = {survey.drivers[0]: 2.0, survey.drivers[1]: -1.0}
    assert points(page.cells("changed")) == points(expected(survey, changes, "en"))


def test_all_sliders_together_are_near_what_if(survey, opened):
    page = opened("en")
    for place in range(1, 8):
        page.press(place, keys.ARROW_RIGHT, 2)
    slow = what_if(survey, dict.fromkeys(survey.drivers, 1.0), n_boot=0).tidy()["changed"]
    found = [float(one.rstrip("\u00a0 %")) for one in points(page.cells("changed"))]
    assert found[0] == pytest.approx(slow[0], abs=0.011)
    assert found[1] == pytest.approx(100 * slow[1], abs=0.11)
    assert found[2] == pytest.approx(slow[2], abs=1.01)


def test_the_button_goes_back_to_today(opened):
    page = opened("nl")
    today = page.cells("changed")
    page.press(3, keys.ARROW_RIGHT, 4)
    assert page.cells("changed") != today
    page.reset()
    assert page.cells("changed") == today
    assert page.cells("gain") == ["–"] * 3
    assert [
        slider.get_attribute("value")
        for slider in page.panel.find_elements("css selector", "input")
    ] == ["0"] * 7


def test_a_screen_reader_is_told_what_changed_and_whom_the_scale_stops(opened):
    page = opened("en")
    assert page.spoken() == ""
    page.press(1, keys.END)
    changed, gain = page.cells("changed"), page.cells("gain")
    said = page.spoken().replace("\u00a0", " ")
    assert f"mean of satisfaction: {changed[0]}, difference {gain[0]}. " in said
    reach = page.browser.find_element("id", "what-if-1-reach").text
    assert reach.endswith("of 300 respondents cannot move that far: the scale ends.")
    assert said.endswith(f". {reach}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_but_the_page_itself_is_asked_for(opened, language):
    page = opened(language)
    page.press(1, keys.ARROW_RIGHT)
    page.reset()
    assert page.asked_for() == {page.address}
    assert page.browser.get_log("browser") == []


def test_a_script_that_is_not_the_panels_does_not_run(opened):
    page = opened("en")
    page.browser.execute_script(
        "const one = document.createElement('script'); one.textContent = 'window.other = 1';"
        "document.body.append(one);"
    )
    assert page.browser.execute_script("return window.other") is None
    assert "Content Security Policy" in page.browser.get_log("browser")[0]["message"]


def test_without_scripts_the_table_of_half_points_is_there_and_no_slider(opened, browser):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = opened("en")
        assert not page.panel.is_displayed()
        table = browser.find_element("css selector", "#scenarios table")
        assert len(table.find_elements("css selector", "tbody tr")) == 8
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_on_paper_stands_today_and_nothing_that_moves(opened, browser):
    page = opened("en")
    page.press(1, keys.END)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        shown = page.panel.find_elements("css selector", "td, input, button")
        assert [one.tag_name for one in shown if one.is_displayed()] == ["td"] * 3
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("nl", WIDE), ("nl", NARROW)])
def test_everybody_can_read_the_page(opened, browser, language, size):
    opened(language)
    browser.set_window_size(*size)
    browser.execute_script(accessibility_rules())
    assert browser.execute_async_script(RULES) == []


def accessibility_rules() -> str:
    """Return axe-core as one script."""
    named = os.environ.get("CXDRIVERS_AXE")
    if named:
        return Path(named).read_text(encoding="utf-8")
    for package, file in AXE:
        found = find_spec(package)
        if found is not None and found.origin is not None:
            return (Path(found.origin).parent / file).read_text(encoding="utf-8")
    pytest.skip("needs axe-core: set CXDRIVERS_AXE to its axe.min.js")
