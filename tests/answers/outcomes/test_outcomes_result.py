"""Tests of `answers.outcomes.outcomes_result`: what is said of both ends, and what is left out."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.answers.outcomes.outcomes_result import OutcomeComparison
from tests.answers.outcomes.graded_surveys import DRIVERS, graded_survey, proportional

N_BOOT = 100


@pytest.fixture(scope="module")
def survey() -> cx.Survey:
    return graded_survey(proportional())


@pytest.fixture(scope="module")
def comparison(survey: cx.Survey) -> OutcomeComparison:
    return cx.compare_outcomes(survey, n_boot=N_BOOT, seed=7)


def test_the_same_order_for_every_outcome_is_said(comparison):
    assert "For every outcome the drivers stand in the same order." in comparison.summary()
    assert "Voor elke uitkomst staan de drivers in dezelfde volgorde." in comparison.summary("nl")


def test_a_box_that_nobody_is_in_is_left_out_and_named():
    frame = proportional()
    frame["satisfaction"] = frame["satisfaction"].clip(upper=9)
    comparison = cx.compare_outcomes(graded_survey(frame), n_boot=0)
    assert "at_least_10" not in comparison.weights
    assert comparison.top == "at_least_9"
    assert "Left out: 10. Nobody is in it." in comparison.summary()
    assert "Weggelaten: 10. Niemand valt erin." in comparison.summary("nl")


def test_a_box_that_everybody_is_in_is_left_out_and_named():
    frame = proportional()
    frame["satisfaction"] = frame["satisfaction"].clip(upper=5)
    comparison = cx.compare_outcomes(graded_survey(frame), at_least=(3, 4), n_boot=0)
    assert list(comparison.left_out) == ["at_most_5"]
    said = comparison.summary()
    assert "Left out: 5 or lower. Everybody is in it." in said
    assert "Bottom and top are not compared, for there is not a box at each end." in said
    assert "bottom − top" not in comparison.table()
    assert comparison.places == {}
    assert (
        comparison.footer()
        == "Shares of what the drivers explain of each outcome, 500 respondents."
    )


def test_an_outcome_of_two_answers_has_one_model_for_both_ends():
    frame = proportional().assign(
        satisfaction=lambda rows: (rows["satisfaction"] > 6).astype(float)
    )
    frame[list(DRIVERS)] /= 10
    survey = graded_survey(frame, scale=(0, 1))
    comparison = cx.compare_outcomes(survey, n_boot=0)
    assert list(comparison.weights) == ["mean", "at_most_0", "at_least_1"]
    said = comparison.summary()
    assert "The outcome takes two values, so its top box says all." in said
    assert "who is not in the one is in the other, so both have the same model." in said
    with pytest.raises(cx.FitError, match=r"the boxes are 'at_most_0', 'at_least_1'\. Use tidy"):
        comparison.extremes()


def test_too_many_grades_leave_only_the_ordinal_model_out():
    frame = proportional()
    frame["satisfaction"] = np.clip(frame["satisfaction"] + np.arange(500) % 7 / 10, 1, 10)
    comparison = cx.compare_outcomes(graded_survey(frame), n_boot=0)
    assert "ordinal" not in comparison.weights
    assert "at_most_5" in comparison.weights
    assert "different values, more than the 30 grades of an ordinal" in comparison.summary()


def test_grades_that_answers_set_apart_leave_the_ordinal_model_out_with_its_reason():
    frame = proportional(200)
    frame["reliability"] = frame["satisfaction"]
    comparison = cx.compare_outcomes(graded_survey(frame), at_least=8, n_boot=0)
    assert list(comparison.left_out) == ["ordinal"]
    assert "Left out: grades in order. " in comparison.summary()


def test_a_box_with_few_respondents_is_marked_and_no_difference_is_called_clear():
    frame = proportional(400)
    comparison = cx.compare_outcomes(graded_survey(frame), at_most=2, n_boot=N_BOOT, seed=7)
    assert 0 < comparison.in_box("at_most_2") * 400 < 30
    assert comparison.thin == ("at_most_2",)
    assert "2 or lower (few)" in comparison.table().columns
    assert not set(comparison.places.values()) & {"bottom", "more_bottom", "top", "more_top"}
    said, gezegd = comparison.summary(), comparison.summary("nl")
    assert "Too few respondents are at 2 or lower or at 10 to call any difference" in said
    assert "For 2 or lower the numbers are uncertain: fewer than 10 respondents for each" in said
    assert "Er zijn te weinig respondenten op 2 of lager of op 10" in gezegd
    assert "Voor 2 of lager zijn de cijfers onzeker: minder dan 10 respondenten per" in gezegd


def test_the_top_is_the_highest_box_with_enough_respondents():
    frame = proportional()
    many = np.flatnonzero(frame["satisfaction"] == 10)[20:]
    frame.loc[many, "satisfaction"] = 9
    comparison = cx.compare_outcomes(graded_survey(frame), n_boot=0)
    assert comparison.thin == ("at_least_10",)
    assert comparison.top == "at_least_9"


def test_without_resamples_nothing_is_called_clear(survey):
    comparison = cx.compare_outcomes(survey, at_least=(8, 10), n_boot=0)
    assert comparison.extremes()["difference_low"].isna().all()
    assert "Without resamples it cannot be told which shares for 5 or lower" in comparison.summary()
    assert comparison.footer().endswith("500 respondents, no resamples.")


def test_the_footer_says_how_it_was_made(comparison):
    assert comparison.footer() == (
        "Shares of what the drivers explain of each outcome. Difference: 5 or lower less 10, in "
        "percentage points with 95\xa0% interval; clear when p < 0.05 for 3 drivers together "
        "(Holm). 500 respondents, 100 resamples of respondents, the same for every outcome, seed 7."
    )
    assert "duidelijk bij p < 0,05 voor 3 drivers samen (Holm)" in comparison.footer("nl")


def test_the_table_has_a_column_an_outcome_and_says_where_a_driver_counts(comparison):
    english, dutch = comparison.table(), comparison.table("nl")
    assert list(english.columns) == [
        "driver", "mean", "grades in order", "5 or lower", "8 or higher", "9 or higher", "10",
        "bottom − top", "where it counts",
    ]  # fmt: skip
    assert list(dutch.columns)[3:] == [
        "5 of lager", "8 of hoger", "9 of hoger", "10", "onder − boven", "waar het telt",
    ]  # fmt: skip
    assert english["driver"].tolist() == ["Reliability", "Empathy", "Wait time"]
    assert dutch["waar het telt"].tolist() == ["beide kanten"] * 3


def test_it_reads_well_in_a_notebook(comparison):
    assert "<table" in comparison._repr_html_()
    assert repr(comparison).splitlines()[0].split()[:2] == ["driver", "mean"]


def test_a_frame_that_is_handed_out_can_be_changed_without_harm(comparison):
    handed = comparison.extremes()
    handed["where"] = ""
    assert set(comparison.extremes()["where"]) == {"both"}
