"""The query for a data team gives what the rows give in memory, on real engines."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.moments.warehouse.query import MomentsQuery, moments_sql
from cxdrivers.moments.warehouse.sql import BY_ROW
from tests.moments.warehouse.awkward import CENTRE, answers, assert_same, codebook, in_memory

Asked = Callable[[MomentsQuery, pd.DataFrame], pd.DataFrame]


def duckdb_gives(query: MomentsQuery, answers: pd.DataFrame) -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.register("answers", answers)
        found: pd.DataFrame = connection.execute(query.text).df()
        return found


def sqlite_gives(query: MomentsQuery, answers: pd.DataFrame) -> pd.DataFrame:
    connection = sqlite3.connect(":memory:")
    answers.astype(object).where(answers.notna(), None).to_sql("answers", connection, index=False)
    asked = connection.execute(query.text)
    found = pd.DataFrame(asked.fetchall(), columns=[name for name, *_ in asked.description])
    connection.close()
    return found


ENGINES = pytest.mark.parametrize(
    ("dialect", "gives"), [("duckdb", duckdb_gives), ("sqlite", sqlite_gives)]
)


def awkward_query(dialect: str, **settings: Any) -> MomentsQuery:
    asked = {"identity": "id", "codebook": codebook(), "centre": CENTRE} | settings
    return moments_sql(table="answers", dialect=dialect, **asked)


@ENGINES
@pytest.mark.parametrize("missing", ["listwise", "pairwise"])
@pytest.mark.parametrize("by", [None, "group", ("group", "channel")])
def test_awkward_answers_give_the_same_as_in_memory(dialect, gives, missing, by):
    frame = answers()
    query = awkward_query(dialect, by=by, missing=missing)
    expected = in_memory(query.plan, frame)
    assert expected.parts.max() > 1
    assert_same(query.moments(gives(query, frame)), expected)


@ENGINES
def test_of_large_groups_the_same_rows_are_in_the_parts(dialect, gives):
    frame = answers()
    query = awkward_query(dialect, parts=10, seed=3)
    told = gives(query, frame)
    assert told["n"][told["part"] >= 0].sum() < 0.5 * told["n"][told["part"] < 0].sum()
    assert_same(query.moments(told), in_memory(query.plan, frame))


@ENGINES
def test_clusters_stay_whole(dialect, gives):
    frame = answers().assign(agent=lambda found: found["id"] // 40)
    book = Codebook(codebook().outcome, codebook().drivers, weight="Weight", cluster="agent")
    query = awkward_query(dialect, codebook=book, identity=None)
    moments = query.moments(gives(query, frame))
    assert moments.whole_clusters.all()
    assert_same(moments, in_memory(query.plan, frame))


@ENGINES
def test_without_parts_there_is_one_and_nothing_tells_rows_apart(dialect, gives):
    frame = answers()
    query = awkward_query(dialect, by="group", parts=0, identity=None)
    assert "hashed" not in query.text
    assert_same(query.moments(gives(query, frame)), in_memory(query.plan, frame))


@ENGINES
def test_rows_in_which_something_required_is_blank_are_left_out(dialect, gives):
    frame = answers()
    book = Codebook(codebook().outcome, codebook().drivers, required=("group", "cost"))
    query = awkward_query(dialect, codebook=book)
    assert_same(query.moments(gives(query, frame)), in_memory(query.plan, frame))


@ENGINES
@pytest.mark.parametrize("minimum", [10, 100])
def test_nothing_that_comes_back_stands_for_fewer_than_the_minimum(dialect, gives, minimum):
    frame = answers()
    told = gives(awkward_query(dialect, by=["group", "channel"], minimum=minimum), frame)
    sums = told.drop(
        columns=["by_0", "by_1", "small", "part", "groups", "rows", "n", "off", "alone"]
    )
    has_sums = sums.notna().any(axis=1)
    assert has_sums.any()
    assert (told["n"][has_sums] >= minimum).all()
    named = told["by_0"].notna()
    assert (told["rows"][named & (told["part"] < 0)] >= minimum).all()
    assert not told["by_0"].isin(["one row", "small"]).any()
    small = told[told["small"] > 0]
    assert len(small) == 1
    assert small["groups"].item() > 1


@ENGINES
def test_text_beside_numbers_is_read_as_in_memory(dialect, gives):
    frame = answers()[["id", "select", "solved"]].astype({"select": object})
    frame["menu"] = [
        str(cell) for cell in np.tile(["8", " 3 ", "N.v.t.", "weet niet", "5.5", ""], 1000)
    ][: len(frame)]
    query = moments_sql(
        table="answers",
        dialect=dialect,
        codebook=Codebook(
            Question("select", ("select",), scale=(1, 10), dont_know=(98,)),
            (
                Question(
                    "menu",
                    ("menu",),
                    scale=(1, 10),
                    not_applicable=("n.v.t.",),
                    dont_know=("Weet niet",),
                ),
                Question("solved", ("solved",), scale=(0, 1)),
            ),
        ),
        identity="id",
    )
    expected = in_memory(query.plan, frame)
    assert expected.n.item() > 1000
    assert_same(query.moments(gives(query, frame)), expected)


def test_decimals_booleans_and_texts_that_tell_rows_apart_are_read():
    frame = answers()
    query = awkward_query("duckdb", identity="name")
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        connection.execute(
            "CREATE TABLE answers AS SELECT * REPLACE (CAST(cost AS DECIMAL(20, 6)) AS cost,"
            " solved = 1 AS solved), 'row ' || id AS name FROM frame"
        )
        moments = query.moments(connection.sql(query.text))
        rows = connection.execute("SELECT * FROM answers").df()
    rows["solved"] = rows["solved"].astype("boolean").astype("Int64")
    expected = in_memory(query.plan, rows)
    np.testing.assert_array_equal(moments.n, expected.n)
    np.testing.assert_allclose(moments.covariance, expected.covariance, rtol=1e-9, atol=1e-12)
    assert moments.parts.item() == expected.parts.item() > 1


def test_a_group_that_is_no_number_is_nobody_s():
    frame = answers().assign(group=lambda found: found.index % 3)
    frame["group"] = frame["group"].astype(float).where(frame["group"] > 0)
    query = awkward_query("duckdb", by="group")
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        connection.execute("CREATE TABLE answers AS SELECT * FROM frame")
        connection.execute("""UPDATE answers SET "group" = 'NaN' WHERE "group" IS NULL""")
        moments = query.moments(connection.sql(query.text).df())
    assert_same(moments, in_memory(query.plan, frame))
    assert moments.labels == ("1", "2")
    assert moments.unplaced > 0


@ENGINES
def test_names_of_any_kind_are_names_and_nothing_else(dialect, gives):
    wicked = 'x"; DROP TABLE answers; --\n'
    frame = answers()[["id", "select", "solved", "menu_1"]].rename(columns={"solved": wicked})
    query = moments_sql(
        table="answers",
        dialect=dialect,
        outcome="select",
        drivers=[wicked, "menu_1"],
        scale=(0, 98),
        identity="id",
    )
    assert_same(query.moments(gives(query, frame)), in_memory(query.plan, frame))


def test_a_column_that_is_not_there_is_an_error_of_the_engine():
    query = moments_sql(
        table="answers",
        dialect="sqlite",
        outcome="select",
        drivers=["c_0", "solved"],
        scale=(0, 98),
        parts=0,
    )
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        sqlite_gives(query, answers())


@ENGINES
def test_answers_off_the_scale_are_counted(dialect, gives):
    frame = answers()[["id", "select", "menu_1", "menu_2"]]
    query = moments_sql(
        table="answers",
        dialect=dialect,
        outcome="select",
        drivers=["menu_1", "menu_2"],
        scale=(1, 10),
        parts=0,
    )
    told = gives(query, frame)
    assert told["off"].item() == (frame["select"] == 98).sum() > 0


def test_text_is_never_read_as_nought():
    frame = answers()[["id", "select", "menu_1"]].astype({"menu_1": object})
    frame.loc[:5, "menu_1"] = "nine"
    query = moments_sql(
        table="answers",
        dialect="sqlite",
        outcome="select",
        drivers=["menu_1"],
        scale=(0, 98),
        parts=0,
    )
    assert sqlite_gives(query, frame)["off"].item() == 6


def test_the_query_is_one_statement_that_says_what_it_does_in_the_language_of_the_codebook():
    english = awkward_query("postgres", by="group")
    assert str(english) == english.text
    assert english.text.count(";") == english.text.count('em""pa`thy ;')
    assert "No row of a respondent comes back." in english.text
    assert "fewer than 10 respondents" in english.text
    book = Codebook(codebook().outcome, codebook().drivers, language="nl")
    assert (
        "Er komt geen rij van een respondent terug." in awkward_query("duckdb", codebook=book).text
    )
    assert max(map(len, english.text.split("\n"))) < 160


def test_the_query_says_when_its_sums_can_tell_what_a_few_answered():
    def said(**settings: Any) -> str:
        return awkward_query("duckdb", **settings).text.replace("\n-- ", " ")

    away = (
        "did not apply to only one or a few respondents of a group or a part, the sums of products"
    )
    paired = "almost the same respondents, the difference of their sums holds what the few others"
    assert away in said()
    assert paired not in said()
    assert paired in said(missing="pairwise", minimum=12)
    assert "The smallest size of a group (12) does not guard" in said(minimum=12)
    plain = Codebook(Question("select", ("select",)), (Question("solved", ("solved",)),))
    assert "Caution" not in said(codebook=plain, centre={"select": 5, "solved": 0.5})


def test_a_query_is_the_same_every_time():
    assert awkward_query("spark").text == awkward_query("spark").text
    assert awkward_query("spark", seed=1).text != awkward_query("spark").text


def test_an_engine_keeps_no_rows_of_respondents_in_between():
    with duckdb.connect() as connection:
        connection.register("frame", answers())
        connection.execute("CREATE TABLE answers AS SELECT * FROM frame")
        query = awkward_query("duckdb", by="group")
        explained = connection.execute(f"EXPLAIN {query.text}").fetchall()[0][1]
    kept = set(re.findall(r"CTE Name:\s*(\w+)", explained))
    assert kept
    assert not kept & set(BY_ROW)
