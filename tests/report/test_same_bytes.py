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
from cxdrivers.threads import one_thread
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
    "first": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "1",
        "OMP_NUM_THREADS": "1",
    },
    "second": {
        "TZ": "America/Adak",
        "LC_ALL": "nl_NL.UTF-8",
        "PYTHONHASHSEED": "4242",
        "OMP_NUM_THREADS": "2",
    },
}
"""Two computers: a day apart by their clocks, in other languages, sets and threads otherwise."""
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


def test_two_computers_and_this_one_write_the_same_bytes_whatever_else_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked = (KNOWN, ("png", "csv", "svg", "html"))
    started = [
        written_by(place, tmp_path, formats) for place, formats in zip(PLACES, asked, strict=True)
    ]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    with one_thread():
        here = report_contents(few_run(), "nl", ("xlsx", "pptx"))
    assert [process.wait() for process in started] == [0, 0]
    whole, drawn = (files_in(tmp_path / place) for place in PLACES)
    assert kinds_of(whole) == set(KNOWN)
    assert kinds_of(drawn) == set(asked[1])
    for part in (drawn, here):
        assert [name for name in part if part[name] != whole[name]] == []


def kinds_of(files: dict[str, bytes]) -> set[str]:
    return {name.rpartition(".")[2] for name in files}


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
