"""Ask an engine for what is not said alike everywhere: row numbers, hashes of texts, errors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

import narwhals as nw
from narwhals import Implementation

from cxdrivers.errors import CxError, FitError
from cxdrivers.moments.warehouse.hashing import MODULUS
from cxdrivers.moments.warehouse.lost_workers import guarded
from cxdrivers.moments.warehouse.plan import SumsPlan

IDENTITY = "cxdrivers_identity"
LONGEST_REASON = 300
CAUSE = "Caused by: "
"""Begins the lines in which Java says why; the last of them is what went wrong first."""

ERRORS = {
    "duckdb": ("Error",),
    "polars.exceptions": ("PolarsError",),
    "pyspark.errors": ("PySparkException",),
    "py4j.protocol": ("Py4JError",),
    "ibis.common.exceptions": ("IbisError",),
    "pyarrow": ("ArrowException",),
    "narwhals.exceptions": ("NarwhalsError",),
}
"""What engines raise, by the module that has it where the engine is loaded."""


def identified(plan: SumsPlan, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a frame with one more column, `IDENTITY`: a whole number to hash, null where none is.

    It is the plan's identity where that is a number, a hash of it where it is a text, and the
    number of the row for want of one.

    Raises
    ------
    FitError
        When the identity is neither, or the engine is not known to number rows or to hash texts.
    """
    if plan.identity is None:
        return _numbered(frame)
    dtype = frame.collect_schema()[plan.identity]
    column = nw.col(plan.identity)
    if dtype in (nw.UInt64, nw.Int128, nw.UInt128):
        return frame.with_columns((column % MODULUS).cast(nw.Int64).alias(IDENTITY))
    if dtype.is_integer():
        return frame.with_columns(column.cast(nw.Int64).alias(IDENTITY))
    if dtype.is_numeric():
        told = nw.when(~column.cast(nw.Float64).is_nan()).then(column)
        return frame.with_columns(told.cast(nw.Int64).alias(IDENTITY))
    if dtype in (nw.String, nw.Categorical) or isinstance(dtype, nw.Enum):
        text = column.cast(nw.String)
        return _hashed(
            frame.with_columns(nw.when(text.str.strip_chars() != "").then(text).alias(IDENTITY))
        )
    raise FitError("identity_of_no_use", column=plan.identity, kind=str(dtype))


@contextmanager
def told_by_engine() -> Iterator[None]:
    """Say what an engine could not do in a sentence of our own, with the engine's first line.

    Raises
    ------
    CxError
        Instead of any error of an engine.
    """
    try:
        yield
    except engine_errors() as error:
        raise CxError("engine_failed", reason=first_line(error)) from error


def engine_errors() -> tuple[type[Exception], ...]:
    """Return what the engines that are loaded raise."""
    return tuple(
        getattr(sys.modules[module], name)
        for module, names in ERRORS.items()
        if module in sys.modules
        for name in names
        if hasattr(sys.modules[module], name)
    )


def first_line(error: BaseException) -> str:
    """Return what an engine says first, not too long; of Java the deepest cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line.removeprefix(CAUSE) for line in lines if line.startswith(CAUSE)]
    causes = causes or [line.removeprefix(": ") for line in lines if line.startswith(": ")]
    line = (causes or lines[:1] or [type(error).__name__])[-1].rstrip(".")
    return line if len(line) <= LONGEST_REASON else line[:LONGEST_REASON] + "…"


def collected(frame: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Return what a query gives, as a data frame in memory.

    Raises
    ------
    CxError
        When the engine could not do it.
    """
    with guarded(frame), told_by_engine():
        if frame.implementation is Implementation.POLARS:
            return frame.collect()
        keeps_digits = frame.implementation.is_spark_like() or frame.implementation.is_duckdb()
        return frame.collect("pyarrow" if keeps_digits and find_spec("pyarrow") else "pandas")


def _numbered(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    native: Any = nw.to_native(frame)
    engine = frame.implementation
    if engine is Implementation.DUCKDB:
        return _lazy(native.project(f"*, row_number() OVER () - 1 AS {IDENTITY}"))
    if engine is Implementation.POLARS:
        numbered = _lazy(native.with_row_index(IDENTITY))
        return numbered.with_columns(nw.col(IDENTITY).cast(nw.Int64))
    if engine is Implementation.IBIS:
        import ibis  # noqa: PLC0415  (the table is one of Ibis, so it is there)

        return _lazy(native.mutate(**{IDENTITY: ibis.row_number()}))
    if engine.is_pyspark() or engine.is_pyspark_connect():
        from pyspark.sql import functions  # noqa: PLC0415  (the frame is one of Spark)

        return _lazy(native.withColumn(IDENTITY, functions.monotonically_increasing_id()))
    raise FitError("identity_needed", engine=engine.value)


def _hashed(frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a frame in which the identity is a hash of the text that it was, null for none."""
    native: Any = nw.to_native(frame)
    engine = frame.implementation
    if engine is Implementation.DUCKDB:
        hashed = f"CAST(hash({IDENTITY}) % {MODULUS} AS BIGINT)"
        told = f"CASE WHEN {IDENTITY} IS NOT NULL THEN {hashed} END AS {IDENTITY}"
        return _lazy(native.project(f"* EXCLUDE ({IDENTITY}), {told}"))
    if engine is Implementation.POLARS:
        import polars as pl  # noqa: PLC0415  (the frame is one of polars)

        here = pl.col(IDENTITY)
        number = (here.hash() % MODULUS).cast(pl.Int64)
        return _lazy(native.with_columns(pl.when(here.is_not_null()).then(number).alias(IDENTITY)))
    if engine is Implementation.IBIS:
        cell = native[IDENTITY]
        number = cell.isnull().ifelse(None, cell.hash() % MODULUS)
        return _lazy(native.mutate(**{IDENTITY: number}))
    if engine.is_pyspark() or engine.is_pyspark_connect():
        from pyspark.sql import functions  # noqa: PLC0415  (the frame is one of Spark)

        text = functions.col(IDENTITY)
        spark_hash = functions.when(text.isNotNull(), functions.xxhash64(text))
        return _lazy(native.withColumn(IDENTITY, spark_hash))
    raise FitError("identity_needed", engine=engine.value)


def _lazy(native: Any) -> nw.LazyFrame[Any]:
    frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return frame
