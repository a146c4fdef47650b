"""The site builds without a warning, needs no network, and its search finds things.

Needs Sphinx (the extra ``docs``); the search is typed into a real browser.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cxdrivers as cx
from tests.docs.test_guide import ROOT

pytest.importorskip("sphinx", reason="needs Sphinx")
pytest.importorskip("furo", reason="needs Furo")
webdriver = pytest.importorskip("selenium.webdriver", reason="needs Selenium")
chrome = pytest.importorskip("selenium.webdriver.chrome.service", reason="needs Selenium")
waits = pytest.importorskip("selenium.webdriver.support.wait", reason="needs Selenium")

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
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
FETCHED = (
    r"<(?:script|img|iframe|source|audio|video|embed|object)\b[^>]*?(?:src|data)=[\"'](?:https?:)?//",
    r"<link\b[^>]*?href=[\"'](?:https?:)?//",
    r"@import\s+(?:url\()?[\"']?(?:https?:)?//",
    r"url\([\"']?(?:https?:)?//",
    r"(?:fetch|importScripts|import)\([\"'`](?:https?:)?//",
)
"""How a page, a style sheet or a script asks another machine for something."""

OWN = ("file:", "data:", "chrome:")
"""Addresses that lead to no other machine; the last are the browser's own empty page."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going"]
    places = ["-d", str(folder / "trees"), str(ROOT / "docs"), str(folder / "html")]
    run = subprocess.run([*command, *places], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return folder / "html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if CHROMIUM is None or CHROMEDRIVER is None:
        pytest.skip("needs Chromium and chromedriver")
    chosen = webdriver.ChromeOptions()
    chosen.binary_location = CHROMIUM
    chosen.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        chosen.add_argument(option)
    driver = webdriver.Chrome(options=chosen, service=chrome.Service(CHROMEDRIVER))
    yield driver
    driver.quit()


def addresses(browser: Any) -> Iterator[str]:
    """Yield what the browser has asked for since it was last looked at."""
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            yield message["params"]["request"]["url"]


def test_nothing_is_asked_of_another_machine(site):
    files = [file for kind in ("html", "css", "js") for file in site.rglob(f"*.{kind}")]
    assert len(files) > 40
    texts = {file.relative_to(site): file.read_text("utf-8") for file in files}
    assert not [
        (name, found[0])
        for name, text in texts.items()
        for pattern in FETCHED
        if (found := re.search(pattern, text))
    ]


def test_the_reference_says_of_every_name_what_it_does(site):
    text = "".join(page.read_text("utf-8") for page in (site / "api").glob("*.html"))
    assert not [name for name in cx.__all__ if f'id="cxdrivers.{name}"' not in text]
    assert 'href="#cxdrivers.compare_methods"' in text


def test_the_dutch_page_is_said_to_be_dutch(site):
    assert '<html class="no-js" lang="nl"' in (site / "nl.html").read_text("utf-8")
    assert '<html class="no-js" lang="en"' in (site / "guide.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("passenger", "guide.html"),
        ("meereiziger", "nl.html"),
        ("from_covariance", "api/weights.html"),
    ],
)
def test_the_search_finds_pages_from_a_folder_without_a_server(site, browser, words, page):
    browser.get(f"{(site / 'search.html').as_uri()}?q={words}")
    waits.WebDriverWait(browser, 20).until(
        lambda shown: any(
            page in (link.get_attribute("href") or "")
            for link in shown.find_elements("css selector", "#search-results li a")
        )
    )
    asked = list(addresses(browser))
    assert any(address.endswith("searchindex.js") for address in asked)
    assert not [address for address in asked if not address.startswith(OWN)]


@pytest.mark.parametrize("page", ["index.html", "guide.html", "nl.html", "where-to-change.html"])
def test_a_page_is_no_wider_than_a_phone(site, browser, page):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    browser.get((site / page).as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
