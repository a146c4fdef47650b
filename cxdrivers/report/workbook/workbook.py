"""Write sections as one Excel file: real numbers, charts that can be edited, nothing that runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from cxdrivers.report.packages import package_missing
from cxdrivers.report.results.results import Results
from cxdrivers.report.section import Section
from cxdrivers.report.workbook.columns import terms_of
from cxdrivers.report.workbook.workbook_cells import Book, plain_text
from cxdrivers.report.workbook.workbook_front import (
    FIRST,
    LAST,
    title_of,
    write_overview,
    write_provenance,
)
from cxdrivers.report.workbook.workbook_sheets import write_section
from cxdrivers.wording import say

SUMMARY, PROVENANCE = "summary", "provenance"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook_bytes(results: Results, sections: Sequence[Section], language: str) -> bytes:
    """Return a report as an Excel file, the same bytes every time.

    The first sheet holds the summary and links to the others, then comes one sheet for each section
    with data, and the last says where the numbers come from and what was done.

    Parameters
    ----------
    results
        For the title, the note and the provenance.
    sections
        In the order of the sheets.
    language
        That of the sections.

    Raises
    ------
    CxError
        When XlsxWriter is not installed.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415  (extra `report`)
    except ModuleNotFoundError as error:
        raise package_missing("xlsx") from error
    buffer = BytesIO()
    workbook = Workbook(buffer, OPTIONS)
    workbook.set_properties(
        {
            "title": plain_text(title_of(results, language)),
            "created": datetime.fromisoformat(results.date),
        }
    )
    book = Book(workbook, language)
    edges = [book.name_for(say(key, language)) for key in (FIRST, LAST)]
    told = [part for part in sections if part.stem != PROVENANCE]
    named = {book.name_for(part.title): part for part in told if part.data is not None}
    links = {name: (part.title, part.headline) for name, part in named.items()}
    links[edges[1]] = (say(LAST, language), "")
    words = [part for part in told if part.data is None]
    write_overview(book, results, [part for part in words if part.stem == SUMMARY], links)
    terms = terms_of(results, language)
    for name, section in named.items():
        write_section(book, section, name, terms)
    write_provenance(book, results, [part for part in words if part.stem != SUMMARY])
    workbook.close()
    return buffer.getvalue()
