"""Turn rows of cells, the first with the names of the columns, into a frame."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from cxdrivers.errors import SurveyError
from cxdrivers.reading.cells import decimal_mark, is_blank, texts, typed_columns

Row = Sequence[Hashable]

DECIMAL = "decimal"
"""Among the attributes of a frame: the decimal mark of numbers that stand as text beside codes."""


def frame_of_rows(
    rows: Sequence[Row], file: str, *, decimal: str | None, otherwise: str = "."
) -> pd.DataFrame:
    """Return a frame of rows that are equally long, the first with the names.

    A row without a single value is no row, and a column with neither a name nor a value is no
    column: spreadsheets leave such rows and columns behind.

    Parameters
    ----------
    rows
        The cells.
    file
        Name of the file, for errors.
    decimal, otherwise
        As `typed_columns`.

    Raises
    ------
    SurveyError
        Two columns of one name, a column of values without a name, or no rows below the names.
    """
    filled = [row for row in rows if not all(map(is_blank, row))]
    if not filled:
        raise SurveyError("file_empty", path=file)
    names = [(name or "").strip() for name in texts(filled[0])]
    check_names(names, file)
    if len(filled) == 1:
        raise SurveyError("file_no_rows", path=file, columns=[name for name in names if name])
    columns = list(zip(*filled[1:], strict=True))
    for place, (name, column) in enumerate(zip(names, columns, strict=True), start=1):
        if not name and not all(map(is_blank, column)):
            raise SurveyError("file_column_unnamed", path=file, position=place)
    named = [column for name, column in zip(names, columns, strict=True) if name]
    mark = decimal or decimal_mark(named, otherwise)
    typed = typed_columns(named, decimal=mark, otherwise=otherwise)
    frame = pd.DataFrame(dict(zip(filter(None, names), typed, strict=True)))
    frame.attrs[DECIMAL] = mark
    return frame


def check_names(names: Sequence[str], file: str) -> None:
    """Refuse two columns of one name.

    Raises
    ------
    SurveyError
        Naming it and both positions.
    """
    first: dict[str, int] = {}
    for place, name in enumerate(names, start=1):
        if name and name in first:
            raise SurveyError(
                "file_column_twice", path=file, column=name, first=first[name], second=place
            )
        first[name] = place
