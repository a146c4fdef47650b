"""A plan holds what sums need, and refuses what needs rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cxdrivers.codebook.codebook import FACTOR, ITEMS, Codebook, Question
from cxdrivers.errors import FitError
from cxdrivers.moments.warehouse.plan_making import plan_of

OUTCOME = Question("grade", ("grade",), scale=(1, 10), not_applicable=(99.0,))
WAIT = Question("wait", ("wait",), scale=(0, 10), reversed=("wait",), not_applicable=(99.0,))
CARE = Question("care", ("care_1", "care_2"), scale=(1, 5))
MENU = Question("menu", ("menu_1", "menu_2"), kind=ITEMS)
CODEBOOK = Codebook(OUTCOME, (WAIT, CARE, MENU), weight="w", respondent="who")


def test_a_rating_is_one_column_and_items_are_one_each_and_the_outcome_is_last():
    columns = plan_of(CODEBOOK).columns
    assert [column.term for column in columns] == [
        "rating",
        "not_applicable",
        "rating",
        "menu_1",
        "menu_2",
        "rating",
    ]
    assert [column.question for column in columns] == [0, 0, 1, 2, 2, 3]


def test_the_middle_of_the_scale_is_taken_off_but_not_off_marks():
    plan = plan_of(CODEBOOK)
    assert [column.centre for column in plan.columns] == [5.0, 0.0, 3.0, 0.0, 0.0, 5.5]
    assert plan.uncentred == ("menu",)
    centred = plan.centred([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    assert [column.centre for column in centred.columns] == [1.0, 0.0, 3.0, 4.0, 5.0, 6.0]
    assert centred.uncentred == ()


def test_an_outcome_has_no_mark():
    assert [asked.marked for asked in plan_of(CODEBOOK).questions] == [True, False, False, False]


def test_a_reversed_item_is_turned_round_its_scale():
    assert plan_of(CODEBOOK).questions[0].items[0].turned == 10


def test_rows_are_told_apart_by_cluster_then_respondent_then_number():
    assert plan_of(CODEBOOK).identity == "who"
    clustered = plan_of(replace(CODEBOOK, cluster="team"))
    assert (clustered.identity, clustered.clustered) == ("team", True)
    given = plan_of(replace(CODEBOOK, cluster="team"), identity="row")
    assert (given.identity, given.clustered) == ("row", False)
    assert plan_of(replace(CODEBOOK, respondent=None)).identity is None


def test_the_table_must_have_every_column_that_is_named():
    plan = plan_of(replace(CODEBOOK, required=("filled",)), by=["land", "wave"])
    assert set(plan.table_columns) == {
        *("wait", "care_1", "care_2", "menu_1", "menu_2", "grade"),
        *("land", "wave", "w", "who", "filled"),
    }


def test_the_columns_of_the_sums_are_the_upper_triangle():
    plan = plan_of(Codebook(OUTCOME, (CARE,)), by="land")
    assert plan.result_columns == (
        *("by_0", "small", "part", "groups", "rows", "n", "off", "alone"),
        *("w2", "w", "s_0", "s_1", "p_0_0", "p_0_1", "p_1_1"),
    )


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"missing": "pairwize"}, "missing is 'pairwize'. Did you mean 'pairwise'?"),
        ({"parts": -1}, "parts is -1. It must be 0 or a whole number above it; more than 200"),
        ({"parts": 2.5}, "parts is 2.5"),
        ({"minimum": 1}, "minimum is 1. It must be a whole number of at least 2"),
        ({"seed": -1}, "seed is -1"),
        ({"by": ["a", "b", "c"]}, "by names 3 columns"),
        ({"by": []}, "by names 0 columns"),
        ({"by": ["a", "a"]}, "is given for the outer and for the inner groups"),
        ({"by": "care_1"}, "Column 'care_1' cannot divide respondents into groups"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, sentence):
    with pytest.raises(FitError) as error:
        plan_of(CODEBOOK, **settings)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    "driver",
    [
        Question("channel", ("channel",), kind=FACTOR),
        Question("both", interaction=("wait", "care")),
    ],
)
def test_what_needs_rows_says_so(driver):
    codebook = Codebook(OUTCOME, (WAIT, CARE, driver))
    with pytest.raises(FitError, match=f"driver '{driver.key}' is a factor or an interaction"):
        plan_of(codebook)


def test_replicate_weights_say_that_they_need_rows():
    codebook = replace(CODEBOOK, replicate_weights=("r1", "r2"))
    with pytest.raises(FitError, match="replicate weights"):
        plan_of(codebook)
