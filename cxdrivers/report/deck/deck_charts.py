"""Draw charts that PowerPoint edits: bars, columns and lines with their intervals and values."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import ColorFormat
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml.ns import qn
from pptx.util import Pt

from cxdrivers.charts.style import axis_label
from cxdrivers.report.deck.deck_chart_data import error_ranges, workbook_of
from cxdrivers.report.deck.deck_chart_layout import (
    axis_of,
    digits_of_step,
    labels_of,
    number_format,
    plot_box,
    size_of,
)
from cxdrivers.report.deck.deck_chart_xml import (
    fill_of,
    move_points,
    set_errors,
    set_labels,
    set_look,
    set_plot_area,
    show_every_label,
)
from cxdrivers.report.deck.deck_text import LANGUAGE_TAGS, MUTED
from cxdrivers.report.deck.deck_words import digits_of
from cxdrivers.report.deck.package import plain
from cxdrivers.report.native import BARS, COLUMNS, LINES, SHARE, NativeChart
from cxdrivers.report.sections.series import in_one_row

MOST_IN_TWO_LINES = 9
"""Bars beside which a slide has room for labels of two lines."""

TYPES = {
    BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    LINES: XL_CHART_TYPE.LINE_MARKERS,
}
SMALL = 11.0


def add_chart(
    shapes: Any,
    place: tuple[int, int, int, int],
    native: NativeChart,
    *,
    created: datetime,
    language: str,
) -> Any:
    """Add a chart to the shapes of a slide and return its frame.

    Parameters
    ----------
    shapes, place
        Of the slide; left, top, width and height.
    native
        What to draw.
    created, language
        The date of its workbook; of its words.
    """
    shown = _readable(native)
    frame = shapes.add_chart(TYPES[shown.kind], *place, _data_of(shown))
    chart = frame.chart
    _dress(chart, shown)
    _renew(frame, shown, created, language)
    return frame


def refresh_chart(frame: Any, native: NativeChart, *, created: datetime, language: str) -> None:
    """Give a chart new numbers; what somebody made of its looks stays.

    Parameters
    ----------
    frame
        The shape of a chart with categories.
    native
        What it is to show.
    created, language
        As in `add_chart`.
    """
    chart, shown = frame.chart, _readable(native)
    old = [_in_one_line(plain(category)) for category in chart.plots[0].categories]
    looks = {series.name: deepcopy(series._element.find(qn("c:spPr"))) for series in chart.series}
    chart.replace_data(_data_of(shown))
    for place, series in enumerate(chart.series):
        element = series._element
        kept = looks.get(series.name)
        look = kept if kept is not None else fill_of(place, line=shown.kind == LINES)
        set_look(element, look)
        move_points(element, old, [_in_one_line(label) for label in shown.categories])
    if len(looks) == 1 < len(shown.series):
        _add_legend(chart, shown)
    _renew(frame, shown, created, language)


def _readable(native: NativeChart) -> NativeChart:
    """Return a chart with labels that fit, without characters that XML cannot hold.

    Beside bars they have two lines, or one where bars are so many that a program would leave
    every other label out.
    """
    labels = [plain(label) for label in native.categories]
    if native.kind != COLUMNS:
        labels = [axis_label(label) for label in labels]
    categories = tuple(map(_in_one_line, labels) if len(labels) > MOST_IN_TWO_LINES else labels)
    return NativeChart(native.kind, categories, native.series, plain(native.axis), native.format)


def _in_one_line(label: str) -> str:
    return " ".join(label.split())


def _data_of(native: NativeChart) -> Any:
    kind: Any = CategoryChartData
    data = kind(number_format=number_format(native, digits_of(native)))
    data.categories = native.categories
    for series in native.series:
        data.add_series(plain(series.name), series.values)
    return data


def _dress(chart: Chart, native: NativeChart) -> None:
    """Give a new chart its looks; an update leaves them as somebody made them."""
    size = size_of(native)
    chart.font.size = Pt(size)
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    chart.has_title = False
    if len(native.series) > 1:
        _add_legend(chart, native)
    values, categories = chart.value_axis, chart.category_axis
    categories.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    categories.format.line.color.brightness = MUTED
    categories.major_tick_mark = values.major_tick_mark = XL_TICK_MARK.NONE
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if native.kind == BARS:
        categories.reverse_order = True
        values._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM
    values.has_major_gridlines = True
    _lighten(values.major_gridlines.format.line.color)
    values.format.line.fill.background()
    values.tick_labels.font.size = Pt(SMALL)
    values.has_title = True
    run = values.axis_title.text_frame.paragraphs[0].add_run()
    run.text = native.axis
    run.font.size, run.font.bold = Pt(SMALL), False
    for place, series in enumerate(chart.series):
        set_look(series._element, fill_of(place, line=native.kind == LINES))


def _renew(frame: Any, native: NativeChart, created: datetime, language: str) -> None:
    """Set what follows from the numbers: workbook, axis, intervals, values, language."""
    chart: Any = frame.chart
    part = chart.part
    part.chart_workbook.update_from_xlsx_blob(workbook_of(native, created, language))
    axis = axis_of(native)
    box = plot_box(native, frame.width, frame.height, legend=chart.has_legend)
    show_every_label(chart.category_axis._element)
    values = chart.value_axis
    values.minimum_scale, values.maximum_scale = axis.low, axis.high
    values.major_unit = axis.step
    digits = 0 if native.format == SHARE else digits_of_step(axis.step)
    values.tick_labels.number_format = number_format(native, digits)
    values.tick_labels.number_format_is_linked = False
    if values.has_title:
        for run in values.axis_title.text_frame.paragraphs[0].runs[:1]:
            run.text = native.axis
    if native.kind != LINES:
        plot: Any = chart.plots[0]
        alone = in_one_row(native)
        plot.overlap, plot.gap_width = (100, 60) if alone else (0, 40)
    space = chart._chartSpace
    set_plot_area(space.find(qn("c:chart")).find(qn("c:plotArea")), box)
    shown, drawn = number_format(native, digits_of(native)), labels_of(native, axis, box)
    for place, (series, labels) in enumerate(zip(native.series, drawn, strict=True)):
        element: Any = chart.series[place]._element
        has_ends = series.low is not None and series.high is not None
        set_errors(element, series.reaches(), error_ranges(native, place), shown=has_ends)
        above = native.kind == LINES
        set_labels(element, labels, number_format=shown, size=size_of(native), above=above)
    _speak(space, language)


def _add_legend(chart: Chart, native: NativeChart) -> None:
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(max(size_of(native), SMALL))


def _lighten(colour: ColorFormat) -> None:
    colour.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    colour.brightness = -0.15


def _speak(space: Any, language: str) -> None:
    """Tell the spell checker in which language the words of a chart are."""
    tag = LANGUAGE_TAGS[language]
    spoken = space.find(qn("c:lang"))
    if spoken is None:
        spoken = space.makeelement(qn("c:lang"), {})
        after = next(
            child for child in space if child.tag not in {qn("c:date1904"), qn("c:roundedCorners")}
        )
        after.addprevious(spoken)
        rounded = space.find(qn("c:roundedCorners"))
        if rounded is not None:
            rounded.addprevious(spoken)
    spoken.set("val", tag)
    for kind in ("a:rPr", "a:defRPr", "a:endParaRPr"):
        for run in space.iter(qn(kind)):
            run.set("lang", tag)
