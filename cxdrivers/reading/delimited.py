"""Read text with separators, in the dialects that Dutch and English programs write."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import islice
from sys import getsizeof

import pandas as pd

from cxdrivers.errors import SurveyError
from cxdrivers.reading.allowance import Allowance, check_columns
from cxdrivers.reading.cells import is_blank
from cxdrivers.reading.contents import BYTES_LOOKED_AT, content_of, wrong_content
from cxdrivers.reading.grid import frame_of_rows
from cxdrivers.wording import sentence

SEPARATORS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}
"""The separators that are looked for, with their names; the least likely in a text first."""

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The encodings that a file names itself; UTF-32 before UTF-16, whose mark it begins with."""

ROWS_LOOKED_AT = 200
LONGEST_ROW = 4 * 2**20
"""Characters of one row with its line breaks."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
EXCEL_SEPARATOR = re.compile(r'"?sep=([^"\r\n])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)


def read_delimited(content: bytes, file: str, *, decimal: str | None = None) -> pd.DataFrame:
    """Return the frame that the bytes of a delimited text file hold.

    The separator is the one Excel's line ``sep=;`` names; without it the one of tab, semicolon,
    bar and comma that cuts the first rows into most fields, in rows as long as the names. The
    decimal mark follows from the columns (see `typed_columns`). Where no column tells, as with
    ``1,234`` alone, it is a comma after semicolons and a point otherwise.

    Parameters
    ----------
    content
        The bytes of the file.
    file
        Its name, for errors.
    decimal
        The decimal mark, when somebody has said it.

    Raises
    ------
    SurveyError
        No text, a quotation mark that is not closed, a row that is longer or shorter than the
        names, more than any survey holds, and all that `frame_of_rows` refuses.
    """
    text = decoded(content, file)
    said = EXCEL_SEPARATOR.match(text)
    body = text[said.end() :] if said else text
    separator = said[1] if said else separator_of(body)
    allowance = Allowance(file, getsizeof(content) + getsizeof(text) * (2 if said else 1))
    read = _rows(body, separator, file, lines_before=1 if said else 0)
    rows = [allowance.row_of_texts(row) for row in read]
    return frame_of_rows(rows, file, decimal=decimal, otherwise="," if separator == ";" else ".")


def decoded(content: bytes, file: str) -> str:
    """Return the text of a file in UTF-8, in UTF-16 or UTF-32 with a mark, or in Windows-1252.

    Raises
    ------
    SurveyError
        When the bytes are another kind of file, or no text in any of these encodings. A file that
        is mostly UTF-8 is not taken for Windows-1252, which would turn every é into Ã©.
    """
    marked = (name for mark, name in BYTE_ORDER_MARKS.items() if content.startswith(mark))
    encoding = next(marked, "utf-8")
    if encoding == "utf-8" and b"\0" in content:
        raise wrong_content(file, content_of(content))
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        broken = error.start + 1
        if encoding != "utf-8" or _mostly_utf8(content):
            raise SurveyError("file_not_decodable", path=file, position=broken) from error
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise SurveyError("file_not_decodable", path=file, position=broken) from error
    kind = content_of(text[:BYTES_LOOKED_AT].lstrip().encode("utf-8", errors="replace"))
    if "\0" in text or kind in ("html", "pdf"):
        raise wrong_content(file, kind if kind != "text" else "binary")
    return text


def separator_of(text: str) -> str:
    """Return the separator that cuts the first rows into most fields in order."""
    return max(SEPARATORS, key=lambda separator: _fields_in_order(text, separator))


def _fields_in_order(text: str, separator: str) -> int:
    """Count the fields of those first rows that are as long as the names."""
    lines = (found[0] for found in LINE.finditer(text, 0, LONGEST_ROW))
    reader = csv.reader(lines, delimiter=separator)
    try:
        widths = [len(row) for row in islice(reader, ROWS_LOOKED_AT) if row]
    except csv.Error:
        return 0
    names = widths[0] if widths else 0
    return names * widths.count(names) if names > 1 else 0


def _rows(text: str, separator: str, file: str, *, lines_before: int) -> Iterator[list[str]]:
    begins = ends = width = 0
    line = lines_before + 1

    def lines() -> Iterator[str]:
        nonlocal ends
        for found in LINE.finditer(text):
            ends = found.end()
            if ends - begins > LONGEST_ROW:
                raise SurveyError("file_row_too_long", path=file, line=line, most=LONGEST_ROW)
            yield found[0]

    reader = csv.reader(lines(), delimiter=separator, strict=True)
    try:
        for row in reader:
            check_columns(file, len(row))
            if not all(map(is_blank, row)):
                width = width or len(row)
                if len(row) < width or not all(map(is_blank, row[width:])):
                    raise _ragged(file, line, len(row), width, separator)
                yield row[:width]
            line, begins = lines_before + reader.line_num + 1, ends
    except csv.Error as error:
        longest = csv.field_size_limit()
        if ends - begins > longest:
            raise SurveyError("file_field_too_long", path=file, line=line, most=longest) from error
        raise SurveyError("file_quotes", path=file, line=line) from error


def _ragged(file: str, line: int, found: int, expected: int, separator: str) -> SurveyError:
    name = SEPARATORS.get(separator)
    shown = sentence(f"errors.separator.{name}") if name else f"'{separator}'"
    return SurveyError(
        "file_ragged", path=file, line=line, found=found, expected=expected, separator=shown
    )


def _mostly_utf8(content: bytes) -> bool:
    text = content.decode("utf-8", errors="surrogateescape")
    sound = content.decode("utf-8", errors="ignore")
    strange = len(text) - len(sound)
    accents = len(sound) - len(sound.encode("ascii", errors="ignore"))
    return accents >= strange
