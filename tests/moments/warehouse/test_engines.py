"""Engines are asked for row numbers and hashes, and speak through one sentence."""

from __future__ import annotations

from types import SimpleNamespace

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.errors import CxError, FitError
from cxdrivers.moments.warehouse import engines
from cxdrivers.moments.warehouse.engines import IDENTITY, collected, first_line, identified
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.plan_making import plan_of
from tests.moments.warehouse.tables import IBIS_WARNINGS, kinds

pytestmark = [*IBIS_WARNINGS]

FRAME = pd.DataFrame(
    {
        "x": [1, 2, 3, 4],
        "name": ["a", "b", "a", " "],
        "number": [3.0, np.nan, -4.0, 2.0],
        "large": np.array([2**64 - 1, 1, 2, 3], dtype=np.uint64),
        "truth": [True, False, True, True],
    }
)


def plan(identity: str | None) -> SumsPlan:
    codebook = Codebook(Question("y", ("y",)), (Question("x", ("x",)),))
    return plan_of(codebook, identity=identity)


def ids(table: object, identity: str | None) -> list[int | None]:
    frame = identified(plan(identity), nw.from_native(table).lazy())
    cells = collected(frame.select(IDENTITY))[IDENTITY].to_list()
    return [None if pd.isna(cell) else int(cell) for cell in cells]


ENGINES = kinds("lazy_polars", "relation", "ibis")


@ENGINES
def test_rows_are_numbered_in_order(table_of, tmp_path):
    assert ids(table_of(FRAME, tmp_path), None) == [0, 1, 2, 3]


@ENGINES
def test_numbers_stand_for_themselves_and_blanks_for_none(table_of, tmp_path):
    assert ids(table_of(FRAME, tmp_path), "number") == [3, None, -4, 2]
    assert ids(table_of(FRAME, tmp_path), "large")[1:] == [1, 2, 3]


@ENGINES
def test_texts_are_hashed_and_blanks_are_none(table_of, tmp_path):
    first, second, third, blank = ids(table_of(FRAME, tmp_path), "name")
    assert first == third != second
    assert blank is None


@ENGINES
def test_what_is_no_number_and_no_text_is_refused(table_of, tmp_path):
    with pytest.raises(FitError, match="The column 'truth' holds Boolean, which cannot say"):
        ids(table_of(FRAME, tmp_path), "truth")


def test_an_engine_that_numbers_no_rows_says_what_it_needs(monkeypatch):
    nobody = SimpleNamespace(DUCKDB=None, POLARS=None, IBIS=None)
    monkeypatch.setattr(engines, "Implementation", nobody)
    with pytest.raises(FitError, match="duckdb does not number rows or hash texts"):
        ids(duckdb.from_df(FRAME), None)
    with pytest.raises(FitError, match="duckdb does not number rows or hash texts"):
        ids(duckdb.from_df(FRAME), "name")


@pytest.mark.parametrize(
    "frame",
    [
        pl.LazyFrame({"x": ["a"]}).select(pl.col("x").cast(pl.Int64)),
        duckdb.sql("SELECT CAST(x AS INTEGER) AS x FROM (VALUES ('a')) AS t(x)"),
    ],
    ids=["polars", "duckdb"],
)
def test_what_an_engine_could_not_do_is_told_in_its_first_line(frame):
    with pytest.raises(CxError, match=r"could not add them up.* It says: .*") as error:
        collected(nw.from_native(frame))
    assert "\n" not in str(error.value)


def test_a_first_line_is_not_too_long():
    assert first_line(ValueError("\n  one\ntwo")) == "one"
    assert first_line(ValueError("one.\ntwo")) == "one"
    assert first_line(ValueError()) == "ValueError"
    assert len(first_line(ValueError("x" * 1000))) == engines.LONGEST_REASON + 1


def test_of_java_the_deepest_cause_is_told():
    calling = (
        "An error occurred while calling o81.getResult.\n: spark.SparkException: Job aborted\n"
    )
    assert first_line(ValueError(calling)) == "spark.SparkException: Job aborted"
    causes = (
        "\tat a.b\nCaused by: io.IOException: disk\n\tat c.d\nCaused by: io.EOFException: short\n"
    )
    assert first_line(ValueError(f"{calling}{causes}\t... 3 more")) == "io.EOFException: short"
