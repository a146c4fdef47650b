"""Refuse a workbook that would unpack to more than any honest one, before it is unpacked."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, is_zipfile

from cxdrivers.errors import SurveyError
from cxdrivers.reading.contents import damaged, wrong_content

MOST_UNPACKED = 2**30
MOST_PARTS = 10_000
MOST_SHEET_CELLS = 20_000_000
"""Rows times columns of the area in use: more than a million rows of nineteen questions."""

AT_ONCE = 2**20
LONGEST_TAG = 4096
TEXT_PARTS = (".xml", ".rels")
ROW = re.compile(rb"<(?:\w{1,20}:)?row\b([^<>]*)")
ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"']\s*([0-9]{1,10})")
FAR_COLUMN = re.compile(rb"\br\s*=\s*[\"']\s*\$?([A-Za-z]{2,7})\$?[0-9]")
TROUBLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)
"""What `zipfile` raises on damaged archives; NotImplementedError is a RuntimeError."""


def check_zip(path: str | Path) -> None:
    """Refuse a package that is no workbook, damaged, or larger inside than any honest one.

    Every part is unpacked once, a piece at a time: what the archive says of its sizes need not be
    true. An older workbook is no package, and passes.

    Raises
    ------
    SurveyError
        Saying what is too large.
    """
    file = Path(path).name
    if not is_zipfile(path):
        return
    try:
        with ZipFile(path) as package:
            _check_parts(package, file)
    except TROUBLE as error:
        if isinstance(error, SurveyError):
            raise
        raise damaged(file, "workbook", error) from error


def _check_parts(package: ZipFile, file: str) -> None:
    parts = package.infolist()
    if not any(part.filename.lower().startswith("xl") for part in parts):
        raise wrong_content(file, "zip")
    said = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or said > MOST_UNPACKED:
        raise SurveyError(
            "file_unpacks", path=file, parts=len(parts), size=said // 2**20, most=_megabytes()
        )
    for part in parts:
        if part.filename.lower().endswith(TEXT_PARTS):
            with package.open(part) as opened:
                pieces: Iterator[bytes] = iter(lambda: opened.read(AT_ONCE), b"")
                check_area(pieces, file, PurePosixPath(part.filename).name)


def check_area(pieces: Iterable[bytes], file: str, part: str) -> None:
    """Refuse a sheet whose cells lie so far apart that the area between them is too large.

    Parameters
    ----------
    pieces
        The XML of the sheet, one after another.
    file, part
        Names, for the error.

    Raises
    ------
    SurveyError
        With the rows and columns of the area.
    """
    first, last, place, widest = 0, 0, 0, 1
    for text in _between_tags(pieces):
        for row in ROW.finditer(text):
            number = ROW_NUMBER.search(row[1])
            place = int(number[1]) if number else place + 1
            first, last = first or place, max(last, place)
        widest = max(widest, *map(_column_number, {b"Z", *FAR_COLUMN.findall(text)}))
        rows = last - first + 1
        if last and rows * widest > MOST_SHEET_CELLS:
            raise SurveyError(
                "sheet_too_large",
                path=file,
                sheet=part,
                rows=rows,
                columns=widest,
                most=MOST_SHEET_CELLS,
            )


def _between_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes, cut where a tag begins."""
    tail = b""
    for piece in pieces:
        text = tail + piece
        cut = text.rfind(b"<")
        if cut < 0 or len(text) - cut > LONGEST_TAG:
            cut = len(text)
        tail = text[cut:]
        yield text[:cut]
    yield tail


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _megabytes() -> int:
    return MOST_UNPACKED // 2**20
