"""What comes back from a data team is read in any form, and refused when it is something else."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest

from cxdrivers.errors import FitError, SurveyError
from cxdrivers.moments.warehouse.query import MomentsQuery, moments_sql
from tests.moments.warehouse.awkward import CENTRE, answers, assert_same, codebook


def query_of(**settings) -> MomentsQuery:
    asked = {"codebook": codebook(), "centre": CENTRE, "identity": "id"} | settings
    return moments_sql(table="answers", **asked)


def result_of(query: MomentsQuery, frame: pd.DataFrame | None = None) -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.register("answers", answers() if frame is None else frame)
        return connection.execute(query.text).df()


def test_a_result_means_the_same_in_any_form(tmp_path):
    query = query_of(by=("group", "channel"))
    result = result_of(query)
    expected = query.moments(result)
    path = tmp_path / "sums.csv"
    result.to_csv(path, index=False)
    polars = pl.from_pandas(result)
    for form in (path, str(path), polars, polars.lazy(), polars.to_arrow(), result.sample(frac=1)):
        assert_same(query.moments(form), expected)
    with duckdb.connect() as connection:
        assert_same(query.moments(connection.from_df(result)), expected)


def test_names_of_groups_in_a_file_stay_as_they_are_written(tmp_path):
    frame = answers().assign(group=lambda found: np.where(found["id"] % 2, "007", "1e3"))
    query = query_of(by="group", parts=0)
    path = tmp_path / "sums.csv"
    result_of(query, frame).to_csv(path, index=False)
    assert set(query.moments(path).labels) == {"007", "1e3"}


@pytest.mark.parametrize(
    ("names", "labels"),
    [
        (["1.0", "2.00", "-3.0"], {"1", "2", "-3"}),
        (["2025.09", "2025.10", "2025.11"], {"2025.09", "2025.10", "2025.11"}),
        (["1.0", "1.00", "2.0"], {"1.0", "1.00", "2.0"}),
        (["1.0", "2.0", "three"], {"1.0", "2.0", "three"}),
        (
            ["12345678901234567890.0", "12345678901234567891.0", "0.0"],
            {"12345678901234567890", "12345678901234567891", "0"},
        ),
    ],
)
def test_in_a_file_only_whole_numbers_lose_their_point(names, labels, tmp_path):
    frame = answers().assign(group=lambda found: np.array(names)[found["id"] // 3 % 3])
    query = query_of(by="group", parts=0)
    path = tmp_path / "sums.csv"
    result_of(query, frame).to_csv(path, index=False)
    assert set(query.moments(path).labels) == labels


@pytest.mark.parametrize("keys", [[Decimal("0.5"), Decimal(1), Decimal("1.5")], ["A", 2, "C"]])
def test_sums_stay_with_their_group_whatever_the_index_of_a_result(keys):
    frame = answers().assign(group=lambda found: np.minimum(found["id"] % 7, 2))
    query = query_of(by="group", parts=0)
    result = result_of(query, frame).sort_values("by_0", ignore_index=True)
    named = dict(zip(result["by_0"], keys, strict=True))
    result = result.assign(by_0=result["by_0"].map(named).astype(object))
    expected = query.moments(result)
    shuffled = query.moments(pd.concat([result.iloc[2:], result.iloc[:2].set_axis([2, 2])]))
    assert sorted(zip(shuffled.labels, shuffled.n, strict=True)) == sorted(
        zip(expected.labels, expected.n, strict=True)
    )
    assert len(set(expected.n)) == 3


def test_a_result_is_not_changed():
    query = query_of(by="group")
    result = result_of(query)
    before = result.copy()
    query.moments(result)
    pd.testing.assert_frame_equal(result, before)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda result: result.drop(columns="w"), "lacks the column 'w' of this query"),
        (lambda result: result.drop(columns=["w", "n"]), "lacks 2 columns of this query: 'n', 'w'"),
        (
            lambda result: result.assign(extra=1),
            "has a column that this query does not give: 'extra'",
        ),
        (lambda result: result.assign(a=1, b=2), "has 2 columns that this query does not give"),
        (lambda result: result.iloc[:0], "has its columns, but no rows"),
        (lambda result: result.assign(s_0="7,5"), "The column 's_0' of the result holds something"),
        (
            lambda result: result.assign(n=np.nan),
            r"The column 'n' of the result is blank in \d+ rows",
        ),
        (lambda result: pd.concat([result, result.iloc[:1]]), "In 1 row the result has a group"),
        (lambda result: result[result["part"] >= 0], "totals"),
    ],
)
def test_what_the_query_cannot_have_given_is_refused(change, said):
    query = query_of(by="group")
    with pytest.raises(FitError, match=said):
        query.moments(change(result_of(query)))


@pytest.mark.parametrize("result", [None, 3, [1, 2]])
def test_something_else_than_a_table_is_refused(result):
    with pytest.raises(FitError, match="not an object of the kind"):
        query_of().moments(result)


def test_a_file_that_is_not_there_or_not_csv_is_refused(tmp_path):
    with pytest.raises(FitError, match=r"no file .*with a result of the query"):
        query_of().moments(tmp_path / "sums.csv")
    for contents in (b"", b"a,b\n1,2,3,4\n1\n1,2,3,4,5\n", "é".encode("latin-1")):
        path = tmp_path / "sums.csv"
        path.write_bytes(contents)
        with pytest.raises(FitError, match="cannot be read as a CSV file"):
            query_of().moments(path)


def test_answers_off_the_scale_are_an_error_that_counts_them():
    query = moments_sql(
        table="answers", outcome="select", drivers=["menu_1"], scale=(1, 10), parts=0
    )
    with pytest.raises((FitError, SurveyError), match=r"\d+ rows"):
        query.moments(result_of(query))


def test_a_centre_that_costs_digits_is_an_error_and_a_better_one_is_not():
    frame = answers().assign(cost=lambda found: found["cost"] + 1e9)
    query = query_of(parts=0)
    with pytest.raises(FitError, match=r"'cost' lie around .*too far from the centre"):
        query.moments(result_of(query, frame))
    better = query_of(parts=0, centre={"cost": 1.001e9})
    assert better.moments(result_of(better, frame)).n.item() > 1000


def test_a_question_that_everybody_answers_alike_is_no_matter_of_the_centre():
    frame = answers().assign(menu_1=9)
    query = query_of(parts=0)
    moments = query.moments(result_of(query, frame))
    assert "menu_1" not in moments.terms
