"""Read a client's file, whatever program wrote it."""

from __future__ import annotations

import os
from hashlib import file_digest
from pathlib import Path

from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.allowance import LARGEST_TEXT
from cxdrivers.reading.contents import BYTES_LOOKED_AT, FITTING, content_of, wrong_content
from cxdrivers.reading.delimited import read_delimited
from cxdrivers.reading.numerals import MARKS
from cxdrivers.reading.parquet import read_parquet
from cxdrivers.reading.spss import read_spss
from cxdrivers.reading.table import Source, Table
from cxdrivers.reading.workbook import read_workbook

KINDS = {
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",
    ".sav": "sav",
    ".zsav": "sav",
    ".parquet": "parquet",
}
"""What an extension promises."""

LONGEST_NAME, SHOWN = 255, 40
"""Bytes of a name: systems have no longer ones."""
HELD = {"xlsx": ("workbook", "zip", "old_office"), "sav": ("sav",), "parquet": ("parquet",)}
"""How the contents of each kind may begin; text is judged as a whole."""


def read_table(path: str | Path, *, sheet: str | None = None, decimal: str | None = None) -> Table:
    """Read a CSV, Excel, SPSS or Parquet file as it is, before anybody says what it means.

    The same answers give the same float64 numbers, to the last bit, from every kind of file.
    Nothing is guessed about codes: 99 stays 99, and "n.v.t." stays a text.

    In CSV and Excel a column holds numbers when every value in it is one, written in the one
    style of the file; otherwise it stays text as it was written, and so does a column in which a
    number begins with a needless zero ("0031") or has more than fifteen digits before its
    decimals: that is an identifier. Empty cells are blanks. "NA", "NaN" and "#NULL!", which R,
    pandas and SPSS write, are blanks in a column that otherwise holds numbers, and texts in any
    other. White space around column names goes; rows without a single value are no rows, and
    columns with neither a name nor a value no columns.

    Parameters
    ----------
    path
        The file. Its extension says what it is: ``.csv``, ``.txt``, ``.tsv``, ``.tab``,
        ``.xlsx``, ``.xlsm``, ``.xls``, ``.sav``, ``.zsav`` or ``.parquet``.
    sheet
        Which sheet of a workbook to read, when several hold something. Other files have none.
    decimal
        The decimal mark of numbers written as text, "." or ",". By default the one with which
        more columns hold numbers; where nothing tells (``1,234`` alone), a comma in a file with
        semicolons and a point in any other.

    Returns
    -------
    Table
        The frame, where it came from, and what the file itself says about its columns.

    Raises
    ------
    SurveyError
        Whatever is wrong with the file, in a sentence that says what to do about it.
    """
    file = Path(path)
    if len(os.fsencode(file.name)) > LONGEST_NAME:
        raise SurveyError("file_name_too_long", path=f"{file.name[:SHOWN]}…", most=LONGEST_NAME)
    if decimal is not None and decimal not in MARKS:
        raise SurveyError("decimal_unknown", decimal=decimal)
    try:
        _check_there(file)
        kind = _kind(file)
        with file.open("rb") as opened:
            head = opened.read(BYTES_LOOKED_AT)
            opened.seek(0)
            source = Source(file.name, kind, file_digest(opened, "sha256").hexdigest())
    except PermissionError as error:
        raise SurveyError("file_not_opened", path=file.name) from error
    if not head:
        raise SurveyError("file_empty", path=file.name)
    if kind == "csv":
        size = file.stat().st_size
        if size > LARGEST_TEXT:
            facts = {"size": size // 2**20, "most": LARGEST_TEXT // 2**20}
            raise SurveyError("file_too_large", path=file.name, **facts)
        return Table(read_delimited(file.read_bytes(), file.name, decimal=decimal), source)
    content = content_of(head)
    if content not in HELD[kind]:
        raise wrong_content(file.name, content)
    if kind == "xlsx":
        return read_workbook(file, source, sheet=sheet, decimal=decimal)
    return read_spss(file, source) if kind == "sav" else read_parquet(file, source)


def _check_there(file: Path) -> None:
    if file.is_dir():
        raise SurveyError("file_is_folder", path=file.name or str(file))
    if not file.exists():
        folder = file.parent
        others = sorted(other.name for other in folder.iterdir()) if folder.is_dir() else []
        near = nearest(file.name, others)
        raise SurveyError("file_not_found", path=file.name, folder=folder, near=near)
    if not file.is_file():
        raise SurveyError("file_no_file", path=file.name)


def _kind(file: Path) -> str:
    extension, known = file.suffix.lower(), list(FITTING.values())
    if not extension:
        raise SurveyError("file_without_extension", path=file.name, known=known)
    if extension not in KINDS:
        raise SurveyError(
            "file_extension_unknown", path=file.name, extension=extension, known=known
        )
    return KINDS[extension]
