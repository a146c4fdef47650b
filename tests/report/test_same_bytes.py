"""The same survey, settings and day give the same bytes, whoever writes the report and where."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from cxdrivers.charts.style import png_of, svg_of
from cxdrivers.report.section import Section
from cxdrivers.report.sections.changes import changes_section
from cxdrivers.report.sections.groups import groups_sections
from cxdrivers.report.sections.priorities import priorities_section
from cxdrivers.report.write import KNOWN, report_contents
from tests.report.handed_over import few_run

SCRIPT = """
import sys
from cxdrivers.report.write import write_report
from tests.report.handed_over import few_respondents
folder, *formats = sys.argv[1:]
write_report(few_respondents(), folder, language="nl", formats=formats, n_boot=10, seed=3)
"""
HERE = Path(__file__).parents[2]
PLACES = {
    "first": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "second": {"TZ": "America/Adak", "LC_ALL": "nl_NL.UTF-8", "PYTHONHASHSEED": "4242"},
}
"""Two computers: a day apart by their clocks, in other languages, and sets in another order."""
DAY = "1750000000"


def written_by(place: str, folder: Path, formats: tuple[str, ...]) -> subprocess.Popen:
    surroundings = os.environ | PLACES[place] | {"SOURCE_DATE_EPOCH": DAY, "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-c", SCRIPT, str(folder / place), *formats]
    (folder / f"{place} home").mkdir()
    return subprocess.Popen(command, cwd=folder / f"{place} home", env=surroundings)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_computers_write_the_same_bytes_in_every_format(tmp_path: Path):
    started = [
        written_by("first", tmp_path, KNOWN),
        written_by("second", tmp_path, KNOWN[::-1]),
    ]
    assert [process.wait() for process in started] == [0, 0]
    first, second = (files_in(tmp_path / place) for place in PLACES)
    assert {name.rpartition(".")[2] for name in first} == set(KNOWN)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_what_else_is_asked_for_changes_no_file():
    together = report_contents(few_run(), "nl", KNOWN)
    for formats in (("png", "svg"), ("xlsx", "pptx")):
        alone = report_contents(few_run(), "nl", formats)
        assert {name.rpartition(".")[2] for name in alone} == set(formats)
        assert [name for name in alone if alone[name] != together[name]] == []


@pytest.mark.parametrize("build", [groups_sections, priorities_section, changes_section])
def test_a_figure_is_drawn_the_same_however_often_it_was_drawn_before(build: Callable):
    words = {"stem": "any", "title": "t", "description": "d"}
    once, often = (first_figure(build(few_run(), "nl")) for _ in range(2))
    for dots in (50, 200):
        png_of(often, dots_per_inch=dots)
    assert svg_of(often, **words) == svg_of(once, **words) == svg_of(once, **words)
    assert png_of(often, dots_per_inch=80) == png_of(once, dots_per_inch=80)


def first_figure(built: Section | tuple[Section, ...]) -> Figure:
    return (built if isinstance(built, Section) else built[0]).chart.figure
