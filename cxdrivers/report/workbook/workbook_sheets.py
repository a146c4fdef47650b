"""Write the sheet of a section: what it found, its table, its chart and its explanations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_numeric_dtype

from cxdrivers.answers.groups.named_groups import GROUP_COLUMNS
from cxdrivers.charts.style import ACCENT, FAINT, INK
from cxdrivers.moments.reader_names import ReaderNames
from cxdrivers.report.section import Section
from cxdrivers.report.workbook.column_forms import deciding_column, form_of
from cxdrivers.report.workbook.columns import Terms
from cxdrivers.report.workbook.workbook_cells import (
    LINE_HEIGHT,
    Book,
    height_of,
    plain_text,
    text_style,
    write_lines,
    write_number,
    write_text,
)
from cxdrivers.report.workbook.workbook_charts import put_chart

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TITLE_ROW, LEAD_ROW, HEADING_ROW = 0, 1, 3
NUMBER_WIDTH, NARROW, WIDE, WIDEST = 11.0, 12.0, 42.0, 60.0
LONG = 80
"""Characters of a text that is read as a sentence."""
COLUMNS = 30
"""So many are made wide enough for the numbers of a chart, also beyond the table."""
TEXT_WIDTH = 100.0
HEADING_LINES = 4
ON_A4 = 150.0
A3 = 8
MOST_ROWS_OF_A_PAGE = 60


@dataclass(frozen=True, eq=False)
class _Table:
    """The data of a section with what is needed to show them."""

    data: pd.DataFrame
    stem: str
    terms: Terms
    widths: tuple[float, ...]
    names: ReaderNames | None

    def texts(self, place: int) -> list[str]:
        """Return what stands in a column that holds no numbers."""
        column = str(self.data.columns[place])
        values = self.data.iloc[:, place]
        return [
            "" if empty else plain_text(self._word(value, column))
            for value, empty in zip(values, values.isna(), strict=True)
        ]

    def _word(self, value: object, column: str) -> str:
        if self.names is None or column not in GROUP_COLUMNS or value in self.terms.others:
            return self.terms.word(value, column, self.stem)
        return self.names.group(str(value))

    def is_number(self, place: int) -> bool:
        values = self.data.iloc[:, place]
        return is_numeric_dtype(values) and not is_bool_dtype(values)

    def headings(self) -> list[str]:
        return [self.terms.heading(str(column), self.stem) for column in self.data.columns]


def write_section(book: Book, section: Section, name: str, terms: Terms) -> None:
    """Write a section with its raw numbers.

    Parameters
    ----------
    book
        Where it becomes a sheet.
    section
        One with data.
    name
        Of the sheet.
    terms
        What its columns and the words in them are called.
    """
    sheet = book.sheet(name)
    table = _table(section, terms)
    sheet.set_column(0, COLUMNS, NUMBER_WIDTH)
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    across = _across(table.widths)
    _set_pages(sheet, table)
    title = book.style(bold=True, font_size=16, font_color=ACCENT)
    write_text(sheet, TITLE_ROW, 0, section.title, title)
    sheet.set_row(TITLE_ROW, 24)
    told = (*section.paragraphs, *section.notes)
    lead = section.headline or next(iter(told), "")
    row = 1 + write_lines(sheet, LEAD_ROW, (lead,), across, text_style(book, bold=True))
    if len(table.data):
        row = 1 + _write_table(book, sheet, table)
    if section.chart is not None:
        row = put_chart(book, sheet, section.chart, row)
    write_lines(sheet, row, [line for line in told if line != lead], across, text_style(book))


def _table(section: Section, terms: Terms) -> _Table:
    data = pd.DataFrame() if section.data is None else section.data
    table = _Table(data, section.stem, terms, (), section.names)
    return replace(table, widths=tuple(_widths(table)))


def _write_table(book: Book, sheet: Worksheet, table: _Table) -> int:
    """Write the headings and the rows and return the row after them."""
    first, last = HEADING_ROW + 1, HEADING_ROW + len(table.data)
    heights = [LINE_HEIGHT] * len(table.data)
    for place, heading in enumerate(table.headings()):
        right = table.is_number(place)
        side = {"align": "right"} if right else {"align": "left", "indent": min(place, 1)}
        look = {"bold": True, "bottom": 2, "bottom_color": INK, "valign": "bottom", **side}
        write_text(sheet, HEADING_ROW, place, heading, text_style(book, **look))
        if right:
            _write_numbers(book, sheet, table, place)
            continue
        body = text_style(book, bottom=1, bottom_color=FAINT, bold=place == 0, **side)
        for row, text in enumerate(table.texts(place)):
            write_text(sheet, first + row, place, text, body)
            heights[row] = max(heights[row], height_of(text, table.widths[place] - 2))
    for row, height in enumerate(heights, start=first):
        sheet.set_row(row, height)
    lines = max(
        len(wrap(heading, int(width) - 2))
        for heading, width in zip(table.headings(), table.widths, strict=True)
    )
    sheet.set_row(HEADING_ROW, LINE_HEIGHT * lines + 4)
    sheet.autofilter(HEADING_ROW, 0, last, table.data.shape[1] - 1)
    sheet.freeze_panes(first, 1)
    sheet.repeat_rows(HEADING_ROW)
    return last + 1


def _write_numbers(book: Book, sheet: Worksheet, table: _Table, place: int) -> None:
    data, deciding = table.data, deciding_column(table.stem)
    column, whole = str(data.columns[place]), is_integer_dtype(data.iloc[:, place])
    words = data[deciding].astype(str) if deciding in data else [""] * len(data)
    values = zip(words, data.iloc[:, place].to_numpy(float, na_value=np.nan), strict=True)
    for row, (word, value) in enumerate(values, start=HEADING_ROW + 1):
        form = form_of(column, table.stem, word=word, whole=whole)
        write_number(sheet, row, place, value, book.number_style(form))


def _widths(table: _Table) -> list[float]:
    """Return widths that hold the longest word of every heading and most of what is below it."""
    widths = []
    for place, heading in enumerate(table.headings()):
        least = max(len(word) for word in heading.split()) + 3
        if table.is_number(place):
            width = max(NUMBER_WIDTH, ceil(len(heading) / HEADING_LINES) + 3)
        else:
            longest = max((len(text) for text in table.texts(place)), default=0)
            width = min(WIDEST if longest > LONG else WIDE, max(NARROW, longest + 3))
        widths.append(float(max(least, width)))
    return widths


def _across(widths: tuple[float, ...]) -> tuple[float, ...]:
    """Return the widths of as many columns as running text needs."""
    across: list[float] = []
    while sum(across) < TEXT_WIDTH:
        across.append(widths[len(across)] if len(across) < len(widths) else NUMBER_WIDTH)
    return tuple(across)


def _set_pages(sheet: Worksheet, table: _Table) -> None:
    """Print on one page what can be read there, a wide table on a larger one."""
    if sum(table.widths) > ON_A4:
        sheet.set_landscape()
        sheet.set_paper(A3)
    sheet.fit_to_pages(1, 1 if len(table.data) <= MOST_ROWS_OF_A_PAGE else 0)
