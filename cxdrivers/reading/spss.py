"""Read an SPSS file with its labels and the codes it declares missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cxdrivers.errors import SurveyError
from cxdrivers.reading.allowance import Allowance
from cxdrivers.reading.apart import read_apart
from cxdrivers.reading.cells import texts
from cxdrivers.reading.extras import check_package
from cxdrivers.reading.table import Code, Source, Table

FloatArray = NDArray[np.float64]

FIRST_DAY = np.datetime64("1582-10-14T00:00:00", "s")
"""SPSS counts seconds from the day before the Gregorian calendar."""

DATE_FORMATS = (
    *("DATE", "ADATE", "EDATE", "JDATE", "SDATE"),
    *("QYR", "MOYR", "WKYR", "DATETIME", "YMDHMS"),
)
SECONDS_OF_A_DAY = 86400
MOST_SECONDS = 1e14
"""About three million years: what lies beyond is no date."""


def read_spss(path: Path, source: Source) -> Table:
    """Return the table of a ``.sav`` or ``.zsav`` file, every code kept as it is.

    Dates become ISO texts; times are lengths of time and stay seconds. Text columns stay text.

    Raises
    ------
    SurveyError
        When the file is damaged, cut off, or without columns or rows.
    """
    check_package(path.name, "pyreadstat")
    about, *blocks = read_apart("spss_parts", path, "sav")
    formats, allowance = about["formats"], Allowance(path.name)
    frame = pd.DataFrame(
        {
            name: _column([block.pop(name) for block in blocks], formats.get(name, ""), allowance)
            for name in list(blocks[0])
        }
    )
    if frame.empty:
        raise SurveyError("file_no_rows", path=path.name, columns=list(frame.columns))
    return Table(
        frame,
        source,
        column_labels=about["labels"],
        value_labels=about["value_labels"],
        missing_codes={
            name: _codes(frame[name], ranges) for name, ranges in about["missing"].items()
        },
    )


def _column(blocks: list[bytes | list[Any]], written: str, allowance: Allowance) -> pd.Series:
    if any(isinstance(block, list) for block in blocks):
        return texts(cell for block in blocks for cell in allowance.row(_cells(block)))
    values = np.concatenate([_numbers(block) for block in blocks])
    known = np.isfinite(values)
    is_date = written.rstrip("0123456789.") in DATE_FORMATS
    if not is_date or (np.abs(values[known]) > MOST_SECONDS).any():
        return pd.Series(values)
    moments = FIRST_DAY + np.where(known, values, 0).astype("timedelta64[s]")
    at_midnight = not (values[known] % SECONDS_OF_A_DAY).any()
    shown = np.datetime_as_string(moments, unit="D" if at_midnight else "s").tolist()
    return texts(text if given else None for text, given in zip(shown, known, strict=True))


def _numbers(block: Any) -> FloatArray:
    return np.frombuffer(block, dtype=np.float64)


def _cells(block: bytes | list[Any]) -> list[Any]:
    """Return the cells of a block of texts; one of nothing but blanks came as numbers."""
    return block if isinstance(block, list) else [None] * len(_numbers(block))


def _codes(column: pd.Series, ranges: Iterable[Mapping[str, Code]]) -> tuple[Code, ...]:
    """Return single codes as declared, and of a range the codes that occur."""
    found: dict[Code, None] = {}
    for ends in ranges:
        low, high = ends["lo"], ends["hi"]
        if low == high:
            found[low.rstrip() if isinstance(low, str) else low] = None
        elif pd.api.types.is_numeric_dtype(column):
            inside = column[column.between(low, high)]
            found |= dict.fromkeys(float(code) for code in sorted(set(inside)))
    return tuple(found)
