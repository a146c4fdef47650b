"""Tests of `answers.advice.shapes`: dissatisfiers are found, and all that leads to them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

import cxdrivers as cx
from cxdrivers.answers.advice.shapes import driver_shapes
from cxdrivers.answers.advice.shapes_result import DriverShapes
from cxdrivers.errors import FitError
from tests.answers.advice.shape_surveys import (
    bent_frame,
    row_of,
    seconds_survey,
    shape_survey,
    verdicts,
    with_seconds,
)

N_BOOT = 100


@pytest.fixture(scope="module")
def shapes() -> DriverShapes:
    return driver_shapes(shape_survey(bent_frame()), n_boot=N_BOOT, seed=7)


def test_a_driver_that_only_spoils_is_a_dissatisfier_and_the_others_are_not(shapes):
    assert verdicts(shapes) == {
        "reliability": "hybrid",
        "empathy": "hybrid",
        "wait_time": "dissatisfier",
    }


def test_straight_drivers_are_no_dissatisfiers_although_the_grades_end_at_10():
    frame = bent_frame(straight=True)
    frame["satisfaction"] = np.minimum(frame["satisfaction"] + 1, 10)
    assert (frame["satisfaction"] == 10).mean() > 0.15
    found = driver_shapes(shape_survey(frame), n_boot=0)
    assert set(verdicts(found).values()) == {"hybrid"}


def test_a_delighter_is_a_dissatisfier_the_other_way_round():
    turned = 11 - bent_frame()
    shapes = driver_shapes(shape_survey(turned), cut_offs=[(2, 6), (3, 5)], n_boot=0)
    assert verdicts(shapes)["wait_time"] == "delighter"


def test_penalties_and_rewards_are_slopes_of_a_regression_on_low_and_high(shapes):
    frame = bent_frame()
    boxes = {
        f"{driver}_{side}": chosen.astype(float)
        for driver in ("reliability", "empathy", "wait_time")
        for side, chosen in (("low", frame[driver] <= 5), ("high", frame[driver] >= 9))
    }
    fit = sm.OLS(frame["satisfaction"], sm.add_constant(pd.DataFrame(boxes))).fit()
    waiting = row_of(shapes, "wait_time")
    np.testing.assert_allclose(waiting["penalty"], fit.params["wait_time_low"])
    np.testing.assert_allclose(waiting["reward"], fit.params["wait_time_high"])
    np.testing.assert_allclose(shapes.r_squared[0], fit.rsquared)
    assert waiting["n_low"] == (frame["wait_time"] <= 5).sum()
    assert waiting["n_high"] == (frame["wait_time"] >= 9).sum()


def test_a_university_has_the_published_asymmetries(shared_file):
    frame = pd.read_csv(shared_file("data/CUB_univer.csv"))
    drivers = ["informat", "willingn", "officeho", "compete"]
    survey = cx.Survey.from_frame(frame, outcome="global", drivers=drivers, scale=(1, 7))
    shapes = driver_shapes(survey, cut_offs=[(4, 7)], n_boot=0)
    asymmetry = shapes.tidy().set_index("driver")["asymmetry"]
    assert asymmetry[drivers].round(2).tolist() == [-0.39, -0.42, -0.25, -0.37]
    assert round(shapes.r_squared[0], 2) == 0.71
    assert abs(shapes.r_squared[0] - 0.708) < 0.0005


def test_two_cut_offs_are_shown_and_the_verdict_is_what_both_say(shapes):
    table = shapes.tidy()
    assert table.groupby("driver", sort=False)["setting"].apply(list).tolist() == [[1, 2]] * 3
    assert table[["low", "high"]].drop_duplicates().to_numpy().tolist() == [[5, 9], [6, 8]]
    for _, rows in table.groupby("driver"):
        classes = set(rows["class"])
        assert set(rows["verdict"]) == (classes if len(classes) == 1 else {"undecided"})


def test_a_driver_whose_ratings_are_never_low_stays_undecided():
    found = driver_shapes(shape_survey(bent_frame()), cut_offs=[(5, 9), {"wait_time": (0, 9)}])
    assert row_of(found, "wait_time", 1)["class"] == "dissatisfier"
    assert row_of(found, "wait_time", 2)["class"] == "undecided"
    assert np.isnan(row_of(found, "wait_time", 2)["asymmetry"])
    assert verdicts(found)["wait_time"] == "undecided"
    assert "What is called low and high decides the class of Wait time" in found.summary()
    assert "For Wait time penalty and reward cannot be told" in found.summary()


def test_without_anybody_between_low_and_high_nothing_can_be_told():
    found = driver_shapes(shape_survey(bent_frame()), cut_offs=[{"empathy": (7, 8)}], n_boot=0)
    assert np.isnan(row_of(found, "empathy")[["penalty", "reward"]].astype(float)).all()
    assert np.isfinite(row_of(found, "wait_time")["penalty"])


def test_the_probability_of_a_class_is_a_share_of_resamples(shapes):
    waiting = row_of(shapes, "wait_time")
    assert 0.5 < waiting["probability"] <= 1
    assert round(waiting["probability"] * N_BOOT, 6) == round(waiting["probability"] * N_BOOT)
    assert waiting["verdict_probability"] <= waiting["probability"]


def test_resamples_are_those_of_the_seed_and_leave_the_estimates(shapes):
    survey = shape_survey(bent_frame())
    again = driver_shapes(survey, n_boot=N_BOOT, seed=7)
    pd.testing.assert_frame_equal(shapes.tidy(), again.tidy())
    pd.testing.assert_frame_equal(shapes.curves(), again.curves())
    other = driver_shapes(survey, n_boot=N_BOOT, seed=8).tidy()
    assert not other["penalty_low"].equals(again.tidy()["penalty_low"])
    np.testing.assert_array_equal(other["penalty"], again.tidy()["penalty"])


def test_estimates_lie_in_their_intervals_and_the_knot_where_the_slope_changes(shapes):
    table = shapes.tidy()
    for name in ("penalty", "reward", "asymmetry", "slope_below", "slope_above", "knot"):
        assert (table[f"{name}_low"] <= table[name]).all()
        assert (table[name] <= table[f"{name}_high"]).all()
    waiting = row_of(shapes, "wait_time")
    assert 6 <= waiting["knot"] <= 8
    assert waiting["p_value"] < 0.01
    assert waiting["slope_below"] > 0.3
    assert waiting["slope_above"] < 0.1
    assert waiting["p_above_nil"] < 0.2
    assert waiting["p_below_nil"] > 0.99


def test_the_other_end_of_the_outcome_is_asked_too(shapes):
    waiting = row_of(shapes, "wait_time")
    assert waiting["ends_difference"] > 0
    assert "The bottom box (5 or lower) and the top box (" in shapes.summary()


def test_without_resamples_there_are_estimates_and_no_probabilities():
    found = driver_shapes(shape_survey(bent_frame()), n_boot=0)
    table = found.tidy()
    assert table[["penalty_low", "asymmetry_high", "knot_low", "probability"]].isna().all(axis=None)
    assert table["slope_below_low"].notna().all()
    assert found.curves()["conf_low"].isna().all()
    assert verdicts(found)["wait_time"] == "dissatisfier"


def test_waiting_in_seconds_is_as_good_as_a_rating_of_it():
    found = driver_shapes(seconds_survey(with_seconds(bent_frame())), n_boot=N_BOOT, seed=7)
    waiting = row_of(found, "wait_time")
    assert verdicts(found)["wait_time"] == "dissatisfier"
    assert waiting["low"] > waiting["centre"] > waiting["high"]
    assert waiting["knot_low"] <= waiting["knot"] <= waiting["knot_high"]
    curve = found.curves().query("driver == 'wait_time'")
    assert curve["value"].is_monotonic_increasing
    assert (np.diff(curve["estimate"]) <= 1e-9).all()
    assert "≥" in found.table()["low | high"].iloc[2].split("|")[0]


def test_minutes_say_the_same_as_seconds():
    frame = with_seconds(bent_frame())
    seconds = driver_shapes(seconds_survey(frame), n_boot=N_BOOT)
    minutes = driver_shapes(
        seconds_survey(frame.assign(wait_time=frame["wait_time"] / 60)), n_boot=N_BOOT
    )
    names = ["penalty", "reward", "slope_below", "slope_above", "p_value", "probability"]
    pd.testing.assert_frame_equal(seconds.tidy()[names], minutes.tidy()[names])
    assert minutes.tidy()["knot"].iloc[-1] == pytest.approx(seconds.tidy()["knot"].iloc[-1] / 60)


def test_categories_and_answers_of_two_values_are_held_constant_and_named():
    frame = bent_frame().assign(
        channel=lambda rows: pd.Categorical(np.where(rows.index % 3, "phone", "chat")),
        asked=lambda rows: rows.index % 2,
        same=5,
    )
    drivers = ["wait_time", "channel", "asked", "same"]
    survey = cx.Survey.from_frame(frame, outcome="satisfaction", drivers=drivers)
    found = driver_shapes(survey, n_boot=0)
    assert set(found.tidy()["driver"]) == {"wait_time"}
    said = found.summary()
    assert "Left out: channel. It has no single rating that can be low or high" in said
    assert "Left out: asked. It takes 2 different values" in said
    assert "Left out: same. It never varies." in said


def test_an_outcome_of_many_values_is_tested_as_a_number_and_said_so():
    frame = bent_frame()
    frame["satisfaction"] += np.random.default_rng(1).uniform(-0.4, 0.4, len(frame))
    found = driver_shapes(shape_survey(frame, scale=None), n_boot=0)
    assert found.tested_on == "line"
    assert "is tested on the outcome as a number" in found.summary()
    assert "The outcome has no bottom and top box" in found.summary()


def test_what_is_no_survey_is_refused():
    with pytest.raises(FitError, match="Make a survey with"):
        driver_shapes(bent_frame())


def test_a_survey_without_any_rating_is_told_so():
    frame = pd.DataFrame({"satisfaction": [1, 5, 9, 4, 8, 7] * 9, "asked": [0, 1, 0, 1, 1, 0] * 9})
    survey = cx.Survey.from_frame(frame, outcome="satisfaction", drivers=["asked"])
    with pytest.raises(
        FitError, match="None of the drivers 'asked' is a rating with at least three"
    ):
        driver_shapes(survey, n_boot=0)
