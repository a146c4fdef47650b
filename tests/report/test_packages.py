"""Tests of `report.packages`: who misses a package is told the one that was to be installed."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

import pytest

from cxdrivers.errors import CxError
from cxdrivers.report.packages import NEEDED, check_packages
from cxdrivers.report.page.templates import as_markup, filled_page
from cxdrivers.report.workbook.workbook import workbook_bytes
from tests.report.handed_over import few_run

SAID = {
    "en": "This needs the package '{}', which is not installed. Install it with: "
    'pip install "cxdrivers[report]"',
    "nl": "Dit vraagt het pakket '{}', dat niet is geïnstalleerd. Installeer het met: "
    'pip install "cxdrivers[report]"',
}


@pytest.mark.parametrize("written", NEEDED)
def test_a_format_whose_package_is_absent_is_refused_with_how_to_get_it(
    written: str, monkeypatch: pytest.MonkeyPatch
):
    module, package = NEEDED[written]
    check_packages(["csv", written])
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CxError) as caught:
        check_packages(["csv", written])
    for language, sentence in SAID.items():
        assert caught.value.say(language) == sentence.format(package)
    check_packages([name for name in (*NEEDED, "csv") if name != written])


@pytest.mark.parametrize(
    ("module", "package", "write"),
    [
        ("jinja2", "Jinja2", lambda: filled_page("page.html")),
        ("markupsafe", "Jinja2", lambda: as_markup("<p>")),
        ("xlsxwriter", "XlsxWriter", lambda: workbook_bytes(few_run(), (), "en")),
    ],
)
def test_what_is_missed_inside_is_called_by_the_package_that_brings_it(
    module: str, package: str, write: Callable[[], object], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CxError, match=re.escape(SAID["en"].format(package))):
        write()
