"""What is wrong with a table is said with its column and its numbers, and no more than may be."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import cxdrivers as cx
from cxdrivers.errors import CxError, FitError, SurveyError
from cxdrivers.moments.warehouse.plan_making import plan_of
from cxdrivers.moments.warehouse.reading import moments_from
from cxdrivers.moments.warehouse.troubles import check_names
from tests.moments.warehouse.tables import kinds

FIELDS: dict[str, Any] = {"outcome": "grade", "drivers": ["care", "wait"], "scale": (1, 10)}
EVERYWHERE = kinds("polars", "lazy_polars", "relation")
ENGINES = kinds("lazy_polars", "relation")


def answers(rows: int = 200, **columns: Any) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.integers(1, 11, (rows, 3)), columns=["grade", "care", "wait"])
    return frame.assign(**columns)


def error_of(table: Any, **fields: Any) -> str:
    with pytest.raises(CxError) as error:
        moments_from(table, **{**FIELDS, **fields})
    assert error.value.say("nl") != str(error.value)
    return str(error.value)


@EVERYWHERE
def test_answers_off_their_scale_are_the_same_error_as_in_a_survey(table_of, tmp_path):
    frame = answers()
    frame.loc[:11, "wait"] = 99
    frame.loc[12:30, "wait"] = 0
    found = error_of(table_of(frame, tmp_path))
    with pytest.raises(SurveyError) as expected:
        cx.driver_weights(cx.Survey.from_frame(frame, **FIELDS))
    assert found == str(expected.value)
    assert "'wait' holds '0', '99' in 31 rows, outside the scale 1 to 10" in found


@ENGINES
def test_a_value_that_few_have_is_not_told(table_of, tmp_path):
    frame = answers()
    frame.loc[:8, "wait"] = 99
    found = error_of(table_of(frame, tmp_path))
    assert "'wait' holds answers outside the scale 1 to 10 in 9 rows" in found
    assert "none stands in 10 rows or more" in found
    assert "99" not in found


@EVERYWHERE
def test_a_reversed_item_is_told_as_it_was_given(table_of, tmp_path):
    frame = answers()
    frame.loc[:11, "wait"] = 99
    book = cx.Codebook(
        cx.Question("grade", ("grade",), scale=(1, 10)),
        (cx.Question("wait", ("wait",), scale=(1, 10), reversed=("wait",)),),
    )
    with pytest.raises(SurveyError, match="'wait' holds '99' in 12 rows"):
        moments_from(table_of(frame, tmp_path), codebook=book)


@EVERYWHERE
def test_infinite_answers_are_no_answers(table_of, tmp_path):
    frame = answers().astype(float)
    frame.loc[:11, "care"] = np.inf
    assert "'care' holds 'inf' in 12 rows" in error_of(table_of(frame, tmp_path), scale=None)


def test_a_few_infinite_answers_in_an_engine_are_an_error_too():
    frame = answers().astype(float)
    frame.loc[:3, "care"] = np.inf
    found = error_of(pl.from_pandas(frame).lazy(), scale=None)
    assert "'care' holds infinite numbers in 4 rows (not in 10 or more of each)" in found


@EVERYWHERE
def test_a_column_of_text_is_told_with_examples(table_of, tmp_path):
    frame = answers(wait=["good"] * 120 + ["bad"] * 80)
    found = error_of(table_of(frame, tmp_path))
    assert "Column 'wait' holds text that is no number in 200 rows" in found
    assert "'good'" in found


@ENGINES
def test_a_text_that_few_gave_is_not_told(table_of, tmp_path):
    texts = [f"my name is {place}" for place in range(5)]
    frame = answers(wait=["7"] * 195 + texts)
    found = error_of(table_of(frame, tmp_path))
    assert "Column 'wait' holds text that is no number in 5 rows. Which text is not told" in found
    assert "my name" not in found


@ENGINES
@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([1.0] * 190 + [None] * 10, "The weight 'w' is missing in 10 rows"),
        ([1.0] * 190 + [np.inf] * 10, "The weight 'w' is infinite in 10 rows"),
        ([1.0] * 190 + [-1.0] * 10, "The weight 'w' is negative in 10 rows"),
        ([1.0] * 190 + [1e300] * 10, "in 10 rows, with which nobody can calculate"),
        ([1.0] * 190 + [1e-300] * 10, "in 10 rows, with which nobody can calculate"),
        ([0.0] * 200, "The weight 'w' is zero in every row"),
    ],
)
def test_weights_that_cannot_be_used_are_refused(table_of, weights, sentence, tmp_path):
    assert sentence in error_of(table_of(answers(w=weights), tmp_path), weight="w")
    with pytest.raises(SurveyError, match=sentence):
        moments_from(answers(w=weights), **FIELDS, weight="w")


def test_a_weight_of_text_is_refused():
    found = error_of(pl.from_pandas(answers(w="1")).lazy(), weight="w")
    assert "The weight 'w' holds String, and a weight is a number" in found


def test_a_column_that_can_hold_no_answers_is_refused():
    frame = answers(wait=pd.Timestamp("2025-01-01"))
    assert "Column 'wait' holds Datetime" in error_of(pl.from_pandas(frame).lazy())


@pytest.mark.parametrize("name", ["wait.time", "wait`"])
def test_a_name_that_spark_takes_for_something_else_is_refused(name):
    book = cx.Codebook(cx.Question("grade", ("grade",)), (cx.Question("wait", (name,)),))
    with pytest.raises(SurveyError, match="has a full stop or a backtick in its name, and Spark"):
        check_names(plan_of(book))


def test_true_and_false_fit_no_scale_but_one():
    frame = answers(wait=[True, False] * 100)
    table = pl.from_pandas(frame).lazy()
    found = error_of(table)
    assert "Column 'wait' holds only true and false, read as 1 and 0" in found
    fields = {**FIELDS, "scale": None}
    same = moments_from(frame.astype(float), **fields).covariance
    np.testing.assert_allclose(moments_from(table, **fields).covariance, same)


@EVERYWHERE
def test_a_driver_nobody_answered_is_named(table_of, tmp_path):
    frame = answers().assign(wait=pd.Series([None] * 200, dtype="Int64"))
    assert "'wait' has no answer in any of the 200 rows" in error_of(table_of(frame, tmp_path))


@EVERYWHERE
def test_drivers_that_nobody_answered_together_are_told(table_of, tmp_path):
    frame = answers().astype("Int64")
    frame.loc[:119, "wait"] = pd.NA
    frame.loc[120:, "care"] = pd.NA
    found = error_of(table_of(frame, tmp_path))
    assert "In none of the 200 rows is every question answered; the rarest, 'wait', is" in found
    assert 'answered in 80. Give missing="pairwise" in the place of complete rows' in found
    frame["wait"], frame["care"] = 5, 6
    frame.loc[:119, "grade"] = pd.NA
    frame.loc[120:, ["wait", "care"]] = pd.NA
    found = error_of(table_of(frame, tmp_path), missing="pairwise")
    assert "In none of the 200 rows are the outcome and a driver both answered; the rare" in found
    assert "Check that what belongs to one respondent was joined into one row." in found
    assert moments_from(table_of(answers(), tmp_path), **FIELDS).n.tolist() == [200]


@EVERYWHERE
def test_a_table_without_rows_is_an_error(table_of, tmp_path):
    found = error_of(table_of(answers().iloc[:0].astype("Int64"), tmp_path))
    assert "There is no row to add up" in found


def test_an_outcome_that_is_the_same_for_everybody_is_an_error():
    with pytest.raises(FitError, match="The outcome 'grade' is the same for everybody"):
        moments_from(answers(grade=7), **FIELDS)
