"""Decide of every column whether it holds numbers or texts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isnan, nan

import numpy as np
import pandas as pd

from cxdrivers.reading.numerals import MARKS, number

BLANK_MARKS = frozenset({"NA", "NaN", "#NULL!"})
"""What R, pandas and SPSS write for a blank in a column of numbers."""

MOST_EXACT = 2**53
"""The whole numbers up to here are all different as float64."""

Reading = Mapping[Hashable, float]


def typed_columns(
    columns: Sequence[Sequence[Hashable]], *, decimal: str | None, otherwise: str
) -> list[pd.Series]:
    """Return every column as numbers (float64, blanks NaN) or as texts (blanks None).

    A column holds numbers when every cell that is not blank is a number, or writes one in the
    decimal mark of the file; cells that are `BLANK_MARKS` count as blank there, and only there.
    In any other column every text stays as it was written. Without `decimal`, the mark is the one
    with which more columns are numbers, and with equally many it is `otherwise`.

    Parameters
    ----------
    columns
        The cells of every column: texts, or what a workbook holds.
    decimal
        The decimal mark, when somebody has said it.
    otherwise
        The decimal mark when nothing in the columns tells.
    """
    mark = decimal or decimal_mark(columns, otherwise)
    return [_typed(column, mark) for column in columns]


def decimal_mark(columns: Sequence[Sequence[Hashable]], otherwise: str) -> str:
    """Return the decimal mark with which more columns are numbers, or `otherwise`."""
    votes = dict.fromkeys(MARKS, 0)
    for column in columns:
        cells = set(column)
        for mark in MARKS:
            votes[mark] += _read(cells, mark) is not None
    return otherwise if votes["."] == votes[","] else max(MARKS, key=votes.__getitem__)


def texts(column: Iterable[object]) -> pd.Series:
    """Return cells as texts, with None for blanks.

    Dates are written as ISO 8601 has it, without the time when all of them are midnight.
    """
    cells = list(column)
    if all(cell.time() == time() for cell in cells if isinstance(cell, datetime)):
        cells = [cell.date() if isinstance(cell, datetime) else cell for cell in cells]
    return pd.Series([_text(cell) for cell in cells], dtype=object)


def is_blank(cell: object) -> bool:
    """Return whether a cell holds nothing, or nothing but white space."""
    if isinstance(cell, str):
        return not cell or cell.isspace()
    return cell is None or (isinstance(cell, float) and isnan(cell))


def quantity(cell: object) -> float | None:
    """Return a cell that is a number, a yes or no, or a length of time in seconds, as a number.

    A time without a date is a length of time. A whole number that a float64 cannot hold is the
    name of something, and no number.
    """
    if isinstance(cell, int):
        return float(cell) if abs(cell) <= MOST_EXACT else None
    if isinstance(cell, float | Decimal):
        return float(cell)
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6
    return None


def _typed(column: Sequence[Hashable], mark: str) -> pd.Series:
    numbers = _read(set(column), mark)
    return texts(column) if numbers is None else _numbers(column, numbers)


def _read(cells: Iterable[Hashable], mark: str) -> Reading | None:
    found: dict[Hashable, float] = {}
    for cell in cells:
        if is_blank(cell):
            value: float | None = nan
        elif isinstance(cell, str):
            bare = cell.strip()
            value = nan if bare in BLANK_MARKS else number(bare, mark)
        else:
            value = quantity(cell)
        if value is None:
            return None
        found[cell] = value
    only_marks = all(map(isnan, found.values())) and not all(map(is_blank, found))
    return None if only_marks else found


def _numbers(column: Sequence[Hashable], reading: Reading) -> pd.Series:
    values = np.fromiter(map(reading.__getitem__, column), np.float64, len(column))
    return pd.Series(values)


def _text(cell: object) -> str | None:
    if is_blank(cell):
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return str(cell)
