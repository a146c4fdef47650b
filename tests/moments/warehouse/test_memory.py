"""Columns of data frames of any kind are taken as what they are."""

from __future__ import annotations

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.errors import FitError
from cxdrivers.moments.warehouse.hashing import MODULUS
from cxdrivers.moments.warehouse.memory import ids_of, pandas_column
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.reading import moments_from

CODEBOOK = Codebook(Question("y", ("y",)), (Question("x", ("x",)),))


@pytest.mark.parametrize(
    "values",
    [[1, None, 3], [1.5, None, 2.0], ["a", None, " "], [True, None, False]],
    ids=["whole", "float", "text", "truth"],
)
def test_a_column_keeps_its_values_and_its_blanks(values):
    for native in (pl.DataFrame({"x": values}), pa.table({"x": values})):
        found = pandas_column(nw.from_native(native)["x"])
        assert [None if pd.isna(cell) else cell for cell in found] == values


def test_decimals_are_numbers():
    native = pl.DataFrame({"x": ["1.25", "2.5"]}).select(pl.col("x").cast(pl.Decimal(9, 2)))
    assert pandas_column(nw.from_native(native)["x"]).tolist() == [1.25, 2.5]


@pytest.mark.parametrize(
    ("values", "expected", "missing"),
    [
        (pd.array([7, None, -(2**62)], dtype="Int64"), [7, 0, -(2**62)], [False, True, False]),
        (np.array([1.0, np.nan, 2.0]), [1, 0, 2], [False, True, False]),
    ],
)
def test_numbers_that_tell_rows_apart_keep_all_their_digits(values, expected, missing):
    frame = nw.from_native(pd.DataFrame({"id": values}))
    found, blank = ids_of(plan_of(CODEBOOK, identity="id"), frame, np.arange(3))
    assert (found.tolist(), blank.tolist()) == (expected, missing)


def test_texts_are_hashed_alike_in_every_kind_of_frame():
    texts = ["a", "b", None, " ", "a"]
    plan = plan_of(CODEBOOK, identity="id")
    natives = (pd.DataFrame({"id": texts}), pl.DataFrame({"id": texts}), pa.table({"id": texts}))
    found = [ids_of(plan, nw.from_native(each), np.arange(5)) for each in natives]
    for ids, blank in found:
        np.testing.assert_array_equal(ids, found[0][0])
        assert blank.tolist() == [False, False, True, True, False]
    assert found[0][0][0] == found[0][0][4] != found[0][0][1]


def test_truths_tell_no_rows_apart():
    frame = nw.from_native(pd.DataFrame({"id": [True, False]}))
    with pytest.raises(FitError, match="The column 'id' holds Boolean"):
        ids_of(plan_of(CODEBOOK, identity="id"), frame, np.arange(2))


def test_numbers_of_64_bits_without_a_sign_stand_for_their_remainder_everywhere():
    large = np.array([2**64 - 1, 2**63, 5], dtype=np.uint64)
    plan = plan_of(CODEBOOK, identity="id")
    for native in (
        pd.DataFrame({"id": large}),
        pl.DataFrame({"id": large}),
        pa.table({"id": large}),
    ):
        found, _ = ids_of(plan, nw.from_native(native), np.arange(3))
        assert found.tolist() == [(2**64 - 1) % MODULUS, 2**63 % MODULUS, 5]


@pytest.mark.parametrize("number", [np.inf, -1e300, 2.0**63])
def test_numbers_that_no_whole_number_holds_tell_no_rows_apart(number):
    frame = nw.from_native(pd.DataFrame({"id": [1.0, number]}))
    with pytest.raises(FitError, match="The column 'id' holds Float64"):
        ids_of(plan_of(CODEBOOK, identity="id"), frame, np.arange(2))


def test_groups_stand_in_the_order_of_their_categories():
    order = ["often", "now and then", "never"]
    column = np.resize(order[::-1], 90)
    frame = pd.DataFrame({"x": np.arange(90) % 7, "y": np.arange(90) % 5})
    by_pandas = frame.assign(use=pd.Categorical(column, categories=order))
    by_polars = pl.from_pandas(frame).with_columns(pl.Series("use", column, dtype=pl.Enum(order)))
    for table in (by_pandas, by_polars, by_polars.lazy()):
        assert moments_from(table, outcome="y", drivers=["x"], by="use").labels == tuple(order)
