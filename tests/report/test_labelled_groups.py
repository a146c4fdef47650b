"""A report shows segments, waves and their codes by the labels of the codebook, on every sheet."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pandas as pd
import pytest
from pptx import Presentation

from cxdrivers.report.deck.deck_pages import OF_SEGMENTS
from cxdrivers.report.results.results import Results, results_of
from cxdrivers.report.section import Section
from cxdrivers.report.sections import sections_of
from cxdrivers.report.write import report_contents
from tests.answers.groups.grouped_surveys import grouped_answers
from tests.report.read_back import csv_rows
from tests.samples import survey_of

LANGUAGE = "nl"
CODES = {1: "man", 2: {"nl": "vrouw", "en": "woman"}}
GROUPS: dict[str, Any] = {
    "Q21": {"label": {"nl": "Geslacht", "en": "Gender"}, "values": CODES},
    "Q20": {"label": "Leeftijd", "values": {0: "tot 40 jaar", 1: "vanaf 40 jaar"}},
    "Q19": {"label": "Streek"},
    "Q17": {"label": "Medewerker"},
    "W": {"label": "Meting", "values": {7: "voorjaar", 8: "najaar"}},
}
SEGMENTS = ["Q21", "Q20", "Q19", "Q18"]


@cache
def results() -> Results:
    """Return the results of a survey with four segments and two waves, all in codes."""
    frame = grouped_answers([120, 120], slopes=[(0.2, 0.3), (1.2, 0.3)], names=[1, 2])
    rows = pd.Series(range(len(frame)))
    survey = survey_of(
        frame.rename(columns={"group": "Q21"}).assign(
            Q20=rows % 2, Q19=rows // 2 % 2, Q18=rows // 4 % 2, Q17=rows // 13, W=7 + rows // 8 % 2
        ),
        segments=SEGMENTS,
        wave="W",
        cluster="Q17",
        groups=GROUPS,
    )
    return results_of(survey, n_boot=10, level=0.95, seed=1)


@cache
def sections() -> dict[str, Section]:
    """Return the Dutch sections of those results by their stems."""
    return {section.stem: section for section in sections_of(results(), LANGUAGE)}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return report_contents(results(), LANGUAGE, ("html", "pptx", "xlsx", "csv"))


def test_titles_name_the_segment_as_a_reader_does():
    titles = [sections()[stem].title for stem in ("groups", "groups_2", "groups_3", "groups_4")]
    assert titles == [
        f"{by} · Drivers per groep" for by in ("Geslacht", "Leeftijd", "Streek", "Q18")
    ]
    assert sections()["groups_2"].chart.title == "Leeftijd · Gewichten per groep"


def test_charts_and_their_descriptions_show_labels():
    panels, forest = sections()["groups"].chart, sections()["group_forest"].chart
    heads = [axes.get_title(loc="left") for axes in panels.figure.axes]
    assert heads == ["man\nn = 120", "vrouw\nn = 120"]
    assert "man: Betrouwbaarheid" in panels.description
    names = [label.get_text() for label in forest.figure.axes[0].get_yticklabels()]
    assert sorted(names) == ["alle groepen", "man", "vrouw"]
    assert "de hoogste eerst: vrouw" in forest.description


def test_a_bare_code_has_the_label_of_its_column_in_charts():
    heads = [axes.get_title(loc="left") for axes in sections()["groups_3"].chart.figure.axes]
    assert heads == ["Streek 0\nn = 120", "Streek 1\nn = 120"]


def test_the_chart_of_waves_shows_labels():
    chart = sections()["changes"].chart
    keys = [str(line.get_label()) for line in chart.figure.axes[0].lines]
    assert "voorjaar" in keys
    assert chart.title == "Gewichten in voorjaar en najaar"
    assert "van voorjaar op najaar" in chart.description


def test_no_sentence_and_no_table_for_a_reader_has_a_name_of_a_column_that_has_a_label():
    shown = [
        text
        for stem, section in sections().items()
        if stem not in ("untold", "provenance")
        for text in (
            section.title,
            section.headline,
            *section.paragraphs,
            *section.notes,
            *([] if section.table is None else section.table.astype(str).to_numpy().ravel()),
        )
    ]
    assert [text for text in shown for name in ("Q21", "Q20", "Q19", "Q17") if name in text] == []
    assert any("vrouw" in text for text in shown)
    assert any("clusters in 'Medewerker'" in text for text in shown)


def test_the_summary_says_the_label():
    said = " ".join(sections()["summary"].paragraphs)
    assert "In de groep 'vrouw' (Geslacht) weegt Betrouwbaarheid zwaarder" in said


def test_the_workbook_shows_labels_and_the_files_of_raw_numbers_keep_codes(files):
    book = openpyxl.load_workbook(BytesIO(files["report.xlsx"]))
    cells = {str(cell.value) for sheet in book for row in sheet for cell in row}
    assert {"man", "vrouw", "tot 40 jaar", "voorjaar", "najaar"} <= cells
    assert {row["group"] for row in csv_rows(files["tables/groups.csv"], LANGUAGE)} == {"1", "2"}
    changes = csv_rows(files["tables/changes.csv"], LANGUAGE)
    assert {(row["before"], row["group"]) for row in changes} == {("7", "8")}


def test_the_slides_show_three_segments_and_say_where_the_others_are(files):
    texts = {
        shape.name.rpartition(":")[0] if shape.name.count(":") > 3 else shape.name: (
            shape.text_frame.text
        )
        for slide in Presentation(BytesIO(files["report.pptx"])).slides
        for shape in slide.shapes
        if shape.has_text_frame
    }
    told = [name.split(":")[1] for name in texts if name.endswith(f":source:{LANGUAGE}")]
    assert [stem for stem in told if stem.startswith("groups")] == [*OF_SEGMENTS]
    first, second = (texts[f"cxdrivers:{stem}:source:{LANGUAGE}"] for stem in OF_SEGMENTS[:2])
    assert first.endswith("· niet op een slide: de vergelijking naar Q18")
    assert "niet op een slide" not in second
