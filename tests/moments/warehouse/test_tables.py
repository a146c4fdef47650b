"""Every engine gives what memory gives, and nothing of a group that is too small."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest

from cxdrivers.codebook.codebook import Codebook
from cxdrivers.moments.warehouse.engine_route import InEngine
from cxdrivers.moments.warehouse.engines import collected, identified
from cxdrivers.moments.warehouse.part_tables import asked_sizes, drawn_rows, parts_query
from cxdrivers.moments.warehouse.plan import SumsPlan
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.reading import moments_from
from cxdrivers.moments.warehouse.tables import totals_query
from tests.moments.warehouse.awkward import (
    CENTRE,
    WAIT,
    answers,
    assert_same,
    codebook,
    in_memory,
)
from tests.moments.warehouse.tables import IBIS_WARNINGS, kinds

pytestmark = [*IBIS_WARNINGS]


def centred(**settings: Any) -> SumsPlan:
    """Return the plan of `codebook`, with centres for all."""
    plan = plan_of(codebook(), **settings)
    keys = [plan.questions[column.question].key for column in plan.columns]
    return plan.centred(
        CENTRE.get(key, column.centre) for key, column in zip(keys, plan.columns, strict=True)
    )


def short() -> Codebook:
    """Return a codebook with some of the questions of `codebook`."""
    return Codebook(codebook().outcome, codebook().drivers[:2], weight="Weight")


@kinds()
@pytest.mark.parametrize("by", [None, ("group", "channel")])
def test_awkward_answers_give_the_same_as_in_memory(table_of, by, tmp_path):
    settings = {"codebook": codebook(), "by": by, "identity": "id"}
    expected = moments_from(answers(), **settings)
    assert expected.parts.max() > 1
    assert_same(moments_from(table_of(answers(), tmp_path), **settings), expected)


@kinds("polars", "lazy_polars", "relation", "ibis")
@pytest.mark.parametrize("by", [None, "group"])
def test_pairs_over_their_own_rows_give_the_same_as_in_memory(table_of, by, tmp_path):
    settings = {"codebook": short(), "by": by, "missing": "pairwise", "identity": "id"}
    expected = moments_from(answers(), **settings)
    assert expected.parts.max() > 1
    assert_same(moments_from(table_of(answers(), tmp_path), **settings), expected)


@kinds("lazy_polars", "relation")
def test_of_large_groups_the_same_rows_are_in_the_parts(table_of, tmp_path):
    settings = {"codebook": codebook(), "parts": 10, "seed": 3, "identity": "id"}
    frame = answers()
    expected = moments_from(frame, **settings)
    assert expected.parts.tolist() == [10]
    assert_same(moments_from(table_of(frame, tmp_path), **settings), expected)


@kinds("lazy_polars", "relation")
def test_clusters_stay_whole(table_of, tmp_path):
    frame = answers().assign(agent=lambda found: found["id"] // 40)
    book = Codebook(codebook().outcome, codebook().drivers, weight="Weight", cluster="agent")
    expected = moments_from(frame, codebook=book)
    assert expected.whole_clusters.all()
    assert_same(moments_from(table_of(frame, tmp_path), codebook=book), expected)


@kinds("lazy_polars", "relation")
def test_rows_in_which_something_required_is_blank_are_left_out(table_of, tmp_path):
    frame = answers()
    book = Codebook(codebook().outcome, codebook().drivers, required=("group", "cost"))
    settings = {"codebook": book, "identity": "id"}
    expected = moments_from(frame, **settings)
    assert (
        expected.rows[0]
        == (frame["group"].fillna("") != "").to_numpy()[frame["cost"].notna()].sum()
    )
    assert_same(moments_from(table_of(frame, tmp_path), **settings), expected)


@kinds("lazy_polars", "relation", "ibis")
def test_texts_that_tell_rows_apart_give_the_same_totals_and_other_parts(table_of, tmp_path):
    frame = answers().assign(name=lambda found: "n" + found["id"].astype(str))
    settings = {"codebook": short(), "by": "group", "identity": "name"}
    expected, found = (
        moments_from(frame, **settings),
        moments_from(table_of(frame, tmp_path), **settings),
    )
    np.testing.assert_allclose(found.covariance, expected.covariance, rtol=1e-9)
    assert found.parts.tolist() == expected.parts.tolist()


@kinds("lazy_polars", "relation", "parquet", "ibis")
def test_row_numbers_serve_where_nothing_tells_rows_apart(table_of, tmp_path):
    expected = moments_from(answers(), codebook=short(), by="group")
    found = moments_from(table_of(answers(), tmp_path), codebook=short(), by="group")
    assert_same(found, expected)


@kinds("lazy_polars", "relation")
@pytest.mark.parametrize("kind", ["whole", "large", "text", "float", "day"])
def test_groups_are_called_the_same_and_stand_in_the_same_order(table_of, kind, tmp_path):
    number = np.arange(1200) % 12
    groups = {
        "whole": pd.array(number, dtype="Int64"),
        "large": pd.array(2**60 + number, dtype="Int64"),
        "text": pd.array([f"team {each}" for each in number], dtype=object),
        "float": number / 2,
        "day": pd.Timestamp("2025-03-01") + pd.to_timedelta(number, unit="D"),
    }
    frame = answers(1200).assign(team=groups[kind])
    frame.loc[::30, "team"] = None
    settings = {"codebook": short(), "by": "team", "identity": "id", "minimum": 5}
    expected = moments_from(frame, **settings)
    assert len(expected.labels) == 12
    assert expected.unplaced > 0
    assert_same(moments_from(table_of(frame, tmp_path), **settings), expected)


@kinds()
@pytest.mark.parametrize("step", ["0.50", "1.0", "1000000000000000.25"])
def test_groups_of_decimal_numbers_have_one_name_and_keep_their_digits(table_of, step, tmp_path):
    frame = answers(900)[["id", "select", "menu_1"]].query("select != 98")
    frame["team"] = [Decimal(step) * (each % 3 + 1) for each in range(len(frame))]
    fields: dict[str, Any] = {"outcome": "select", "drivers": ["menu_1"], "scale": (1, 10)}
    found = moments_from(table_of(frame, tmp_path), by="team", identity="id", **fields)
    large = ("1000000000000000.25", "2000000000000000.5", "3000000000000000.75")
    expected = {"0.50": ("0.5", "1", "1.5"), "1.0": ("1", "2", "3")}
    assert found.labels == expected.get(step, large)
    assert_same(found, moments_from(frame, by="team", identity="id", **fields))


@kinds("lazy_polars", "relation")
def test_numbers_beside_codes_in_texts_are_read_as_in_memory(table_of, tmp_path):
    frame = answers()
    words = {99: " N.v.t. ", 1: "1.0"}
    frame[WAIT] = [None if pd.isna(cell) else words.get(cell, f" {cell}") for cell in frame[WAIT]]
    drivers = list(codebook().drivers)
    place = [driver.key for driver in drivers].index("wait")
    drivers[place] = type(drivers[place])(
        "wait", (WAIT,), scale=(1, 10), not_applicable=("n.v.t.",)
    )
    book = Codebook(codebook().outcome, tuple(drivers), weight="Weight")
    settings = {"codebook": book, "by": "group", "identity": "id"}
    expected = moments_from(frame, **settings)
    assert "not_applicable" in expected.terms
    assert_same(moments_from(table_of(frame, tmp_path), **settings), expected)


@pytest.mark.parametrize("minimum", [10, 100])
@pytest.mark.parametrize("missing", ["listwise", "pairwise"])
def test_no_line_that_an_engine_gives_stands_for_fewer_than_the_minimum(minimum, missing):
    plan = centred(by=["group", "channel"], identity="id", minimum=minimum, missing=missing)
    rows = identified(plan, nw.from_native(pl.from_pandas(answers()).lazy()))
    totals = collected(totals_query(plan, rows)).to_native().to_pandas()
    drawn = drawn_rows(plan, rows, asked_sizes(plan, rows), cheapest=1)
    parts = collected(parts_query(plan, drawn)).to_native().to_pandas()
    sums = list(plan.sums)
    least = "n" if missing == "listwise" else [f"n_{i}_{j}" for i, j in plan.pairs]
    for lines in (totals, parts):
        has_sums = lines[sums].notna().any(axis=1) & (lines[sums] != 0).any(axis=1)
        assert has_sums.any()
        assert (lines.loc[has_sums, least] >= minimum).to_numpy().all()
    named = totals["by_0"].notna()
    assert (totals.loc[named, "rows"] >= minimum).all()
    assert not totals["by_0"].isin(["one row", "small"]).any()
    small = totals[totals["small"] > 0]
    assert small["groups"].tolist() > [1]
    assert small[sums].fillna(0).to_numpy().sum() == 0


def test_a_relation_its_connection_and_its_settings_stay_as_they_were():
    with duckdb.connect() as connection:
        connection.register("given", answers())
        relation = connection.sql("SELECT * FROM given WHERE id % 2 = 0")
        state = "SELECT name, value FROM duckdb_settings() ORDER BY name"
        views = "SELECT view_name FROM duckdb_views() UNION SELECT table_name FROM duckdb_tables()"
        before = [connection.execute(each).fetchall() for each in (state, views)]
        rows = relation.df()
        moments_from(relation, codebook=short(), by="group")
        assert [connection.execute(each).fetchall() for each in (state, views)] == before
        pd.testing.assert_frame_equal(relation.df(), rows)


def test_a_data_frame_stays_as_it_was():
    frame = answers()
    moments_from(frame, codebook=short(), by="group")
    pd.testing.assert_frame_equal(frame, answers())


def test_whatever_else_a_table_holds_is_not_read():
    frame = answers()[["id", "group"]].assign(x=1.0, y=np.arange(4000) % 7, s_0="text", part="b")
    frame["x"] = np.arange(4000) % 5
    found = moments_from(
        pl.from_pandas(frame).lazy(), outcome="y", drivers=["x"], by="part", identity="id"
    )
    assert (found.labels, found.n.tolist()) == (("b",), [4000])


def test_values_around_a_million_with_a_variance_of_one_keep_nine_digits():
    rng = np.random.default_rng(8)
    exact = rng.integers(-8, 9, (20_000, 2)) / 4
    frame = pd.DataFrame(exact, columns=["x", "y"]) + 1e6
    frame["y"] += frame["x"] - 1e6
    small = np.column_stack([exact[:, 0], exact.sum(axis=1)])
    for table in (frame, pl.from_pandas(frame).lazy(), duckdb.connect().from_df(frame)):
        found = moments_from(table, outcome="y", drivers=["x"]).covariance[0]
        np.testing.assert_allclose(found, np.cov(small, rowvar=False, ddof=0), rtol=1e-9)


def test_answers_that_begin_far_from_the_others_are_gone_through_once_more():
    rng = np.random.default_rng(9)
    values = np.concatenate([np.zeros(5000), 1e6 + rng.integers(0, 5, 100_000)])
    frame = pd.DataFrame({"x": values, "y": rng.normal(size=len(values))})
    frame["w"] = np.where(np.arange(len(frame)) < 5000, 0.0, 1.0)
    expected = np.cov(frame["x"][5000:] - 1e6, frame["y"][5000:], ddof=0)
    for table in (frame, pl.from_pandas(frame).lazy()):
        found = moments_from(table, outcome="y", drivers=["x"], weight="w", parts=0)
        np.testing.assert_allclose(found.covariance[0], expected, rtol=1e-9)


def test_an_engine_is_asked_for_columns_without_a_scale_only_once_enough_rows_tell_them():
    frame = answers(40).assign(cost=[1e6] * 4 + [None] * 36)
    route = InEngine(nw.from_native(pl.from_pandas(frame).lazy()))
    plan = plan_of(codebook())
    place = [plan.questions[column.question].key for column in plan.columns].index("cost")
    assert route.centres(plan)[place] == 0.0
    route = InEngine(nw.from_native(pl.from_pandas(answers(400)).lazy()))
    assert route.centres(plan)[place] == pytest.approx(1e6, abs=1)


def test_the_same_seed_gives_the_same_parts_and_another_one_others():
    first, again, other = (
        moments_from(answers(), codebook=short(), by="group", identity="id", seed=seed)
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first.sums, again.sums)
    assert not np.allclose(first.sums, other.sums)
    np.testing.assert_allclose(first.covariance, other.covariance)


def test_parts_in_memory_are_those_of_the_plan_by_hand():
    frame = answers()
    plan = centred(by="group", identity="id")
    assert_same(
        moments_from(frame, codebook=codebook(), by="group", identity="id"), in_memory(plan, frame)
    )
