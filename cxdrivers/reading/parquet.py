"""Read a Parquet file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.errors import SurveyError
from cxdrivers.reading.cells import is_blank, quantity, texts
from cxdrivers.reading.contents import damaged
from cxdrivers.reading.extras import import_for
from cxdrivers.reading.grid import check_names
from cxdrivers.reading.table import Source, Table


def read_parquet(path: Path, source: Source) -> Table:
    """Return the table of a Parquet file: quantities as numbers, all else as texts.

    Yes and no become 1 and 0, times and durations seconds, dates ISO texts. Text columns stay
    text. A column of whole numbers that a float64 cannot hold becomes text.

    Raises
    ------
    SurveyError
        When the file is damaged or cut off, has no rows, or two columns of one name.
    """
    arrow = import_for(path.name, "pyarrow")
    parquet = import_for(path.name, "pyarrow.parquet")
    try:
        with path.open("rb") as file:
            table = parquet.ParquetFile(file).read()
        columns = [_column(column, arrow.types) for column in table.columns]
    except (arrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise damaged(path.name, "parquet", error) from error
    names = [name.strip() for name in table.column_names]
    check_names(names, path.name)
    if not table.num_rows:
        raise SurveyError("file_no_rows", path=path.name, columns=names)
    return Table(pd.DataFrame(dict(zip(names, columns, strict=True))), source)


def _column(column: Any, types: Any) -> pd.Series:
    if types.is_floating(column.type):
        return pd.Series(column.to_numpy().astype(np.float64))
    cells = column.to_pylist()
    values = [np.nan if is_blank(cell) else quantity(cell) for cell in cells]
    if None in values or any(isinstance(cell, str) for cell in cells):
        return texts(cells)
    return pd.Series(values, dtype=np.float64)
