"""Write cells that show what was meant: texts stay texts, numbers keep every digit they have.

Nothing that a spreadsheet could run is ever written: no formula, and no text as anything else.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from cxdrivers.characters import without_controls
from cxdrivers.charts.style import FAINT, INK
from cxdrivers.formatting import CONVENTIONS, MINUS, p_value
from cxdrivers.report.workbook.column_forms import COUNT, NUMBER, P_VALUE, SHARE, Form

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""What one cell can hold, in the units that Excel counts."""
LONGEST_NAME = 31
CUT = "…"
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
RESERVED = "history"
"""A name that Excel keeps for itself."""
INFINITE = "∞"
LINE_HEIGHT, HIGHEST = 15.0, 400.0
"""Points; Excel allows 409."""
A4 = 9


@dataclass(frozen=True, eq=False)
class Book:
    """An Excel file that is being written.

    Attributes
    ----------
    workbook
        The file.
    language
        Of its words and of what stands beside numbers.
    names
        Of the sheets so far, in lower case.
    styles
        Every look is made once.
    """

    workbook: Workbook
    language: str
    names: set[str] = field(default_factory=set)
    styles: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def style(self, **properties: object) -> Format:
        """Return a look by XlsxWriter's names of its properties."""
        looks = {"font_color": INK, "valign": "top", **properties}
        key = tuple(sorted(looks.items(), key=lambda item: item[0]))
        if key not in self.styles:
            self.styles[key] = self.workbook.add_format(looks)
        return self.styles[key]

    def number_style(self, form: Form) -> Format:
        """Return the look of a number in a table."""
        shown = number_format(form, self.language)
        return self.style(num_format=shown, align="right", bottom=1, bottom_color=FAINT)

    def name_for(self, title: str) -> str:
        """Return the name of a new sheet: short enough, allowed, and not there yet."""
        plain = NOT_IN_NAMES.sub(" ", plain_text(title)).strip("' ")
        for number in range(1, len(self.names) + 2):
            ending = "" if number == 1 else f" ({number})"
            name = _shortened(plain or CUT, LONGEST_NAME - len(ending)) + ending
            if name.casefold() not in self.names | {RESERVED}:
                break
        self.names.add(name.casefold())
        return name

    def sheet(self, name: str) -> Worksheet:
        """Return a new sheet that prints on A4."""
        sheet: Worksheet = self.workbook.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(A4)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet


def number_format(form: Form, language: str) -> str:
    r"""Return how Excel shows a number; it puts in the decimal mark of its reader itself.

    Examples
    --------
    >>> number_format(Form(SHARE, 1), "en"), number_format(Form(P_VALUE), "nl")
    ('0.0\\ %', '[<0.001]"<\xa00,001";0.000')
    """
    decimals = "." + "0" * form.digits if form.digits else ""
    if form.kind == SHARE:
        space = r"\ " if CONVENTIONS[language].percent != "%" else ""
        return f"0{decimals}{space}%"
    if form.kind in (COUNT, NUMBER):
        return f"#,##0{decimals}"
    if form.kind == P_VALUE:
        return f'[<0.001]"{p_value(0.0, language)}";0.000'
    return "General"


def plain_text(text: object) -> str:
    """Return a text as a cell or the words beside a chart can hold it."""
    plain = without_controls(str(text).replace("\r\n", "\n").replace("\r", "\n"))
    units = plain.encode("utf-16-le")
    if len(units) > 2 * LONGEST:
        plain = units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT
    # XlsxWriter takes such a text for its own markup and would write it unescaped.
    return f" {plain}" if plain.startswith("<r>") else plain


def write_text(sheet: Worksheet, row: int, column: int, text: object, style: Format) -> None:
    """Write a text as a text, whatever it looks like."""
    sheet.write_string(row, column, plain_text(text), style)


def write_number(sheet: Worksheet, row: int, column: int, value: float, style: Format) -> None:
    """Write a number; nothing where there is none, and a sign where it has no end."""
    if math.isnan(value):
        sheet.write_blank(row, column, None, style)
    elif math.isinf(value):
        sheet.write_string(row, column, INFINITE if value > 0 else MINUS + INFINITE, style)
    else:
        sheet.write_number(row, column, float(value), style)


def write_lines(
    sheet: Worksheet, row: int, texts: Iterable[str], widths: tuple[float, ...], style: Format
) -> int:
    """Write texts under each other over the full width of some columns.

    Parameters
    ----------
    sheet, row
        Where the first stands.
    texts
        Each as high as it needs to be.
    widths
        Of the columns from the first on.
    style
        Of the texts.

    Returns
    -------
    int
        The row after the last.
    """
    for line, text in enumerate(texts, start=row):
        if len(widths) > 1:
            sheet.merge_range(line, 0, line, len(widths) - 1, "", style)
        write_text(sheet, line, 0, text, style)
        sheet.set_row(line, height_of(text, sum(widths)) + 3)
        row = line + 1
    return row


def height_of(text: str, width: float) -> float:
    """Return how high a row must be for a text in a column of some width."""
    parts = plain_text(text).split("\n")
    lines = sum(len(wrap(part, max(1, int(width)))) or 1 for part in parts)
    return min(LINE_HEIGHT * lines, HIGHEST)


def text_style(book: Book, **properties: Any) -> Format:
    """Return the look of running text."""
    return book.style(text_wrap=True, **properties)


def _shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut between words where that is possible."""
    if len(text) <= most:
        return text
    whole = text[: most - len(CUT)]
    before, space, _ = whole.rpartition(" ")
    kept = before if space and len(before) > most // 2 and text[len(whole)] != " " else whole
    return kept.rstrip("' ") + CUT
