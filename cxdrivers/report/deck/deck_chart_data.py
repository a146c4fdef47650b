"""Put the numbers of a chart in the workbook that PowerPoint opens to edit them."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from cxdrivers.report.deck.package import plain
from cxdrivers.report.native import NativeChart, Numbers
from cxdrivers.wording import say

SHEET = "Sheet1"
"""As python-pptx calls it in the references of a chart."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def error_ranges(native: NativeChart, place: int) -> tuple[str, str]:
    """Return where the workbook has how far the intervals of a series go, below and above."""
    first = 1 + len(native.series) + 2 * place
    below, above = (_range(first + side, len(native.categories)) for side in (0, 1))
    return below, above


def workbook_of(native: NativeChart, created: datetime, language: str) -> bytes:
    """Return the workbook of a chart: categories, values, and the ends of intervals beside them.

    No text in it is run as a formula or made a link.
    """
    buffer = BytesIO()
    with Workbook(buffer, OPTIONS) as workbook:
        workbook.set_properties({"created": created.replace(tzinfo=None)})
        sheet = workbook.add_worksheet(SHEET)
        for row, category in enumerate(native.categories, start=1):
            sheet.write_string(row, 0, plain(category))
        columns: list[tuple[str, Numbers]] = [
            (series.name, series.values) for series in native.series
        ]
        for series in native.series:
            below, above = series.reaches()
            columns.append((say("deck.data.minus", language, series=series.name), below))
            columns.append((say("deck.data.plus", language, series=series.name), above))
        for column, (name, values) in enumerate(columns, start=1):
            sheet.write_string(0, column, plain(name))
            for row, value in enumerate(values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return buffer.getvalue()


def _range(column: int, rows: int) -> str:
    letter = xl_col_to_name(column)
    return f"{SHEET}!${letter}$2:${letter}${rows + 1}"
