"""Read a sheet of an Excel workbook."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.contents import damaged
from cxdrivers.reading.extras import import_for
from cxdrivers.reading.grid import frame_of_rows
from cxdrivers.reading.table import Source, Table

Sheet = list[list[Hashable]]

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the part in which Excel keeps a workbook behind a password."""


def read_workbook(path: Path, source: Source, *, sheet: str | None, decimal: str | None) -> Table:
    """Return the table on a sheet of a workbook.

    Without `sheet` it is the only visible sheet that holds something. Numbers typed as text
    become numbers by the rule of `typed_columns`, with a decimal point where nothing tells; yes
    and no become 1 and 0, times seconds, dates ISO texts, and Excel's own errors blanks.

    Raises
    ------
    SurveyError
        A damaged or protected workbook, no such sheet, several sheets to choose from, and all
        that `frame_of_rows` refuses.
    """
    calamine = import_for(path.name, "python_calamine")
    try:
        with path.open("rb") as file:
            workbook = calamine.CalamineWorkbook.from_filelike(file)
            rows = _rows(workbook, calamine, path.name, sheet)
    except calamine.CalamineError as error:
        if isinstance(error, calamine.PasswordError) or ENCRYPTED in path.read_bytes():
            raise SurveyError("file_protected", path=path.name) from error
        raise damaged(path.name, "workbook", error) from error
    return Table(frame_of_rows(rows, path.name, decimal=decimal), source)


def _rows(workbook: Any, calamine: Any, file: str, sheet: str | None) -> Sheet:
    names = [
        entry.name
        for entry in workbook.sheets_metadata
        if entry.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    if sheet is not None:
        if sheet not in names:
            near = nearest(sheet, names)
            raise SurveyError("file_sheet_unknown", path=file, sheet=sheet, near=near, sheets=names)
        chosen: Sheet = workbook.get_sheet_by_name(sheet).to_python()
        if not chosen:
            raise SurveyError("file_sheet_empty", path=file, sheet=sheet)
        return chosen
    visible = {
        entry.name
        for entry in workbook.sheets_metadata
        if entry.visible == calamine.SheetVisibleEnum.Visible
    }
    read = {name: workbook.get_sheet_by_name(name).to_python() for name in names if name in visible}
    filled = [name for name, rows in read.items() if rows]
    if not filled:
        raise SurveyError("file_empty", path=file)
    if len(filled) > 1:
        raise SurveyError("file_sheets_several", path=file, sheets=filled)
    only: Sheet = read[filled[0]]
    return only
