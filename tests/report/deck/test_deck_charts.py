"""Charts of a deck: drawn from numbers, with their intervals, and readable with many bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Inches

from cxdrivers.report.deck.deck_chart_layout import (
    MOST_BARS,
    MOST_THIN_BARS,
    axis_of,
    digits_of_step,
    labels_of,
    number_format,
    plot_box,
    trimmed,
)
from cxdrivers.report.deck.deck_charts import add_chart, refresh_chart
from cxdrivers.report.native import BARS, COLUMNS, LINES, NUMBER, SHARE, NativeChart, Series
from cxdrivers.report.sections.series import in_one_row

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DAY = datetime(2025, 6, 15)  # noqa: DTZ001  (a workbook knows no time zones)
PLACE = (0, 0, Inches(12), Inches(4.4))
finite = st.floats(-1e6, 1e6, allow_nan=False)


def _drawn(native: NativeChart, language: str = "en") -> Any:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    return add_chart(slide.shapes, PLACE, native, created=DAY, language=language)


def _bars(count: int, series: int = 1, kind: str = BARS) -> NativeChart:
    values = tuple(0.5 - 0.01 * place for place in range(count))
    return NativeChart(
        kind=kind,
        categories=tuple(f"driver {place}" for place in range(count)),
        series=tuple(
            Series(
                f"s{one}", values, tuple(v - 0.1 for v in values), tuple(v + 0.1 for v in values)
            )
            for one in range(series)
        ),
        axis="share",
        format=SHARE,
    )


@given(st.lists(st.tuples(finite, finite, finite).map(sorted), min_size=1, max_size=8))
def test_the_axis_holds_zero_and_every_interval(rows: list[list[float]]):
    low, middle, high = (tuple(column) for column in zip(*rows, strict=True))
    native = NativeChart(BARS, ("x",) * len(rows), (Series("s", middle, low, high),), "axis")
    axis = axis_of(native)
    slack = 1e-6 * (1 + axis.high - axis.low)
    assert axis.low <= min(0.0, *low) + slack
    assert axis.high >= max(0.0, *high) - slack
    assert axis.step > 0


def test_columns_of_shares_end_at_all_of_them():
    series = Series("s", (0.9,), (0.8,), (0.96,))
    assert axis_of(NativeChart(COLUMNS, ("10",), (series,), "share", SHARE)).high == 1.0


def test_a_value_stands_past_its_interval_on_its_own_side_of_zero():
    series = Series("s", (0.4, -0.4, 0.0004), (0.3, -0.6, -0.1), (0.6, -0.3, 0.1))
    native = NativeChart(BARS, ("a", "b", "c"), (series,), "axis", NUMBER)
    axis, box = axis_of(native), plot_box(native, PLACE[2], PLACE[3], legend=False)
    ((right, left, small),) = labels_of(native, axis, box)
    width = box[2] / (axis.high - axis.low)
    assert right.across == pytest.approx(0.2 * width, abs=0.01)
    assert left.across == pytest.approx(-0.2 * width, abs=0.01)
    assert right.number_format == '0.00;"−"0.00'
    assert small.number_format == "0.00;0.00"


def test_a_value_of_a_column_stands_above_its_interval():
    native = NativeChart(
        COLUMNS, ("a", "b"), (Series("s", (0.4, None), (0.3, None), (0.6, None)),), ""
    )
    ((label, missing),) = labels_of(native, axis_of(native), (0.1, 0.1, 0.8, 0.8))
    assert label.down < 0 == label.across
    assert missing is None


def test_marks_of_an_axis_have_the_decimals_they_need():
    assert [digits_of_step(step) for step in (1.0, 0.5, 0.05, 20.0)] == [0, 1, 2, 0]
    assert number_format(_bars(1), 0) == '0"\u00a0"%;"−"0"\u00a0"%'


def test_bars_share_a_row_only_when_they_never_share_a_side_of_zero():
    parts = NativeChart(BARS, ("a", "b"), (Series("x", (1, None)), Series("y", (None, 2))), "")
    sides = NativeChart(BARS, ("a",), (Series("x", (-1,)), Series("y", (2,))), "")
    assert in_one_row(parts)
    assert in_one_row(sides)
    assert not in_one_row(_bars(2, series=2))
    plot = _drawn(parts).chart.plots[0]
    assert plot.overlap == 100


def test_more_bars_than_can_be_read_are_cut_from_the_end():
    assert trimmed(_bars(14)).categories == _bars(14).categories
    assert len(trimmed(_bars(40)).series[0].high) == MOST_BARS
    assert len(trimmed(_bars(40, series=2)).categories) == MOST_THIN_BARS // 2
    assert len(trimmed(_bars(40, kind=COLUMNS)).categories) == 40


@pytest.mark.parametrize("kind", [BARS, COLUMNS, LINES])
def test_every_kind_has_its_values_and_intervals_in_the_order_of_reading(kind: str):
    native = _bars(14, series=2, kind=kind)
    chart = _drawn(native, "nl").chart
    assert [tuple(series.values) for series in chart.series] == [s.values for s in native.series]
    assert list(chart.plots[0].categories) == list(native.categories)
    for series in chart.series:
        points = series._element.findall(f"{C}errBars/{C}plus//{C}v")
        assert [float(point.text) for point in points] == pytest.approx([0.1] * 14)
    assert chart.category_axis.reverse_order == (kind == BARS)
    crossing = chart.value_axis._element.find(f"{C}crosses").get("val")
    assert crossing == ("max" if kind == BARS else "autoZero")
    assert chart._chartSpace.find(f"{C}lang").get("val") == "nl-NL"


def test_children_of_a_series_stand_in_the_order_that_powerpoint_asks_for():
    order = [
        "idx",
        "order",
        "tx",
        "spPr",
        "invertIfNegative",
        "marker",
        "dPt",
        "dLbls",
        "errBars",
        "cat",
        "val",
        "smooth",
    ]
    for kind in (BARS, LINES):
        for series in _drawn(_bars(3, kind=kind)).chart.series:
            found = [child.tag.removeprefix(C) for child in series._element]
            assert found == sorted(found, key=order.index)
            assert {"dLbls", "errBars"} <= set(found)


def test_a_long_label_takes_two_lines_and_a_part_of_the_width():
    native = NativeChart(BARS, ("Klantenservicebereikbaarheid " * 4,), (Series("s", (1.0,)),), "")
    chart = _drawn(native).chart
    assert str(chart.plots[0].categories[0]).count("\n") == 1
    left = chart._chartSpace.find(f".//{C}plotArea/{C}layout/{C}manualLayout/{C}x")
    assert 0.2 < float(left.get("val")) <= 0.36


def test_a_refreshed_chart_keeps_the_looks_that_somebody_gave_it():
    frame = _drawn(_bars(3))
    series = frame.chart.series[0]
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor(1, 2, 3)
    point = series.points[1].format.fill
    point.solid()
    point.fore_color.rgb = RGBColor(200, 0, 0)
    frame.chart.value_axis.has_major_gridlines = False
    old = _bars(3)
    turned = NativeChart(
        BARS,
        ("driver 1", "driver 0"),
        (Series("s0", (0.9, 0.1), (0.8, 0.0), (0.95, 0.2)), Series("new", (None, 0.3))),
        old.axis,
        SHARE,
    )
    refresh_chart(frame, turned, created=DAY, language="en")
    chart = frame.chart
    assert [tuple(one.values) for one in chart.series] == [(0.9, 0.1), (None, 0.3)]
    assert chart.series[0].format.fill.fore_color.rgb == RGBColor(1, 2, 3)
    assert chart.series[0].points[0].format.fill.fore_color.rgb == RGBColor(200, 0, 0)
    assert [p.get("val") for p in chart.series[0]._element.findall(f"{C}dPt/{C}idx")] == ["0"]
    assert chart.series[1].format.fill.fore_color.theme_color is not None
    assert chart.has_legend
    assert not chart.value_axis.has_major_gridlines
    assert chart.value_axis.maximum_scale >= 0.95


def test_every_category_is_named_however_many_there_are_also_after_an_update():
    frame = _drawn(_bars(14))
    refresh_chart(frame, _bars(12), created=DAY, language="en")
    (axis,) = frame.chart._chartSpace.iter(f"{C}catAx")
    assert [mark.get("val") for mark in axis.findall(f"{C}tickLblSkip")] == ["1"]


@pytest.mark.parametrize(("bars", "lines"), [(9, 2), (10, 1)])
def test_labels_of_many_bars_have_one_line_so_that_none_is_left_out(bars: int, lines: int):
    native = replace(_bars(bars), categories=("Bewegwijzering in de terminal",) * bars)
    shown = _drawn(native).chart.plots[0].categories
    assert {len(label.split("\n")) for label in shown} == {lines}
