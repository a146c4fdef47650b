"""Read a Parquet file."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from cxdrivers.errors import SurveyError
from cxdrivers.reading.allowance import Allowance
from cxdrivers.reading.apart import read_apart
from cxdrivers.reading.cells import MOST_EXACT, is_blank, quantity, texts
from cxdrivers.reading.contents import damaged
from cxdrivers.reading.extras import check_package, import_for
from cxdrivers.reading.grid import check_names
from cxdrivers.reading.table import Source, Table


def read_parquet(path: Path, source: Source) -> Table:
    """Return the table of a Parquet file: quantities as numbers, all else as texts.

    Yes and no become 1 and 0, times and durations seconds, dates ISO texts. Text columns stay
    text. A column of whole numbers that a float64 cannot hold becomes text, and so do lists.

    Raises
    ------
    SurveyError
        When the file is damaged or cut off, has no rows, or two columns of one name.
    """
    check_package(path.name, "pyarrow")
    arrow = import_for(path.name, "pyarrow")
    import_for(path.name, "pyarrow.compute")
    stream = b"".join(read_apart("parquet_parts", path, "parquet"))
    table = arrow.ipc.open_stream(stream).read_all()
    names = [name.strip() for name in table.column_names]
    check_names(names, path.name)
    if not table.num_rows:
        raise SurveyError("file_no_rows", path=path.name, columns=names)
    allowance = Allowance(path.name)
    try:
        columns = [_column(column, arrow, allowance) for column in table.columns]
    except (arrow.ArrowException, ValueError, OverflowError) as error:
        if isinstance(error, SurveyError):
            raise
        raise damaged(path.name, "parquet", error) from error
    return Table(pd.DataFrame(dict(zip(names, columns, strict=True))), source)


def _column(column: Any, arrow: Any, allowance: Allowance) -> pd.Series:
    if arrow.types.is_floating(column.type):
        return pd.Series(column.to_numpy().astype(np.float64))
    if arrow.types.is_integer(column.type) and _fits(column, arrow):
        numbers = column.cast(arrow.float64())
        return pd.Series(numbers.to_numpy(zero_copy_only=False).astype(np.float64))
    places, distinct = _distinct(column, arrow)
    cells = allowance.row(distinct)
    values = [np.nan if is_blank(cell) else quantity(cell) for cell in cells]
    used = np.unique(places).tolist()
    if any(values[place] is None or isinstance(cells[place], str) for place in used):
        return texts(map(cells.__getitem__, places.tolist()))
    return pd.Series(np.array(values, dtype=np.float64)[places])


def _fits(column: Any, arrow: Any) -> bool:
    """Return whether a float64 holds every whole number of a column."""
    ends = arrow.compute.min_max(column).as_py().values()
    return all(end is None or abs(end) <= MOST_EXACT for end in ends)


def _distinct(column: Any, arrow: Any) -> tuple[Any, Sequence[Hashable]]:
    """Return which of the distinct cells stands in each row, and those cells."""
    try:
        coded = column.dictionary_encode().unify_dictionaries().combine_chunks()
    except arrow.ArrowNotImplementedError:
        return np.arange(len(column)), column.to_pylist()
    distinct = [*coded.dictionary.to_pylist(), None]
    return coded.indices.fill_null(len(distinct) - 1).to_numpy(), distinct
