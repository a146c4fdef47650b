"""Put a section's chart on its sheet: one that Excel draws and edits, or else its picture."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from cxdrivers.charts.style import ACCENT, FAINT, INK, MUTED, png_of
from cxdrivers.report.native import BARS, LINES, SHARE, NativeChart
from cxdrivers.report.section import Chart
from cxdrivers.report.sections.series import in_one_row
from cxdrivers.report.workbook.column_forms import COUNT, PERCENT, TWO_DECIMALS, Form
from cxdrivers.report.workbook.workbook_cells import (
    Book,
    number_format,
    plain_text,
)
from cxdrivers.report.workbook.workbook_chart_numbers import first_columns, write_chart_numbers

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

DOTS_PER_INCH = 144
PIXELS_PER_INCH = 96
ROW_PIXELS = 20
WIDTH = 760
HEIGHT = 380
BAR_HEIGHT = 24
AROUND = 150
"""Pixels of a bar chart for its title, legend and axis."""
MOVE_ONLY = 2
"""A filtered table must not squeeze the chart below it."""
COLOURS = (ACCENT, FAINT, MUTED, INK)
MARKERS = ("circle", "diamond", "square", "triangle")
SEE_THROUGH = 35
"""Percent, so that the half of an interval that lies in its bar is seen."""
TYPES = {BARS: "bar", LINES: "line"}


def put_chart(book: Book, sheet: Worksheet, chart: Chart, row: int) -> int:
    """Put a chart on a sheet and return the row after it.

    Parameters
    ----------
    book, sheet
        Where.
    chart
        With its numbers it becomes one that can be edited, and the numbers stand under it.
    row
        Its upper edge.
    """
    if chart.native is None:
        return _put_picture(sheet, chart, row)
    return _put_native(book, sheet, chart, chart.native, row)


def _put_picture(sheet: Worksheet, chart: Chart, row: int) -> int:
    options = {
        "image_data": BytesIO(png_of(chart.figure, dots_per_inch=DOTS_PER_INCH)),
        "description": plain_text(chart.description),
        "object_position": MOVE_ONLY,
    }
    sheet.insert_image(row, 0, f"{chart.stem}.png", options)
    return row + _rows(chart.figure.get_figheight() * PIXELS_PER_INCH)


def _put_native(book: Book, sheet: Worksheet, chart: Chart, native: NativeChart, row: int) -> int:
    drawn = book.workbook.add_chart({"type": TYPES.get(native.kind, "column")})
    height = _height(native)
    numbers = row + _rows(height)
    last = write_chart_numbers(book, sheet, native, numbers)
    first = numbers + 2
    place = (sheet.get_name(), first, last)
    for index, column in enumerate(first_columns(native)):
        drawn.add_series(_series_options(native, index, column, place))
    _dress(drawn, chart, native, book.language)
    drawn.set_size({"width": WIDTH, "height": height})
    sheet.insert_chart(
        row,
        0,
        drawn,
        {"description": plain_text(chart.description), "object_position": MOVE_ONLY},
    )
    return last + 2


def _series_options(
    native: NativeChart, index: int, column: int, place: tuple[str, int, int]
) -> dict[str, Any]:
    from xlsxwriter.utility import quote_sheetname, xl_range_abs  # noqa: PLC0415  (extra `report`)

    series, (name, first, last) = native.series[index], place
    sheet = quote_sheetname(name)
    colour = COLOURS[index % len(COLOURS)]
    options: dict[str, Any] = {
        "name": [name, first - 1, column],
        "categories": [name, first, 0, last, 0],
        "values": [name, first, column, last, column],
    }
    if native.kind == LINES:
        marker = {"type": MARKERS[index % len(MARKERS)], "size": 7}
        looks = {"fill": {"color": colour}, "border": {"color": INK}}
        options |= {"line": {"color": colour, "width": 2}, "marker": marker | looks}
    else:
        fill = {"color": colour, "transparency": SEE_THROUGH}
        options |= {"fill": fill, "border": {"color": INK, "width": 0.75}, "gap": 60}
        options |= {"overlap": 100} if in_one_row(native) else {}
    if series.low is not None and series.high is not None:
        options["y_error_bars"] = {
            "type": "custom",
            "minus_values": f"={sheet}!{xl_range_abs(first, column + 1, last, column + 1)}",
            "plus_values": f"={sheet}!{xl_range_abs(first, column + 2, last, column + 2)}",
            "line": {"color": INK if colour != INK else MUTED, "width": 1.25},
        }
    return options


def _dress(drawn: Any, chart: Chart, native: NativeChart, language: str) -> None:
    text = {"color": INK, "size": 10, "bold": False}
    categories: dict[str, Any] = {
        "num_font": text,
        "line": {"color": FAINT},
        "major_tick_mark": "none",
        "interval_unit": 1,
    }
    values = {
        "name": _literal(native.axis),
        "name_font": text,
        "num_font": text | {"color": MUTED},
        "num_format": number_format(_axis_form(native), language),
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": FAINT}},
    }
    categories |= {"label_position": "low", "major_gridlines": {"visible": False}}
    if native.kind == BARS:
        # XlsxWriter calls the lying axis x, and a reversed one carries the other to its far end.
        drawn.set_x_axis(values)
        drawn.set_y_axis(categories | {"reverse": True, "crossing": "max"})
    else:
        drawn.set_x_axis(categories)
        drawn.set_y_axis(values)
    title = {"name": _literal(chart.title), "name_font": {"size": 12, "color": INK, "bold": True}}
    drawn.set_title(title)
    drawn.set_legend({"none": True} if len(native.series) == 1 else {"position": "bottom"})
    drawn.set_chartarea({"border": {"none": True}})


def _axis_form(native: NativeChart) -> Form:
    if native.format == SHARE:
        return PERCENT
    return Form(COUNT) if _is_wide(native) else TWO_DECIMALS


def _is_wide(native: NativeChart) -> bool:
    """Return whether the values run so far that their axis needs no decimals."""
    values = [value for series in native.series for value in series.values if value is not None]
    return bool(values) and max(values) - min(0.0, *values) >= 10


def _height(native: NativeChart) -> int:
    if native.kind != BARS:
        return HEIGHT
    bars = 1 if in_one_row(native) else len(native.series)
    return AROUND + BAR_HEIGHT * len(native.categories) * bars


def _literal(text: str) -> str:
    """Return a text that is not taken for the address of a cell."""
    return plain_text(text).replace("!", "! ")


def _rows(pixels: float) -> int:
    return int(pixels // ROW_PIXELS) + 2
