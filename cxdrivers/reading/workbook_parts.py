"""Read the parts of an Excel workbook: the rows of the sheet that holds the answers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

from cxdrivers.errors import SurveyError, nearest
from cxdrivers.reading.allowance import check_size
from cxdrivers.reading.contents import damaged
from cxdrivers.reading.extras import import_for
from cxdrivers.reading.zip_sizes import MOST_SHEET_CELLS, check_zip

Rows = list[list[Hashable]]

CELLS_AT_ONCE = 100_000
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the part in which Excel keeps a workbook behind a password."""


def parts(path: str | Path, *, sheet: str | None = None) -> Iterator[Rows]:
    """Yield the rows of a sheet, some at a time.

    Without `sheet` it is the only visible sheet that holds something.

    Raises
    ------
    SurveyError
        A damaged or protected workbook, one that is larger than any survey, no such sheet, or
        several sheets to choose from.
    """
    place = Path(path)
    calamine = import_for(place.name, "python_calamine")
    check_zip(place)
    try:
        with place.open("rb") as file:
            workbook = calamine.CalamineWorkbook.from_filelike(file)
            rows = _rows(workbook, calamine, place.name, sheet)
    except calamine.CalamineError as error:
        if isinstance(error, calamine.PasswordError) or ENCRYPTED in place.read_bytes():
            raise SurveyError("file_protected", path=place.name) from error
        raise damaged(place.name, "workbook", error) from error
    at_once = max(1, CELLS_AT_ONCE // max(map(len, rows)))
    for start in range(0, len(rows), at_once):
        yield rows[start : start + at_once]


def _rows(workbook: Any, calamine: Any, file: str, name: str | None) -> Rows:
    names = [
        entry.name
        for entry in workbook.sheets_metadata
        if entry.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    if name is not None:
        if name not in names:
            near = nearest(name, names)
            raise SurveyError("file_sheet_unknown", path=file, sheet=name, near=near, sheets=names)
        chosen = workbook.get_sheet_by_name(name)
        if chosen.start is None:
            raise SurveyError("file_sheet_empty", path=file, sheet=name)
        return _cells(chosen, file)
    visible = [
        entry.name
        for entry in workbook.sheets_metadata
        if entry.visible == calamine.SheetVisibleEnum.Visible and entry.name in names
    ]
    filled = [name for name in visible if workbook.get_sheet_by_name(name).start is not None]
    if not filled:
        raise SurveyError("file_empty", path=file)
    if len(filled) > 1:
        raise SurveyError("file_sheets_several", path=file, sheets=filled)
    return _cells(workbook.get_sheet_by_name(filled[0]), file)


def _cells(sheet: Any, file: str) -> Rows:
    check_size(file, sheet.height, sheet.width, MOST_SHEET_CELLS)
    rows: Rows = sheet.to_python()
    return rows
