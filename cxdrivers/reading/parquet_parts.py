"""Read the parts of a Parquet file: its columns, as a stream of Arrow."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cxdrivers.errors import SurveyError
from cxdrivers.reading.allowance import check_size
from cxdrivers.reading.contents import damaged
from cxdrivers.reading.extras import import_for

ROWS_AT_ONCE = 100_000
MOST_BYTES = 512 * 2**20
"""Of all columns together, unpacked, equal texts counted once."""


def parts(path: str | Path) -> Iterator[bytes]:
    """Yield the table as a stream of Arrow, in pieces; equal texts stand once in it.

    A column of lists or records becomes one of texts.

    Raises
    ------
    SurveyError
        When the file is damaged, cut off, or larger than any survey.
    """
    file = Path(path).name
    arrow = import_for(file, "pyarrow")
    parquet = import_for(file, "pyarrow.parquet")
    try:
        with Path(path).open("rb") as opened:
            about = parquet.ParquetFile(opened).metadata
            check_size(file, about.num_rows, about.num_columns)
            leaves = [about.schema.column(place) for place in range(about.num_columns)]
            texts = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY"]
            table = parquet.ParquetFile(opened, read_dictionary=texts).read()
        columns = [_flat(column, arrow) for column in table.columns]
        flat = arrow.Table.from_arrays(columns, names=table.column_names).unify_dictionaries()
        flat.validate(full=True)
        if flat.nbytes > MOST_BYTES:
            raise _too_much(file, flat)
    except (arrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        if isinstance(error, SurveyError):
            raise
        raise damaged(file, "parquet", error) from error
    sink = _Sink()
    with arrow.ipc.new_stream(arrow.PythonFile(sink, "w"), flat.schema) as stream:
        for batch in flat.to_batches(ROWS_AT_ONCE):
            stream.write_batch(batch)
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """Hold what a stream writes until it is taken."""

    closed = False

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since it was taken last."""
        held = b"".join(self.pieces)
        self.pieces.clear()
        return held

    def flush(self) -> None:
        """Do nothing: it holds nothing back."""

    close = flush


def _flat(column: Any, arrow: Any) -> Any:
    """Return a column of single values: what is nested is written as text."""
    if not arrow.types.is_nested(column.type):
        return column
    written = [None if cell is None else str(cell) for cell in column.to_pylist()]
    return arrow.chunked_array([arrow.array(written, arrow.string())])


def _too_much(file: str, table: Any) -> SurveyError:
    return SurveyError("file_too_much", path=file, rows=table.num_rows, most=MOST_BYTES // 2**20)
