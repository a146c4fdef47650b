"""Let DuckDB read files of Parquet and CSV that need not fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import narwhals as nw
import pandas as pd

from cxdrivers.errors import CxError, SurveyError
from cxdrivers.moments.warehouse.engine_route import Engine, Frame, InEngine
from cxdrivers.moments.warehouse.engines import IDENTITY, engine_errors, first_line
from cxdrivers.moments.warehouse.part_tables import SLICE
from cxdrivers.moments.warehouse.watching import watched

PARQUET, CSV = "parquet", "csv"
KINDS = {".parquet": PARQUET, ".pq": PARQUET, ".csv": CSV, ".tsv": CSV, ".txt": CSV}
PACKED = (".gz", ".zst")

FILE_SHIFT = 2**40
"""Rows of a file are numbered from this on, times the place of the file."""
LEAST_MEMORY, MEMORY_A_THREAD = 250, 125
"""Megabytes that DuckDB may use, at least and for each thread, before it uses the disk."""
KEPT, SHOWN = "cxdrivers_kept", "cxdrivers_shown"
CHUNK = 5
"""How many times 2,048 lines are taken over at a time."""


@contextmanager
def opened_files(path: str | Path, *, decimal: str | None = None) -> Iterator[InEngine]:
    """Open files of Parquet or CSV, to be added up without ever being in memory as a whole.

    A CSV file is first written as Parquet in a temporary folder, since it is read several times.

    Parameters
    ----------
    path
        A file, or a pattern such as ``answers/*.parquet``.
    decimal
        The decimal mark of a CSV file, where it is not a point.

    Raises
    ------
    SurveyError
        When there is no such file, it is a folder or of another kind, or it cannot be read.
    CxError
        When DuckDB is not installed.
    """
    files = _found(path)
    kind = _kind(files)
    if find_spec("duckdb") is None:
        raise CxError("extra_needed", package="duckdb", extra="scale")
    import duckdb  # noqa: PLC0415  (only files need it)

    with TemporaryDirectory(prefix="cxdrivers-") as folder:
        connection = duckdb.connect(config={"temp_directory": folder})
        try:
            with _readable(path):
                _settle(connection)
                if kind == CSV:
                    files = [_as_parquet(connection, files, folder, decimal)]
                number = f"file_index::BIGINT * {FILE_SHIFT} + file_row_number AS {IDENTITY}"
                source = f"read_parquet({_listed(files)})"
                relation = connection.sql(f"SELECT *, {number} FROM {source}")  # noqa: S608
                yield InEngine(nw.from_native(relation).lazy(), _OwnEngine(connection))
        finally:
            connection.close()


class _OwnEngine(Engine):
    """A connection of DuckDB that nobody else uses."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def fetch(self, query: Frame) -> Iterator[nw.DataFrame[Any]]:
        """Have a query done, show how far it is, and yield some of its lines at a time."""
        yield from self._fetched(nw.to_native(query).sql_query())

    def lend(self, table: pd.DataFrame) -> Frame:
        """Return a small table as one of DuckDB."""
        return self._frame(self.connection.from_df(table))

    def fetch_parts(
        self, rows: Frame, slices: int, asked: Callable[[Frame], Frame]
    ) -> Iterator[nw.DataFrame[Any]]:
        """Put rows aside, have a query done of each slice of them, and yield its lines."""
        if slices == 1:
            yield from self.fetch(asked(rows))
            return
        with watched(self.connection):
            made = nw.to_native(rows).sql_query()
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {KEPT} AS {made}")
        self._show(0)
        query = nw.to_native(asked(self._frame(self.connection.view(SHOWN)))).sql_query()
        for place in range(slices):
            self._show(place)
            yield from self._fetched(query)

    def _show(self, place: int) -> None:
        """Let a view be the rows of one slice: a query of it need then be written only once."""
        some = f"SELECT * FROM {KEPT} WHERE {SLICE} = {place}"  # noqa: S608
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {SHOWN} AS {some}")

    def _fetched(self, query: str) -> Iterator[nw.DataFrame[Any]]:
        with watched(self.connection):
            self.connection.execute(query)
            chunk = self.connection.fetch_df_chunk(CHUNK)
        yield nw.from_native(chunk)
        while len(chunk):
            chunk = self.connection.fetch_df_chunk(CHUNK)
            yield nw.from_native(chunk)

    def _frame(self, relation: Any) -> Frame:
        frame: Frame = nw.from_native(relation).lazy()
        return frame


@contextmanager
def _readable(path: str | Path) -> Iterator[None]:
    """Say of what DuckDB cannot read which file it is."""
    try:
        yield
    except engine_errors() as error:
        raise SurveyError("file_not_added_up", path=str(path), reason=first_line(error)) from error


def _settle(connection: Any) -> None:
    """Keep DuckDB from filling the memory, and from writing its progress on the screen."""
    threads = connection.execute("SELECT current_setting('threads')").fetchone()[0]
    memory = max(LEAST_MEMORY, MEMORY_A_THREAD * int(threads))
    for setting in (f"memory_limit = '{memory}MB'", "preserve_insertion_order = false"):
        connection.execute(f"SET {setting}")
    with suppress(*engine_errors()):  # in a notebook DuckDB tells its progress to widgets only
        connection.execute("SET enable_progress_bar = true")
        connection.execute("SET enable_progress_bar_print = false")


def _found(path: str | Path) -> list[str]:
    """Return the files that a path or a pattern means, in order."""
    here = Path(path)
    if here.is_dir():
        raise SurveyError("files_in_folder", path=str(path))
    files = [str(path)] if here.is_file() else sorted(glob(str(path), recursive=True))  # noqa: PTH207
    files = [file for file in files if Path(file).is_file()]
    if not files:
        raise SurveyError("files_not_found", path=str(path))
    return files


def _kind(files: Sequence[str]) -> str:
    kinds = {}
    for file in files:
        suffixes = [each.lower() for each in Path(file).suffixes]
        if suffixes and suffixes[-1] in PACKED:
            suffixes.pop()
        kinds[KINDS.get(suffixes[-1] if suffixes else "")] = file
    if None in kinds:
        raise SurveyError("files_of_another_kind", path=kinds[None])
    if len(kinds) > 1:
        raise SurveyError("files_of_two_kinds", first=kinds[PARQUET], second=kinds[CSV])
    return str(next(iter(kinds)))


def _as_parquet(connection: Any, files: Sequence[str], folder: str, decimal: str | None) -> str:
    """Write CSV files as one of Parquet, in the order of their rows, and return its path."""
    made = str(Path(folder) / "answers.parquet")
    mark = f", decimal_separator = {_literal(decimal)}" if decimal else ""
    source = f"read_csv({_listed(files)}, sample_size = -1{mark})"
    connection.execute("SET preserve_insertion_order = true")
    with watched(connection):
        connection.execute(f"COPY (FROM {source}) TO {_literal(made)} (FORMAT parquet)")
    connection.execute("SET preserve_insertion_order = false")
    return made


def _listed(files: Sequence[str]) -> str:
    return f"[{', '.join(map(_literal, files))}]"


def _literal(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
