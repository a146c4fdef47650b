"""Read an SPSS file with its labels and the codes it declares missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.errors import SurveyError
from cxdrivers.reading.cells import texts
from cxdrivers.reading.contents import damaged
from cxdrivers.reading.extras import import_for
from cxdrivers.reading.table import Code, Source, Table

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
    pyreadstat = import_for(path.name, "pyreadstat")
    try:
        columns, about = pyreadstat.read_sav(
            str(path), user_missing=True, disable_datetime_conversion=True, output_format="dict"
        )
    except (
        pyreadstat.ReadstatError,
        pyreadstat.PyreadstatError,
        ValueError,
        LookupError,
        OverflowError,
        MemoryError,
    ) as error:
        raise damaged(path.name, "sav", error) from error
    formats = about.original_variable_types
    frame = pd.DataFrame(
        {name: _column(cells, str(formats.get(name))) for name, cells in columns.items()}
    )
    if frame.empty:
        raise SurveyError("file_no_rows", path=path.name, columns=list(frame.columns))
    return Table(
        frame,
        source,
        column_labels={
            name: label for name, label in about.column_names_to_labels.items() if label
        },
        value_labels={name: dict(of) for name, of in about.variable_value_labels.items() if of},
        missing_codes={
            name: _codes(frame[name], ranges)
            for name, ranges in about.missing_ranges.items()
            if ranges
        },
    )


def _column(cells: Iterable[Any], written: str) -> pd.Series:
    listed = list(cells)
    if any(isinstance(cell, str) for cell in listed):
        return texts(listed)
    values = np.array(listed, dtype=np.float64)
    known = np.isfinite(values)
    is_date = written.rstrip("0123456789.") in DATE_FORMATS
    if not is_date or (np.abs(values[known]) > MOST_SECONDS).any():
        return pd.Series(values)
    moments = FIRST_DAY + np.where(known, values, 0).astype("timedelta64[s]")
    at_midnight = not (values[known] % SECONDS_OF_A_DAY).any()
    shown = np.datetime_as_string(moments, unit="D" if at_midnight else "s").tolist()
    return texts(text if given else None for text, given in zip(shown, known, strict=True))


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
