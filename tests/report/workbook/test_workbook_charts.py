"""Charts of the workbook: drawn by Excel from numbers on the sheet, or a picture with words."""

import re
from io import BytesIO
from zipfile import ZipFile

import pandas as pd
import pytest

from cxdrivers.report.native import BARS, LINES, SHARE, NativeChart, Series
from cxdrivers.report.section import Chart, Section
from cxdrivers.report.workbook.workbook import workbook_bytes
from tests.report.workbook.workbook_samples import example_results, opened, parts_of, small_figure


def _charted(native: NativeChart | None) -> Section:
    chart = Chart("weights", small_figure(), "Title", "What the chart shows", native)
    data = pd.DataFrame({"driver": ["empathy"], "share": [0.5]})
    return Section("weights", "Weights", chart=chart, data=data)


def test_a_chart_can_be_edited_with_its_intervals_and_reads_from_the_top():
    series = Series("share", (0.5, None), (0.4, None), (0.7, None))
    native = NativeChart(BARS, ("Empathy", "Wait time"), (series,), "share of all", SHARE)
    content = workbook_bytes(example_results(), [_charted(native)], "en")
    drawn = parts_of(content)["xl/charts/chart1.xml"]
    assert 'barDir val="bar"' in drawn
    assert 'orientation val="maxMin"' in drawn
    assert "share of all" in drawn
    assert 'descr="What the chart shows"' in parts_of(content)["xl/drawings/drawing1.xml"]
    assert re.findall(r"<c:(?:plus|minus)>.*?<c:f>(.*?)</c:f>", drawn, flags=re.DOTALL) == [
        f"Weights!$D${_first_row(content)}:$D${_first_row(content) + 1}",
        f"Weights!$C${_first_row(content)}:$C${_first_row(content) + 1}",
    ]
    rows = list(opened(content)["Weights"].iter_rows(values_only=True))
    found = next(row for row in rows if row[0] == "Empathy" and row[2] is not None)
    assert found[1:4] == pytest.approx((0.5, 0.1, 0.2))


def _first_row(content: bytes) -> int:
    """Return the row of the first category among the numbers of the chart."""
    sheet = opened(content)["Weights"]
    (heading,) = [cell.row for (cell, *_) in sheet if cell.value == "The numbers of the chart"]
    return heading + 2


def test_a_diagram_is_a_picture_with_words_and_the_same_bytes_each_time():
    content = workbook_bytes(example_results(), [_charted(None)], "en")
    assert 'descr="What the chart shows"' in parts_of(content)["xl/drawings/drawing1.xml"]
    with ZipFile(BytesIO(content)) as parts:
        picture = parts.read("xl/media/image1.png")
    assert picture.startswith(b"\x89PNG")
    assert b"Software" not in picture
    assert workbook_bytes(example_results(), [_charted(None)], "en") == content


def test_series_that_only_colour_bars_lie_over_each_other_and_others_beside():
    def overlap(second: float | None) -> bool:
        colours = (Series("shown", (0.5, None)), Series("not shown", (second, 0.2)))
        native = NativeChart(BARS, ("Empathy", "Wait time"), colours, "share", SHARE)
        content = workbook_bytes(example_results(), [_charted(native)], "en")
        return '<c:overlap val="100"/>' in parts_of(content)["xl/charts/chart1.xml"]

    assert overlap(None)
    assert not overlap(0.1)


def test_bars_on_both_sides_of_zero_share_a_row():
    sides = (Series("low", (-0.5, -0.1)), Series("high", (0.3, 0.2)))
    native = NativeChart(BARS, ("Empathy", "Wait time"), sides, "points")
    content = workbook_bytes(example_results(), [_charted(native)], "en")
    assert '<c:overlap val="100"/>' in parts_of(content)["xl/charts/chart1.xml"]


def test_numbers_that_are_no_shares_have_an_axis_without_percentages():
    native = NativeChart(LINES, ("2024", "2025"), (Series("mean", (7.1, 7.4)),), "mean")
    content = workbook_bytes(example_results(), [_charted(native)], "en")
    drawn = parts_of(content)["xl/charts/chart1.xml"]
    assert "<c:lineChart>" in drawn
    assert 'formatCode="#,##0.00"' in drawn
    assert "%" not in drawn
