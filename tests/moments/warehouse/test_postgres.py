"""The query for a data team, on a real PostgreSQL server on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from cxdrivers.moments.warehouse.query import MomentsQuery, moments_sql
from tests.moments.warehouse.awkward import CENTRE, answers, assert_same, codebook, in_memory
from tests.moments.warehouse.servers import postgres_programs, postgres_server

psycopg = pytest.importorskip("psycopg")

pytestmark = pytest.mark.skipif(postgres_programs() is None, reason="PostgreSQL is not installed")

KINDS = {
    "id": "bigint",
    "group": "text",
    "channel": "varchar(9)",
    "select": "smallint",
    "cost": "double precision",
    "solved": "boolean",
    "Weight": "double precision",
    "menu_1": "numeric(4, 1)",
    "menu_2": "real",
}


@pytest.fixture(scope="module")
def connection() -> Iterator[Any]:
    with postgres_server() as address, psycopg.connect(**address) as found:
        fill(found, answers())
        found.commit()
        found.execute("SET statement_timeout = '30s'")
        yield found


def fill(connection: Any, frame: pd.DataFrame) -> None:
    """Make a table in a schema, with columns of many kinds."""
    name = psycopg.sql.Identifier
    columns = [
        psycopg.sql.SQL("{} " + KINDS.get(column, "integer")).format(name(column))
        for column in frame.columns
    ]
    table = psycopg.sql.SQL("CREATE SCHEMA {}; CREATE TABLE {} ({})")
    both = psycopg.sql.Identifier("client's", "ans.wers")
    connection.execute(table.format(name("client's"), both, psycopg.sql.SQL(", ").join(columns)))
    rows = frame.astype(object).where(frame.notna(), None)
    rows["solved"] = [None if cell is None else cell == 1 for cell in rows["solved"]]
    with connection.cursor().copy(psycopg.sql.SQL("COPY {} FROM STDIN").format(both)) as copy:
        for row in rows.itertuples(index=False):
            copy.write_row(row)


def given(connection: Any, query: MomentsQuery) -> pd.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(query.text)
        return pd.DataFrame(cursor.fetchall(), columns=[each.name for each in cursor.description])


def query_of(**settings: Any) -> MomentsQuery:
    asked = {"codebook": codebook(), "centre": CENTRE, "identity": "id"} | settings
    return moments_sql(table=["client's", "ans.wers"], dialect="postgres", **asked)


@pytest.mark.parametrize("missing", ["listwise", "pairwise"])
@pytest.mark.parametrize("by", [None, "group", ("group", "channel")])
def test_a_server_gives_the_same_as_memory(connection, missing, by):
    query = query_of(by=by, missing=missing)
    moments = query.moments(given(connection, query))
    assert moments.parts.max() > 1
    assert_same(moments, in_memory(query.plan, answers()))


def test_of_large_groups_the_same_rows_are_in_the_parts(connection):
    query = query_of(parts=10, seed=5)
    assert_same(query.moments(given(connection, query)), in_memory(query.plan, answers()))


def test_texts_can_tell_rows_apart(connection):
    query = query_of(identity="channel", parts=8)
    told = given(connection, query)
    assert set(told["part"]) <= set(range(-1, 8))


def test_a_column_of_text_is_an_error_of_the_server(connection):
    query = moments_sql(
        table=["client's", "ans.wers"],
        dialect="postgres",
        outcome="select",
        drivers=["group"],
        scale=(1, 10),
        parts=0,
    )
    with pytest.raises(psycopg.errors.InvalidTextRepresentation, match="double precision"):
        given(connection, query)
    connection.rollback()


def test_numbers_of_any_kind_come_back(connection):
    query = query_of(by="group", parts=0)
    told = given(connection, query)
    exact = told.map(lambda cell: Decimal(str(cell)) if isinstance(cell, float) else cell)
    assert_same(query.moments(exact), query.moments(told))


def test_a_file_of_the_server_s_own_making_is_read(connection, tmp_path):
    query = query_of(by=("group", "channel"))
    path = tmp_path / "sums.csv"
    with (
        path.open("wb") as file,
        connection.cursor().copy(f"COPY ({query.text}) TO STDOUT (FORMAT csv, HEADER)") as copy,
    ):
        for block in copy:
            file.write(block)
    assert_same(query.moments(path), in_memory(query.plan, answers()))
