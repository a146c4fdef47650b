"""Read a sheet of an Excel workbook."""

from __future__ import annotations

from pathlib import Path

from cxdrivers.reading.allowance import Allowance
from cxdrivers.reading.apart import read_apart
from cxdrivers.reading.extras import check_package
from cxdrivers.reading.grid import frame_of_rows
from cxdrivers.reading.table import Source, Table


def read_workbook(path: Path, source: Source, *, sheet: str | None, decimal: str | None) -> Table:
    """Return the table on a sheet of a workbook.

    Without `sheet` it is the only visible sheet that holds something. Numbers typed as text
    become numbers by the rule of `typed_columns`, with a decimal point where nothing tells; yes
    and no become 1 and 0, times seconds, dates ISO texts, and Excel's own errors blanks. Of a
    formula the value is taken that Excel has stored with it; nothing is calculated.

    Raises
    ------
    SurveyError
        A damaged or protected workbook, no such sheet, several sheets to choose from, and all
        that `frame_of_rows` refuses.
    """
    check_package(path.name, "python_calamine")
    allowance = Allowance(path.name)
    blocks = read_apart("workbook_parts", path, "workbook", sheet=sheet)
    rows = [allowance.row(row) for block in blocks for row in block]
    return Table(frame_of_rows(rows, path.name, decimal=decimal), source)
