"""What a client's texts look like in a workbook: they are read, and never run."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from cxdrivers.report.native import BARS, COLUMNS, LINES, SHARE, NativeChart, Series
from cxdrivers.report.section import Chart, Section
from cxdrivers.report.workbook.workbook import workbook_bytes
from cxdrivers.report.workbook.workbook_cells import LONGEST, plain_text
from tests.report.workbook.workbook_samples import (
    HEADING_ROW,
    book_of,
    example_results,
    opened,
    parts_of,
    small_figure,
)

HOSTILE = (
    "=cmd()|' /C calc'!A0",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "<script>alert(1)</script>",
    "<r><t>markup</t></r>",
    "Ünïcode 🙂",
    "../x",
    "{=1+1}",
    "http://example.com",
    "bell\x07 and half a pair \ud83d",
    "word " * 24,
    "🙂" * LONGEST,
)


def _hostile_section(kind: str = BARS) -> Section:
    count, texts = len(HOSTILE), pd.Series(HOSTILE, dtype=object)
    data = pd.DataFrame(
        {
            "driver": texts,
            "remark": texts,
            "share": np.linspace(0, 1, count),
            "estimate": [np.nan, np.inf, -np.inf, *range(count - 3)],
            "=cmd()|'x'!A1": texts,
        }
    )
    numbers = tuple(map(float, range(count)))
    native = NativeChart(
        kind,
        HOSTILE,
        (Series(HOSTILE[0], numbers, numbers, (None, *numbers[1:])), Series("Sheet!A1", numbers)),
        axis=HOSTILE[0],
        format=SHARE,
    )
    short = tuple(text for text in HOSTILE if len(text) < 200)
    return Section(
        stem="weights",
        title="[History]:*?/\\",
        paragraphs=short,
        chart=Chart("weights", small_figure(), HOSTILE[0], " ".join(short), native),
        data=data,
        headline=HOSTILE[0],
    )


@pytest.mark.parametrize("kind", [BARS, COLUMNS, LINES])
def test_hostile_texts_come_through_as_texts(kind: str):
    content = workbook_bytes(example_results(), [_hostile_section(kind)], "en")
    sheet = opened(content).worksheets[1]
    first = HEADING_ROW + 1
    for row, text in enumerate(HOSTILE, start=first):
        for column in (1, 2, 5):
            cell = sheet.cell(row, column)
            assert cell.data_type == "s"
            if len(text) < 200 and "\x07" not in text:
                assert cell.value.strip() == text.strip()
    assert [sheet.cell(first + row, 4).value for row in range(3)] == [None, "∞", "−∞"]
    sheets = [text for name, text in parts_of(content).items() if name.startswith("xl/worksheets/")]
    assert not any(re.search(r"<f[ >]", text) for text in sheets)
    addresses = re.findall(r"<c:f>(.*?)</c:f>", parts_of(content)["xl/charts/chart1.xml"])
    assert {address.split("!")[0] for address in addresses} == {"'History (2)'"}


def test_every_part_of_a_hostile_file_is_sound_xml():
    for name, text in parts_of(
        workbook_bytes(example_results(), [_hostile_section()], "en")
    ).items():
        assert ET.fromstring(text) is not None, name  # noqa: S314  (our own file)


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    shown = plain_text("🙂" * LONGEST)
    assert len(shown.encode("utf-16-le")) // 2 <= LONGEST
    assert shown.endswith("🙂…")
    assert plain_text("x" * LONGEST) == "x" * LONGEST


def test_titles_become_names_that_a_spreadsheet_allows():
    titles = ["What each driver adds to satisfaction", "What each driver adds to satisfaction too"]
    titles += ["History", "'a/b'", "[]:*?/\\", "", "Overview", "OVERVIEW"]
    data = pd.DataFrame({"driver": ["empathy"], "share": [1.0]})
    parts = [Section(f"part{number}", title, data=data) for number, title in enumerate(titles)]
    names = book_of(*parts).sheetnames[1:-1]
    assert names[:2] == ["What each driver adds to…", "What each driver adds to… (2)"]
    assert names[2:] == ["History (2)", "a b", "…", "… (2)", "Overview (2)", "OVERVIEW (3)"]
    assert all(len(name) <= 31 for name in names)
