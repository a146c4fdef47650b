"""The deck: the numbers of the report on slides that can be edited, in two languages."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import numpy as np
import openpyxl
import pandas as pd
import pytest
from pptx.util import Emu

import cxdrivers as cx
from cxdrivers.report.deck.deck import deck_bytes
from cxdrivers.report.results.results import results_of
from cxdrivers.report.sections import sections_of
from cxdrivers.wording import catalogue, placeholders
from tests.report.deck.deck_results import (
    named_shapes,
    parts_of,
    shape_of,
    slides_of,
    small_deck,
    small_results,
    small_sections,
)

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
STEMS = [
    "title",
    "summary",
    "weights",
    "own",
    "priorities",
    "shapes",
    "scenarios",
    "agent_link",
    "recommendation",
    "advocacy",
    "findings",
    "method",
    "provenance",
]
HOSTILE = {
    "a": "<script>alert(1)</script>",
    "b": "=cmd()|' /C calc'!A0",
    "c": "Ünïcode 🙂 \x00\x07 & " + "x" * 120,
}


def _values(chart) -> list[float]:
    """Return the values of a chart whose series fill each other's gaps."""
    columns = zip(*(series.values for series in chart.series), strict=True)
    return [next(value for value in row if value is not None) for row in columns]


def _errors(chart, side: str) -> list[float]:
    found: dict[int, float] = {}
    for series in chart.series:
        cache = series._element.find(f"{C}errBars/{C}{side}/{C}numRef/{C}numCache")
        for point in cache.findall(f"{C}pt"):
            found[int(point.get("idx"))] = float(point.findtext(f"{C}v"))
    return [found[place] for place in sorted(found)]


def _texts(content: bytes) -> str:
    xml = (
        part for name, part in parts_of(content) if name.endswith(".xml") and "theme" not in name
    )
    return " ".join(re.sub(r"<[^>]*>", " ", part.decode("utf-8")) for part in xml)


@pytest.fixture(scope="module")
def hostile() -> bytes:
    draws = np.random.default_rng(1).integers(1, 11, size=(150, 4))
    frame = pd.DataFrame(draws, columns=["a", "b", "c", "grade"])
    survey = cx.Survey.from_frame(
        frame, outcome="grade", drivers=["a", "b", "c"], labels=HOSTILE, title="<b>../x</b>\x0b"
    )
    results = results_of(survey, n_boot=20, level=0.9, seed=1)
    return deck_bytes(results, sections_of(results, "en"), "en")


def test_a_deck_has_a_slide_an_answer_in_the_order_of_a_story():
    slides = slides_of(small_deck())
    assert [slide.shapes.title.name.split(":")[1] for slide in slides] == STEMS
    assert 10 <= len(slides) <= 15


def test_the_bars_of_the_weights_are_the_shares_of_the_report_with_their_intervals():
    chart = shape_of(small_deck(), "weights", "chart").chart
    data = small_sections("en")["weights"].data.sort_values("rank", kind="stable")
    assert _values(chart) == data["share"].tolist()
    assert _errors(chart, "plus") == (data["share_high"] - data["share"]).tolist()
    assert _errors(chart, "minus") == (data["share"] - data["share_low"]).tolist()


def test_the_bars_of_the_scenarios_are_the_differences_of_the_report():
    chart = shape_of(small_deck(), "scenarios", "chart").chart
    data = small_sections("en")["scenarios"].data.query("quantity == 'mean'")
    assert _values(chart) == sorted(data["estimate"], reverse=True)


def test_the_columns_of_the_scores_keep_scores_that_nobody_gave():
    chart = shape_of(small_deck(), "agent_link", "chart").chart
    data = small_sections("en")["agent_link"].data
    shown = [series.values for series in chart.series]
    found = [next((v for v in row if v is not None), None) for row in zip(*shown, strict=True)]
    assert found == [None if np.isnan(value) else value for value in data["estimate"]]
    assert len(chart.plots[0].categories) == len(data)


def test_the_workbook_behind_a_chart_has_its_numbers_and_the_ends_of_intervals():
    frame = shape_of(small_deck("nl"), "shapes", "chart")
    blob = frame.chart.part.chart_workbook.xlsx_part.blob
    sheet = openpyxl.load_workbook(BytesIO(blob)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    first = frame.chart.series[0]
    assert [row[1] for row in rows] == pytest.approx(list(first.values), rel=1e-14)
    assert [row[4] for row in rows] == pytest.approx(_errors_of(first), rel=1e-14)
    assert sheet["E1"].value.endswith("omhoog tot de bovengrens")


def _errors_of(series) -> list[float]:
    cache = series._element.find(f"{C}errBars/{C}plus/{C}numRef/{C}numCache")
    return [float(value.text) for value in cache.iter(f"{C}v")]


def test_the_table_of_own_effects_is_that_of_the_report():
    table = shape_of(small_deck(), "own", "table").table
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    report = small_sections("en")["weights"].table
    assert [row[0] for row in shown[1:]] == report["driver"].tolist()
    assert [row[shown[0].index("own effect")] for row in shown[1:]] == report["own effect"].tolist()


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_screen_reader_is_told_what_every_chart_picture_and_table_shows(language: str):
    shapes = [
        shape
        for name, shape in named_shapes(small_deck(language)).items()
        if name.split(":")[2] in {"chart", "picture", "table"}
    ]
    assert len(shapes) == 10
    described = [shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in shapes]
    assert min(map(len, described)) > 15
    chart = shape_of(small_deck(language), "weights", "chart")
    first = small_sections(language)["weights"].table.iloc[0]
    assert f"{first.iloc[0]} {first.iloc[1]} ({first.iloc[2]})" in (
        chart._element.xpath(".//p:cNvPr")[0].get("descr")
    )


def test_every_slide_has_notes_and_those_of_the_method_name_what_is_not_told(hostile: bytes):
    for slide in slides_of(small_deck()):
        assert slide.notes_slide.notes_text_frame.text
    (method,) = (one for one in slides_of(hostile) if "method" in one.shapes.title.name)
    notes = method.notes_slide.notes_text_frame.text
    assert "Not in this deck: Mentions of an employee and high scores." in notes


def test_every_slide_but_the_first_has_its_number():
    fields = [
        slide.shapes._spTree.xpath(".//a:fld[@type='slidenum']")
        for slide in slides_of(small_deck())
    ]
    assert [len(found) for found in fields] == [0] + [1] * (len(STEMS) - 1)


def test_every_chart_says_where_its_numbers_come_from():
    sources = named_shapes(small_deck("nl"))
    (weights,) = (s for name, s in sources.items() if name.startswith("cxdrivers:weights:source"))
    expected = "Bron: contact_centre.csv, n = 172–300, 2025-06-15; 95\xa0%-intervallen"
    assert re.sub(r"n = \d+–", "n = 172–", weights.text_frame.text) == expected


def test_the_spell_checker_knows_the_language_of_every_word():
    for language, tag in (("nl", b"nl-NL"), ("en", b"en-GB")):
        slides = {
            name: part
            for name, part in parts_of(small_deck(language))
            if re.match(r"ppt/(slides|charts)/\w+\.xml", name)
        }
        assert len(slides) > 15
        assert {tag} == {
            found for part in slides.values() for found in re.findall(rb'lang="([^"]*)"', part)
        }
        assert not [name for name, part in slides.items() if re.search(rb"<a:r><a:t>", part)]


def test_no_english_stands_in_the_dutch_deck():
    words, dutch = catalogue("en"), _texts(small_deck("nl"))
    sentences = {
        text
        for key, text in words.items()
        if not placeholders(text) and len(text) > 12 and " " in text
        if text not in catalogue("nl").values()
    }
    assert len(sentences) > 300
    assert [text for text in sentences if text in dutch] == []
    assert "Wat elke driver toevoegt aan de tevredenheid" in dutch


def test_words_of_customers_and_their_identifiers_reach_no_part_of_the_deck():
    survey = small_results().survey
    everything = " ".join(part.decode("utf-8", "replace") for _, part in parts_of(small_deck()))
    texts = survey.frame[survey.codebook.verbatim].dropna()
    names = survey.frame[survey.codebook.respondent]
    assert len(texts) > 100
    assert not [text for text in texts if text in everything]
    assert not [name for name in names if name in everything]


def test_nothing_tells_when_a_deck_was_written_but_the_date_of_its_results():
    content = small_deck()
    drawn = small_sections("en")
    assert deck_bytes(small_results(), tuple(drawn.values()), "en") == content
    fresh = sections_of(small_results(), "en")
    assert deck_bytes(small_results(), fresh, "en") == content
    with ZipFile(BytesIO(content)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    days = [part for name, part in parts_of(content) if name.endswith("docProps/core.xml")]
    assert len(days) == 7
    assert {day for part in days for day in re.findall(rb">(\d{4}-\d\d-\d\dT[^<]*)<", part)} == {
        b"2025-06-15T00:00:00Z"
    }


def test_labels_that_look_like_code_come_through_harmless_and_readable(hostile: bytes):
    table = shape_of(hostile, "own", "table").table
    shown = {row.cells[0].text for row in table.rows}
    assert {HOSTILE["a"], HOSTILE["b"], HOSTILE["c"].replace("\x00\x07", "  ")} <= shown
    assert slides_of(hostile)[0].shapes.title.text_frame.text.startswith("<b>../x</b>")
    sheets = [p for name, p in parts_of(hostile) if re.search(r"xlsx!xl/worksheets/\w+\.xml", name)]
    assert len(sheets) == 2
    assert not [part for part in sheets if b"<f>" in part or b"hyperlink" in part]


def test_nothing_is_cut_off_and_nothing_overlaps(hostile: bytes):
    for content in (hostile, small_deck("nl")):
        for slide in slides_of(content)[1:]:
            boxes = [
                (shape.top, shape.top + shape.height, shape.left, shape.left + shape.width)
                for shape in slide.shapes
                if re.match("cxdrivers:(?!number)", shape.name)
            ]
            ordered = sorted(boxes)
            assert all(one[1] <= two[0] for one, two in pairwise(ordered))
            assert max(box[3] for box in boxes) <= Emu(12_192_000)
            assert ordered[-1][1] <= Emu(6_858_000)


def test_without_resamples_there_are_no_intervals_and_no_word_of_them():
    results = small_results()
    bare = replace(results, weights=cx.driver_weights(results.survey, n_boot=0))
    content = deck_bytes(bare, sections_of(bare, "en"), "en")
    chart = shape_of(content, "weights", "chart").chart
    assert not [s for s in chart.series if s._element.find(f"{C}errBars") is not None]
    assert "interval" not in shape_of(content, "weights", "source").text_frame.text


def test_a_missing_package_is_named_with_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    for name in [name for name in sys.modules if name.startswith("cxdrivers.report.deck.deck_")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(cx.CxError, match=r"'python-pptx', which is not installed\. .*\[report\]"):
        deck_bytes(small_results(), (), "en")


def test_what_does_not_fit_is_said_beside_the_source():
    section = small_sections("en")["findings"]
    (row,) = (section.table.iloc[[0]],)
    wordy = row.assign(**{"what it means": "a very long story " * 40})
    parts = small_sections("en") | {
        "findings": replace(section, table=pd.concat([wordy] * 12, ignore_index=True))
    }
    content = deck_bytes(small_results(), tuple(parts.values()), "en")
    rows = len(shape_of(content, "findings", "table").table.rows) - 1
    assert 0 < rows < 8
    source = shape_of(content, "findings", "source").text_frame.text
    assert source.endswith(f" · {rows} of 12; the workbook has them all")
