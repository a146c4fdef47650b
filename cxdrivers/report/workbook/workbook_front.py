"""Write the first sheet of a workbook, and the last: what was found, and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cxdrivers.charts.style import ACCENT, FAINT
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.workbook.column_forms import COUNT, PLAIN, SHARE, Form
from cxdrivers.report.workbook.workbook_cells import (
    Book,
    height_of,
    number_format,
    plain_text,
    text_style,
    write_lines,
    write_number,
    write_text,
)
from cxdrivers.wording import in_language, say

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

FIRST, LAST = "workbook.overview", "report.provenance.title"
"""What the first and the last sheet are called."""
WIDTHS = (62.0, 78.0)
COUNTS = ("rows", "used", "n_boot")
LARGEST_EXACT = 2**53
"""Beyond this a spreadsheet rounds whole numbers."""


def title_of(results: Results, language: str) -> str:
    """Return what the report is called."""
    words = in_language(results.survey.codebook.title, language)
    return words or say("report.title", language)


def write_overview(
    book: Book, results: Results, summary: Sequence[Section], links: Mapping[str, tuple[str, str]]
) -> None:
    """Write the title, the summary, and links to all other sheets.

    Parameters
    ----------
    book
        Where it becomes the first sheet.
    results
        For the title, the note and the provenance.
    summary
        The sections that stand here whole.
    links
        Name of every other sheet → its title, and what it found.
    """
    language = book.language
    sheet = _sheet(book, FIRST, title_of(results, language))
    subtitle = say("report.subtitle", language, n=results.weights.n, date=results.date)
    row = write_lines(sheet, 1, (subtitle,), WIDTHS, text_style(book))
    note = in_language(results.survey.codebook.note, language)
    if note:
        style = text_style(book, bold=True, font_color=ACCENT)
        row = write_lines(sheet, row, (note,), WIDTHS, style)
    row = _write_words(book, sheet, row + 1, summary)
    write_text(sheet, row, 0, say("workbook.sheets", language), _heading_style(book))
    under = text_style(book, bottom=1, bottom_color=FAINT)
    linked = text_style(book, font_color=ACCENT, underline=1, bottom=1, bottom_color=FAINT)
    for line, (name, (title, found)) in enumerate(links.items(), start=row + 1):
        target = name.replace("'", "''")
        sheet.write_url(line, 0, f"internal:'{target}'!A1", linked, string=plain_text(title))
        write_text(sheet, line, 1, found, under)
        heights = [height_of(text, room) for text, room in zip((title, found), WIDTHS, strict=True)]
        sheet.set_row(line, max(heights) + 3)
    version = results.provenance()["version"]
    made = say("report.made_with", language, version=version, date=results.date)
    last = row + len(links) + 2
    write_lines(sheet, last, (made,), WIDTHS, text_style(book))


def write_provenance(book: Book, results: Results, texts: Sequence[Section]) -> None:
    """Write the settings, where the numbers come from, and the sections that are words only.

    Parameters
    ----------
    book
        Where it becomes the last sheet.
    results
        What was computed.
    texts
        Sections without a table, such as the method.
    """
    language = book.language
    sheet = _sheet(book, LAST, say(LAST, language))
    row = 2
    for fact, value in results.provenance().items():
        if not value:
            continue
        label = say(f"report.provenance.{fact}", language)
        bold = text_style(book, bold=True, bottom=1, bottom_color=FAINT)
        write_text(sheet, row, 0, label, bold)
        sheet.set_row(row, height_of(label, WIDTHS[0] - 4))
        form = _form(fact, value)
        if form is None:
            write_text(sheet, row, 1, value, text_style(book, bottom=1, bottom_color=FAINT))
        else:
            style = book.style(
                num_format=number_format(form, language), align="left", bottom=1, bottom_color=FAINT
            )
            write_number(sheet, row, 1, float(value), style)
        row += 1
    _write_words(book, sheet, row + 1, texts)


def _sheet(book: Book, key: str, title: str) -> Worksheet:
    sheet = book.sheet(say(key, book.language))
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.fit_to_pages(1, 0)
    write_text(sheet, 0, 0, title, book.style(bold=True, font_size=16, font_color=ACCENT))
    sheet.set_row(0, 24)
    return sheet


def _write_words(book: Book, sheet: Worksheet, row: int, sections: Sequence[Section]) -> int:
    """Write sections that are words only and return the row after the space below them."""
    for section in sections:
        write_text(sheet, row, 0, section.title, _heading_style(book))
        row = 1 + write_lines(sheet, row + 1, section.paragraphs, WIDTHS, text_style(book))
    return row


def _heading_style(book: Book) -> Format:
    return book.style(bold=True, font_size=13, font_color=ACCENT)


def _form(fact: str, value: str) -> Form | None:
    """Return how a setting is shown as a number, or nothing when it is a text."""
    if fact in COUNTS:
        return Form(COUNT)
    if fact == "level":
        _, _, decimals = f"{100 * float(value):.10g}".partition(".")
        return Form(SHARE, len(decimals))
    if fact == "seed" and abs(int(value)) <= LARGEST_EXACT:
        return Form(PLAIN)
    return None
