"""Priorities say where there is room, what it goes with, and how sure the order is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cxdrivers.answers.advice.priorities import priorities, priorities_of
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.errors import FitError
from tests.answers.advice.priority_surveys import (
    AWAY,
    DRIVERS,
    OUTCOME,
    priority_frame,
    priority_survey,
)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return priority_frame()


def test_headroom_is_the_slope_of_a_regression_times_the_room_to_the_target(frame):
    table = priorities(priority_survey(frame), target=8, n_boot=0).tidy()
    fit = sm.OLS(frame[OUTCOME], sm.add_constant(frame[list(DRIVERS)])).fit()
    room = np.maximum(8 - frame[list(DRIVERS)].mean(), 0)
    np.testing.assert_allclose(table["estimate"], fit.params[list(DRIVERS)] * room)
    np.testing.assert_allclose(table["room"], room)
    assert table["room"].iloc[2] == table["estimate"].iloc[2] == 0


def test_performance_runs_by_the_ends_of_the_scale_and_not_by_what_was_given(frame):
    wide = priority_survey(frame, {"empathy": {"scale": (0.0, 20.0)}})
    table = priorities(wide, n_boot=0).tidy().set_index("driver")
    assert table.loc["empathy", "performance"] == pytest.approx(5 * frame["empathy"].mean())
    expected = 100 * (frame["reliability"].mean() - 1) / 9
    assert table.loc["reliability", "performance"] == pytest.approx(expected)


def test_shares_and_their_intervals_are_those_of_driver_weights(frame):
    survey = priority_survey(frame)
    weights = driver_weights(survey, n_boot=40, seed=3).tidy()
    found = priorities(survey, n_boot=40, seed=3).tidy()
    names = ["driver", "share", "share_low", "share_high", "n", "remark"]
    pd.testing.assert_frame_equal(found[names], weights[names])
    effects = ["effect", "effect_low", "effect_high"]
    np.testing.assert_allclose(found[effects], weights[effects])


def test_among_users_the_gain_is_larger_than_over_everybody_by_who_met_the_driver():
    frame = priority_frame(away=0.4)
    table = priorities(priority_survey(frame), n_boot=20).tidy().set_index("driver")
    users = frame["empathy"] != AWAY
    row = table.loc["empathy"]
    assert row["met"] == pytest.approx(users.mean())
    assert row["mean"] == pytest.approx(frame.loc[users, "empathy"].mean())
    assert row["estimate"] == pytest.approx(row["gain_users"] * users.mean())
    assert row["gain_users"] == pytest.approx(row["effect"] * (8 - row["mean"]))
    assert table.loc["reliability", "met"] == 1
    assert row["gain_users_low"] < row["gain_users"] < row["gain_users_high"]


@pytest.mark.parametrize("fields", [{}, {"weight": "weight"}, {"cluster": "agent"}])
def test_every_interval_holds_its_estimate_however_rows_were_sampled(frame, fields):
    table = priorities(priority_survey(frame, **fields), n_boot=60).tidy()
    for name, low, high in (
        ("mean", "mean_low", "mean_high"),
        ("performance", "performance_low", "performance_high"),
        ("estimate", "conf_low", "conf_high"),
        ("share_room", "share_room_low", "share_room_high"),
        ("rank", "rank_low", "rank_high"),
    ):
        assert ((table[low] <= table[name]) & (table[name] <= table[high])).all()


def test_a_weighted_mean_is_shown_where_rows_have_weights(frame):
    table = priorities(priority_survey(frame, weight="weight"), n_boot=0).tidy()
    expected = np.average(frame[list(DRIVERS)], axis=0, weights=frame["weight"])
    np.testing.assert_allclose(table["mean"], expected)


def test_blanks_are_estimated_and_the_headroom_still_is_the_effect_shown_times_the_room():
    survey = priority_survey(priority_frame(blank=0.15))
    for missing in ("em", "imputation", "listwise"):
        weights = driver_weights(survey, missing=missing, n_boot=60)
        table = priorities_of(survey, weights).tidy()
        np.testing.assert_allclose(table["estimate"], table["effect"] * table["room"])
        assert (table["conf_low"] <= table["estimate"]).all()
        assert (table["estimate"] <= table["conf_high"]).all()


def test_with_a_top_box_the_gains_stay_of_the_mean_grade_and_the_footer_says_so(frame):
    survey = priority_survey(frame)
    chances = priorities(survey, kind="top_box", n_boot=20)
    grades = priorities(survey, n_boot=0).tidy()
    np.testing.assert_allclose(chances.tidy()["effect"], grades["effect"])
    assert not np.allclose(chances.tidy()["share"], grades["share"])
    assert "The shares come from another model" in chances.footer()


def test_replicate_weights_give_intervals_but_no_chances_and_no_order(frame):
    rng = np.random.default_rng(5)
    columns = {f"r{place}": frame["weight"] * rng.uniform(0.8, 1.2, 240) for place in range(12)}
    survey = priority_survey(
        frame.assign(**columns), weight="weight", replicate_weights=tuple(columns)
    )
    found = priorities(survey)
    table = found.tidy()
    assert np.isfinite(table[["conf_low", "conf_high", "performance_low"]]).all(axis=None)
    assert table[["p_fix_first", "rank_low", "rank_high"]].isna().all(axis=None)
    assert "no chances" in found.footer()


def test_the_order_is_by_headroom_and_the_quadrants_by_target_and_share(frame):
    found = priorities(priority_survey(frame), n_boot=60)
    table = found.tidy().set_index("driver")
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["quadrant"].tolist() == ["fix_first", "fix_first", "enough"]
    assert table.loc["reliability", "p_fix_first"] == 1
    assert table.loc["empathy", "quadrant_at_means"] == "keep_up"
    assert table.loc["wait_time", ["p_fix_first", "p_fix_first_at_means"]].tolist() == [0, 0]


def test_a_driver_without_a_place_is_named_with_the_reason(frame):
    changes = {"wait_time": {"scale": None}, "empathy": {"kind": "factor", "scale": None}}
    found = priorities(priority_survey(frame, changes), n_boot=0)
    assert found.drivers == ("reliability",)
    said = found.summary()
    assert "Not placed: Empathy. It has no single rating with a mean to reach." in said
    assert "Not placed: Wait time. Without a scale in the codebook it has no place" in said
    constant = priorities(priority_survey(frame.assign(wait_time=8.0)), n_boot=0)
    assert "Not placed: Wait time. It never varies" in constant.summary()


def test_the_callers_table_is_a_copy_and_nothing_of_the_survey_is_changed(frame):
    before = frame.copy()
    found = priorities(priority_survey(frame), n_boot=0)
    table = found.tidy()
    table["share"] = 0.0
    assert found.tidy()["share"].sum() == pytest.approx(1)
    pd.testing.assert_frame_equal(frame, before)


def test_the_same_seed_gives_the_same_numbers(frame):
    first, second = (priorities(priority_survey(frame), n_boot=30, seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(first.tidy(), second.tidy())


def test_drivers_that_explain_nothing_have_no_place():
    frame = priority_frame()
    rng = np.random.default_rng(2)
    survey = priority_survey(frame.assign(satisfaction=rng.integers(5, 10, 240)))
    with pytest.raises(FitError, match="cannot be told from nothing") as caught:
        priorities(survey, n_boot=100)
    assert str(caught.value).endswith("Use driver_weights to see what can be told.")
    assert "niet van niets te onderscheiden" in caught.value.say("nl")


def test_without_a_scale_on_any_driver_there_is_nothing_to_place(frame):
    survey = priority_survey(frame, {driver: {"scale": None} for driver in DRIVERS})
    with pytest.raises(FitError) as caught:
        priorities(survey, n_boot=0)
    assert str(caught.value) == (
        "None of the drivers 'reliability', 'empathy', 'wait_time' is a single rating that varies "
        "and has a scale, so none has a place between 0 and 100. Give the drivers their scale in "
        "the codebook, such as scale = [1, 10]."
    )


def test_what_is_no_survey_is_refused(frame):
    with pytest.raises(FitError, match="DataFrame"):
        priorities(frame)  # type: ignore[arg-type]
