"""Read the numbers and sentences of a report back from its files, as a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from csv import DictReader
from dataclasses import dataclass
from functools import cache
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import lxml.etree
import lxml.html
import openpyxl
from pptx import Presentation

from tests.report.shown_numbers import rounded

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
HEADING_ROW = 4
"""Where the headings of a table stand in the workbook."""

Numbers = tuple[float | None, ...]
Bars = dict[str, Numbers]
"""Category → value, and both ends of its interval."""


@dataclass(frozen=True)
class PagePart:
    """A section of the page: its sentences, and its first table with the headings on top."""

    title: str
    sentences: tuple[str, ...]
    table: tuple[tuple[str, ...], ...]


@cache
def page_parts(page: bytes) -> dict[str, PagePart]:
    """Return the sections of a page by their ids."""
    root = lxml.html.document_fromstring(page.decode())
    found = {}
    for section in root.iter("section"):
        tables = [table for table in section.iter("table") if not _in_panel(table)]
        rows = tables[0].iter("tr") if tables else ()
        sentences = (one for one in section.iter("p") if not _in_panel(one))
        found[section.get("id")] = PagePart(
            section.find("h2").text_content(),
            tuple(one.text_content() for one in sentences),
            tuple(tuple(cell.text_content() for cell in row) for row in rows),
        )
    return found


def _in_panel(element: Any) -> bool:
    return any("panel" in (above.get("class") or "") for above in element.iterancestors())


def svg_words(svg: bytes) -> tuple[str, str]:
    """Return the title and the description of a drawing."""
    root = lxml.etree.fromstring(svg)
    title, description = (root.find(f"{{*}}{name}").text for name in ("title", "desc"))
    return title, description


def csv_rows(content: bytes, language: str) -> list[dict[str, str]]:
    """Return the rows of a table as a spreadsheet of that language splits them."""
    lines = StringIO(content.decode("utf-8-sig"), newline="")
    return list(DictReader(lines, delimiter={"en": ",", "nl": ";"}[language]))


@cache
def opened_book(content: bytes) -> openpyxl.Workbook:
    """Return a workbook."""
    return openpyxl.load_workbook(BytesIO(content))


def sheet_of(content: bytes, title: str) -> Any:
    """Return the first sheet with that title."""
    return next(sheet for sheet in opened_book(content).worksheets if sheet["A1"].value == title)


def sheet_rows(content: bytes, title: str) -> list[dict[str, Any]]:
    """Return the rows of a sheet's table, each the cells by their headings."""
    rows = sheet_of(content, title).iter_rows(min_row=HEADING_ROW)
    headings = [cell.value for cell in next(rows) if cell.value is not None]
    found = []
    for row in rows:
        if row[0].value is None:
            break
        found.append(dict(zip(headings, row, strict=False)))
    return found


def sheet_texts(content: bytes, title: str) -> set[str]:
    """Return every text on a sheet."""
    cells = (cell for row in sheet_of(content, title).iter_rows() for cell in row)
    return {cell.value for cell in cells if isinstance(cell.value, str)}


def as_shown(cell: Any) -> str:
    """Return a number as Excel shows it, with a decimal point."""
    shown = cell.number_format.split(";")[-1]
    digits = len(re.sub(r"[^0]", "", shown.partition(".")[2]))
    scale = 100 if "%" in shown else 1
    return rounded(scale * cell.value, f"0.{'0' * digits}" if digits else "0")


def sheet_bars(content: bytes, title: str) -> Bars:
    """Return what the chart on a sheet draws, from the cells that it refers to."""
    name = sheet_of(content, title).title.replace("'", "''")
    with ZipFile(BytesIO(content)) as package:
        charts = [one for one in package.namelist() if re.match(r"xl/charts/chart\d+\.xml", one)]
        roots = [lxml.etree.fromstring(package.read(one)) for one in charts]
    chart = next(one for one in roots if _refers_to(one, name))
    book = opened_book(content)
    return _bars(chart, lambda reference: _cells(book, reference))


def _refers_to(chart: Any, name: str) -> bool:
    place = chart.find(f".//{C}val//{C}f").text
    return place.rpartition("!")[0].strip("'") == name


def _cells(book: openpyxl.Workbook, reference: str) -> list[Any]:
    sheet, _, place = reference.lstrip("=").rpartition("!")
    cells = book[sheet.strip("'").replace("''", "'")][place.replace("$", "")]
    return [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]


@cache
def slides_by_stem(content: bytes) -> dict[str, Any]:
    """Return the slides of a deck by the stem of their section."""
    slides = Presentation(BytesIO(content)).slides
    return {slide.shapes.title.name.split(":")[1]: slide for slide in slides}


def slide_shape(content: bytes, stem: str, part: str) -> Any:
    """Return a shape of a slide, or None when it has none of that part."""
    begins = f"cxdrivers:{stem}:{part}:"
    shapes = slides_by_stem(content)[stem].shapes
    return next((shape for shape in shapes if shape.name.startswith(begins)), None)


def slide_sentences(slide: Any) -> set[str]:
    """Return what a slide and its notes say, without tables and charts."""
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    frames.append(slide.notes_slide.notes_text_frame)
    return {paragraph.text for frame in frames for paragraph in frame.paragraphs}


def slide_table(content: bytes, stem: str) -> list[tuple[str, ...]]:
    """Return the texts of the table on a slide."""
    table = slide_shape(content, stem, "table").table
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def slide_alt(content: bytes, stem: str) -> str:
    """Return what a screen reader says of the chart or picture on a slide."""
    shape = slide_shape(content, stem, "chart") or slide_shape(content, stem, "picture")
    return str(shape._element.xpath(".//p:cNvPr")[0].get("descr"))


def slide_bars(content: bytes, stem: str) -> Bars:
    """Return what the chart on a slide draws, from the numbers that it keeps."""
    chart = slide_shape(content, stem, "chart").chart
    return _bars(chart._chartSpace, None)


def slide_book_bars(content: bytes, stem: str) -> Bars:
    """Return the same from the workbook that PowerPoint opens to edit the chart."""
    chart = slide_shape(content, stem, "chart").chart
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return _bars(chart._chartSpace, lambda reference: _cells(book, reference))


def _bars(chart: Any, cells: Any) -> Bars:
    """Return the bars of all series together: where one is empty another may have a value."""
    found: Bars = {}
    for series in chart.iter(f"{C}ser"):
        categories = _points(series.find(f"{C}cat"), cells)
        values = _points(series.find(f"{C}val"), cells)
        below, above = (
            _points(series.find(f"{C}errBars/{C}{side}"), cells) for side in ("minus", "plus")
        )
        for place, category in categories.items():
            value, less, more = (ends.get(place) for ends in (values, below, above))
            if value is not None:
                low = None if less is None else value - less
                high = None if more is None else value + more
                name = " ".join(str(category).split())
                assert name not in found
                found[name] = (float(value), low, high)
    return found


def _points(element: Any, cells: Any) -> Mapping[int, Any]:
    if element is None:
        return {}
    if cells is not None:
        values = cells(element.find(f".//{C}f").text)
        return {place: value for place, value in enumerate(values) if value is not None}
    numeric = element.find(f".//{C}strCache") is None
    points = {int(one.get("idx")): one.findtext(f"{C}v") for one in element.iter(f"{C}pt")}
    return {place: float(text) if numeric else text for place, text in points.items()}


def parts_of(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file by its name, and of a package every part, however deep it lies."""
    if not is_zipfile(BytesIO(content)):
        yield name, content
        return
    with ZipFile(BytesIO(content)) as package:
        yield f"{name}: comment", package.comment
        for part in package.infolist():
            yield f"{name}: name", part.filename.encode() + part.comment + part.extra
            yield from parts_of(f"{name}!{part.filename}", package.read(part.filename))
