"""Names and numbers are written so that an engine reads the same name and the same number."""

from __future__ import annotations

import sqlite3

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.moments.warehouse.dialects import DIALECTS, dialect_of, exact

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(value):
    assert duckdb.execute(f"SELECT {exact(value)}").fetchall() == [(value,)]


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 6)))
def test_sqlite_reads_a_number_back_to_the_last_digit_but_one(value):
    with sqlite3.connect(":memory:") as connection:
        (found,) = connection.execute(f"SELECT {exact(value)}").fetchone()
    assert found == pytest.approx(value, rel=1e-15)


@given(NAMES)
def test_any_name_is_one_name(name):
    called = dialect_of("sqlite").called(name)
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE answers ({called} REAL)")
        found = connection.execute("SELECT * FROM answers").description
    assert found[0][0] == name


@given(st.lists(NAMES, min_size=1, max_size=3))
def test_any_text_is_that_text(texts):
    for name, engine in (
        ("duckdb", duckdb.execute),
        ("sqlite", sqlite3.connect(":memory:").execute),
    ):
        written = dialect_of(name).texts(texts).removeprefix("(").removesuffix(")")
        # Until all rows are fetched, DuckDB's connection is taken, which other tests share.
        (row,) = engine(f"SELECT {written}").fetchall()
        assert list(row) == texts


@pytest.mark.parametrize("name", sorted(DIALECTS))
def test_a_name_that_cannot_be_written_is_refused(name):
    for bad in ("", "a\0b"):
        with pytest.raises(
            FitError, match=f"cannot be written as a name or a code in the SQL of {name}"
        ):
            dialect_of(name).called(bad)
    with pytest.raises(FitError, match="cannot be written"):
        dialect_of(name).texts(["a\0b"])


def test_what_spark_would_replace_is_refused_in_a_name_and_hidden_in_a_text():
    spark = dialect_of("spark")
    with pytest.raises(FitError, match="that the engine replaces or refuses"):
        spark.called("${env:HOME}")
    assert spark.texts(["${env:HOME}", "n.v.t."]) == (
        "(decode(unhex('247b656e763a484f4d457d'), 'UTF-8'), 'n.v.t.')"
    )
    assert spark.called("a`b") == "`a``b`"


def test_a_backslash_stays_one_in_postgres():
    assert dialect_of("postgres").texts(["it's \\ not"]) == "(E'it''s \\\\ not')"


def test_an_engine_that_is_not_known_is_refused_with_what_there_is():
    with pytest.raises(
        FitError, match=r"no SQL for 'postgress'. Did you mean 'postgres'\? Choose one"
    ):
        dialect_of("postgress")
