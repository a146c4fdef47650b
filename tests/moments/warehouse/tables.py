"""The same answers as a table of every kind that can be added up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pytest

IBIS_WARNINGS = (
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option"),
)
"""What Ibis makes pandas and DuckDB warn of, which is not ours to mend."""


def as_polars(frame: pd.DataFrame, folder: Path) -> Any:
    del folder
    return pl.from_pandas(frame)


def as_lazy_polars(frame: pd.DataFrame, folder: Path) -> Any:
    return as_polars(frame, folder).lazy()


def as_arrow(frame: pd.DataFrame, folder: Path) -> Any:
    return as_polars(frame, folder).to_arrow()


def as_relation(frame: pd.DataFrame, folder: Path) -> Any:
    return duckdb.from_arrow(as_arrow(frame, folder))


def as_parquet(frame: pd.DataFrame, folder: Path) -> str:
    path = folder / "answers.parquet"
    pl.from_pandas(frame).write_parquet(path)
    return str(path)


def as_ibis(frame: pd.DataFrame, folder: Path) -> Any:
    import ibis

    return ibis.duckdb.connect().read_parquet(as_parquet(frame, folder))


KINDS: dict[str, Callable[[pd.DataFrame, Path], Any]] = {
    "polars": as_polars,
    "arrow": as_arrow,
    "lazy_polars": as_lazy_polars,
    "relation": as_relation,
    "parquet": as_parquet,
    "ibis": as_ibis,
}


def kinds(*names: str) -> Any:
    """Return a mark that runs a test for each kind of table, or for some kinds."""
    chosen = names or tuple(KINDS)
    return pytest.mark.parametrize("table_of", [KINDS[name] for name in chosen], ids=chosen)
