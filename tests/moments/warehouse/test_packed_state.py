"""What a row is goes with the number of its group, and comes out again."""

from __future__ import annotations

from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pytest

from cxdrivers.moments.warehouse.packed_state import (
    OFF,
    OTHER,
    STATE,
    USABLE,
    packed,
    short_column,
    unpacked,
)

NUMBERS = {
    pl.Int8: (-(2**7), -1, 0, 1, 2**7 - 1),
    pl.UInt16: (0, 1, 2**16 - 1),
    pl.Int32: (-(2**31), -5, 0, 6, 2**31 - 1),
    pl.UInt32: (0, 2**32 - 1),
}


def in_polars(frame: pl.DataFrame) -> Any:
    return nw.from_native(frame.lazy())


def in_duckdb(frame: pl.DataFrame) -> Any:
    return nw.from_native(duckdb.connect().from_arrow(frame.to_arrow())).lazy()


@pytest.mark.parametrize("frame_of", [in_polars, in_duckdb])
@pytest.mark.parametrize("kind", NUMBERS)
def test_groups_and_what_rows_are_come_out_as_they_went_in(frame_of, kind):
    rows = [(number, state) for number in (*NUMBERS[kind], None) for state in range(3)]
    frame = pl.DataFrame(rows, schema={"team": kind, "is": pl.Int64}, orient="row")
    other = nw.when(nw.col("is") == OFF).then(nw.lit(OFF)).otherwise(nw.lit(OTHER))
    key = packed("team", nw.col("is") == USABLE, other).alias("by_0")
    lines = unpacked(frame_of(frame).select(key), "by_0").collect("polars")
    assert set(zip(lines["by_0"].to_list(), lines[STATE].to_list(), strict=True)) == set(rows)


def test_only_numbers_of_at_most_32_bits_have_room_for_it():
    schema = {"a": nw.String(), "b": nw.Int64(), "c": nw.Int16(), "d": nw.UInt8()}
    assert short_column(("a", "b"), schema) is None
    assert short_column(("a", "c", "d"), schema) == "c"
