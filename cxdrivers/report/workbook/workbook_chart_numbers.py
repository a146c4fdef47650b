"""Write the numbers from which Excel draws a chart."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from cxdrivers.charts.style import FAINT, INK
from cxdrivers.report.native import SHARE, NativeChart, Numbers, Series
from cxdrivers.report.workbook.column_forms import POINTS, TWO_DECIMALS
from cxdrivers.report.workbook.workbook_cells import (
    LINE_HEIGHT,
    Book,
    height_of,
    plain_text,
    text_style,
    write_number,
    write_text,
)
from cxdrivers.wording import say

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CATEGORY_WIDTH, NARROWEST = 24, 10
"""Characters that fit in the first column, and in any other."""


def write_chart_numbers(book: Book, sheet: Worksheet, native: NativeChart, row: int) -> int:
    """Write what the chart is drawn from and return its last row.

    A column of categories, then for each series the values, and from there to both ends of the
    interval, as Excel wants them.
    """
    look = {"bold": True, "bottom": 2, "bottom_color": INK, "valign": "bottom"}
    heading = text_style(book, align="right", **look)
    write_text(sheet, row, 0, say("workbook.numbers", book.language), book.style(bold=True))
    write_text(sheet, row + 1, 0, "", heading)
    height = LINE_HEIGHT
    style = book.number_style(POINTS if native.format == SHARE else TWO_DECIMALS)
    for series, place in zip(native.series, first_columns(native), strict=True):
        for column, (name, values) in enumerate(_told(series, book.language), start=place):
            write_text(sheet, row + 1, column, name, heading)
            height = max(height, height_of(name, NARROWEST))
            for line, value in enumerate(values, start=row + 2):
                write_number(sheet, line, column, math.nan if value is None else value, style)
    sheet.set_row(row + 1, height)
    under = text_style(book, bottom=1, bottom_color=FAINT)
    for line, category in enumerate(native.categories, start=row + 2):
        write_text(sheet, line, 0, category, under)
        sheet.set_row(line, height_of(category, CATEGORY_WIDTH))
    return row + 1 + len(native.categories)


def _told(series: Series, language: str) -> list[tuple[str, Numbers]]:
    """Return the columns of a series by their headings."""
    columns = [(plain_text(series.name), series.values)]
    for end, given, reach in zip(
        ("below", "above"), (series.low, series.high), series.reaches(), strict=True
    ):
        if given is not None:
            columns.append((say(f"workbook.{end}", language, series=series.name), reach))
    return columns


def first_columns(native: NativeChart) -> list[int]:
    """Return the column in which the numbers of every series begin."""
    sizes = (1 + sum(ends is not None for ends in (s.low, s.high)) for s in native.series[:-1])
    return list(accumulate(sizes, initial=1))
