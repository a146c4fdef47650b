"""The workbook: the numbers of the report, in words, and nothing that a spreadsheet would run."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import numpy as np
import openpyxl
import pandas as pd
import pytest

from cxdrivers.report.section import Section
from cxdrivers.report.sections import sections_of
from cxdrivers.report.workbook.columns import terms_of
from cxdrivers.report.workbook.workbook import workbook_bytes
from cxdrivers.wording import LANGUAGES, catalogue
from tests.report.workbook.workbook_samples import (
    HEADING_ROW,
    book_of,
    example_results,
    opened,
    parts_of,
)


@pytest.fixture(scope="module")
def results():
    return example_results()


@pytest.fixture(scope="module")
def sections(results):
    return {code: sections_of(results, code) for code in LANGUAGES}


@pytest.fixture(scope="module")
def files(results, sections):
    return {code: workbook_bytes(results, sections[code], code) for code in LANGUAGES}


def _tables(parts):
    return [part for part in parts if part.data is not None and part.stem != "provenance"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_with_numbers_has_a_sheet_between_the_overview_and_the_settings(
    files, sections, language: str
):
    book, tables = opened(files[language]), _tables(sections[language])
    assert len(tables) > 15
    assert [sheet["A1"].value for sheet in book.worksheets[1:-1]] == [part.title for part in tables]
    ends = {"en": ["Overview", "Where the numbers come from"]}
    ends["nl"] = ["Overzicht", "Waar de cijfers vandaan komen"]
    assert [book.sheetnames[0], book.sheetnames[-1]] == ends[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_a_sheet_are_those_of_the_report(files, sections, language: str):
    book = opened(files[language])
    for sheet, part in zip(book.worksheets[1:-1], _tables(sections[language]), strict=True):
        rows = list(
            sheet.iter_rows(
                min_row=HEADING_ROW + 1,
                max_row=HEADING_ROW + len(part.data),
                max_col=part.data.shape[1],
                values_only=True,
            )
        )
        for place, (name, values) in enumerate(part.data.items()):
            written = [row[place] for row in rows]
            if pd.api.types.is_numeric_dtype(values) and values.dtype != bool:
                found = np.array([np.nan if cell is None else cell for cell in written], float)
                np.testing.assert_allclose(found, values.to_numpy(float), rtol=1e-15, err_msg=name)
            else:
                assert all(cell is None or isinstance(cell, str) for cell in written), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_column_and_no_sheet_speaks_the_language_of_the_code(
    files, results, sections, language: str
):
    terms = terms_of(results, language)
    for part in _tables(sections[language]):
        names = [str(name) for name in part.data.columns]
        assert [name for name in names if not terms.is_known(name, part.stem)] == []
        headings = [terms.heading(name, part.stem) for name in names]
        assert len(set(headings)) == len(headings), part.stem
    cells = _texts(opened(files[language]))
    assert [cell for cell in cells if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", cell)] == []


def _texts(book: openpyxl.Workbook) -> list[str]:
    return [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, str)
    ]


def test_the_dutch_workbook_holds_no_sentence_of_the_english_catalogue(files):
    english, dutch = catalogue("en"), catalogue("nl")
    own = {text for text in english.values() if text not in dutch.values() and " " in text}
    assert own.intersection(_texts(opened(files["nl"]))) == set()
    assert own.intersection(_texts(opened(files["en"])))


def test_numbers_are_shown_with_the_digits_of_the_report(files):
    sheet = opened(files["nl"]).worksheets[1]
    shown = {
        sheet.cell(HEADING_ROW, column).value: sheet.cell(HEADING_ROW + 1, column).number_format
        for column in range(1, sheet.max_column + 1)
    }
    assert shown["aandeel"] == r"0\ %"
    assert shown["eigen effect"] == "#,##0.00"
    assert shown["n"] == "#,##0"
    assert shown["p van geen eigen effect"] == '[<0.001]"<\xa00,001";0.000'


def test_the_headings_stay_in_sight_and_filter(files):
    sheet = opened(files["en"]).worksheets[1]
    assert sheet.freeze_panes == f"B{HEADING_ROW + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{HEADING_ROW}:")


def test_the_overview_leads_to_every_sheet(files):
    book = opened(files["nl"])
    links = [cell.hyperlink.location for (cell, *_) in book.worksheets[0] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_the_overview_holds_the_summary_and_the_note(files, sections):
    texts = [row[0] for row in opened(files["en"]).worksheets[0].iter_rows(values_only=True)]
    assert set(sections["en"][0].paragraphs) <= set(texts)
    assert any("Simulated data" in str(text) for text in texts)


def test_the_last_sheet_says_how_the_numbers_were_made(files, results, sections):
    sheet = opened(files["en"]).worksheets[-1]
    facts = dict(row[:2] for row in sheet.iter_rows(values_only=True) if row[0])
    assert facts["resamples"] == 20
    assert facts["level of intervals"] == 0.95
    assert facts["SHA-256 of the file"] == results.provenance()["sha256"]
    method = next(part for part in sections["en"] if part.stem == "method")
    assert set(method.paragraphs) <= facts.keys()


def test_a_seed_that_a_spreadsheet_would_round_is_a_text(results):
    settings = replace(results.weights.settings, seed=2**53 + 1)
    seeded = replace(results, weights=replace(results.weights, settings=settings))
    sheet = opened(workbook_bytes(seeded, [], "en")).worksheets[-1]
    facts = dict(row[:2] for row in sheet.iter_rows(values_only=True) if row[0])
    assert facts["seed"] == "9007199254740993"


def test_the_same_results_give_the_same_bytes_on_any_day(files, results):
    again = workbook_bytes(results, sections_of(results, "nl"), "nl")
    assert again == files["nl"]
    core = parts_of(again)["docProps/core.xml"]
    assert core.count(f"{results.date}T00:00:00Z") == 2
    with ZipFile(BytesIO(again)) as parts:
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}


def test_verbatims_and_identifiers_are_in_no_part_of_the_file(files, results):
    frame = results.survey.frame
    secrets = {str(text) for text in frame["motivation"].dropna()} | set(frame["respondent"])
    assert len(secrets) > 1000
    for content in files.values():
        for name, text in parts_of(content).items():
            assert [secret for secret in secrets if f">{secret}<" in text] == [], name
        whole = " ".join(parts_of(content).values())
        assert [secret for secret in secrets if len(secret) > 20 and secret in whole] == []


def test_a_table_without_rows_leaves_its_sentence():
    empty = Section("findings", "Findings", ("Nothing asks for attention.",), data=pd.DataFrame())
    sheet = book_of(empty)["Findings"]
    assert [cell.value for (cell, *_) in sheet.iter_rows() if cell.value] == [
        "Findings",
        "Nothing asks for attention.",
    ]
