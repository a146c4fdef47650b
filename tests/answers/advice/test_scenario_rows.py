"""Tests of `answers.advice.scenario_rows`: who moves, how far, and what follows from it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cxdrivers as cx
from cxdrivers.answers.advice.scenario_changes import Move, Scenario
from cxdrivers.answers.advice.scenario_rows import (
    DriverRatings,
    changed_columns,
    driver_ratings,
    reach_of,
)
from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.moments.design import design_of
from cxdrivers.moments.imputation import imputed_designs
from tests.answers.advice.scenario_surveys import (
    AWAY,
    DRIVERS,
    OUTCOME,
    scenario_frame,
    scenario_survey,
)


def coded(frame: pd.DataFrame, **more: Question) -> cx.Survey:
    drivers = {key: Question(key, (key,), scale=(1, 10)) for key in DRIVERS} | more
    outcome = Question(OUTCOME, (OUTCOME,), scale=(1, 10))
    return cx.Survey(frame, Codebook(outcome, tuple(drivers.values())))


def changed(survey: cx.Survey, **changes: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns as they are and as a scenario of shifts has them."""
    moves = tuple(Move(driver, "shift", size) for driver, size in changes.items())
    design = design_of(survey, blanks=True)
    keys = [key for key in survey.drivers if key in DRIVERS or key in changes]
    ratings = {key: driver_ratings(design, survey, key) for key in keys}
    scenario = Scenario("plan", moves, named=True)
    return design.columns, changed_columns(design, survey, scenario, ratings)


def test_a_shift_moves_everybody_as_far_as_the_end_of_the_scale():
    frame = scenario_frame(200)
    before, after = changed(scenario_survey(frame), empathy=1.5)
    slow = (frame["empathy"] + 1.5).clip(upper=10)
    np.testing.assert_allclose(after[:, 1], slow)
    np.testing.assert_array_equal(after[:, [0, 2]], before[:, [0, 2]])


def test_whom_a_driver_did_not_apply_to_stays():
    frame = scenario_frame(200)
    frame.loc[::3, "empathy"] = AWAY
    before, after = changed(scenario_survey(frame, not_applicable=[AWAY]), empathy=-2.0)
    away = np.arange(200) % 3 == 0
    np.testing.assert_array_equal(after[away], before[away])
    moved = (after - before)[~away]
    rated = frame["empathy"][~away]
    np.testing.assert_allclose(moved[:, 1], (rated - 2).clip(lower=1) - rated)
    np.testing.assert_array_equal(moved[:, 2:], 0)


def test_an_interaction_follows_from_the_changed_drivers():
    frame = scenario_frame(200)
    frame.loc[::5, "empathy"] = AWAY
    partial = Question("empathy", ("empathy",), scale=(1, 10), not_applicable=(AWAY,))
    both = Question("both", interaction=("reliability", "empathy"))
    survey = coded(frame, empathy=partial, both=both)
    before, after = changed(survey, reliability=1.0, empathy=0.5)
    met = np.arange(200) % 5 > 0
    means = frame["reliability"].mean(), frame["empathy"][met].mean()
    moved = (frame["reliability"] + 1).clip(upper=10), (frame["empathy"] + 0.5).clip(upper=10)
    products = [
        (ratings[0] - means[0]) * (ratings[1] - means[1])
        for ratings in ((frame["reliability"], frame["empathy"]), moved)
    ]
    slow = (products[1] - products[0]).where(met, 0)
    np.testing.assert_allclose((after - before)[:, -1], slow, atol=1e-9)


def test_every_item_of_a_driver_of_items_moves_as_far_as_it_can():
    frame = scenario_frame(200).assign(second=lambda table: 11 - table["empathy"])
    frame["second"] = np.clip(frame["second"] + np.tile([0, 1, 2, -1], 50), 1, 10)
    items = Question("warmth", ("empathy", "second"), scale=(1, 10), kind="items")
    survey = coded(frame.drop(columns="wait_time").assign(wait_time=frame["wait_time"]))
    drivers = (survey.codebook.drivers[0], items)
    survey = cx.Survey(frame, Codebook(survey.codebook.outcome, drivers))
    before, after = changed(survey, warmth=2.0)
    slow = (frame[["empathy", "second"]] + 2).clip(upper=10)
    np.testing.assert_allclose(after[:, 1:], slow)
    np.testing.assert_array_equal(after[:, 0], before[:, 0])


def test_without_a_scale_nobody_goes_beyond_the_answers_that_were_given():
    frame = scenario_frame(200)
    frame["empathy"] = frame["empathy"].clip(3, 9)
    _, after = changed(scenario_survey(frame, scale=None), empathy=5.0)
    np.testing.assert_allclose(after[:, 1], (frame["empathy"] + 5).clip(upper=9))


def test_reach_counts_who_moves_and_why_others_do_not():
    frame = scenario_frame(200)
    frame["empathy"] = np.tile([10.0, 9.8, 9.0, 5.0, np.nan, AWAY, 7.0, 8.0], 25)
    survey = scenario_survey(frame, not_applicable=[AWAY])
    design = design_of(survey, blanks=True)
    ratings = driver_ratings(design, survey, "empathy")
    fillings = tuple(imputed_designs(design, m=2, seed=1))
    up = reach_of(Move("empathy", "shift", 0.5), ratings, fillings, None)
    counts = (up.moved, up.partly, up.stuck, up.already, up.blank, up.not_met)
    assert counts == (100, 25, 25, 0, 25, 25)
    floor = reach_of(Move("empathy", "at_least", 8), ratings, fillings, None)
    counts = (floor.moved, floor.partly, floor.stuck, floor.already, floor.blank, floor.not_met)
    assert counts == (50, 0, 0, 100, 25, 25)


def test_the_average_move_is_weighted_and_counts_who_stays():
    frame = scenario_frame(100)
    frame["empathy"] = np.tile([10.0, 6.0], 50)
    survey = scenario_survey(frame)
    design = design_of(survey, blanks=True)
    ratings = driver_ratings(design, survey, "empathy")
    weights = np.tile([1.0, 3.0], 50)
    found = reach_of(Move("empathy", "shift", 1), ratings, (design,), weights)
    assert found.average == pytest.approx(0.75)


def test_a_driver_that_never_varies_cannot_be_moved():
    survey = scenario_survey(scenario_frame(60).assign(empathy=8.0))
    with pytest.raises(cx.FitError) as caught:
        driver_ratings(design_of(survey, blanks=True), survey, "empathy")
    assert str(caught.value) == (
        "'empathy' is the same for all 60 respondents who rated it, so nothing is known of what a "
        "change in it goes with. Leave it out of the changes."
    )
    assert "is gelijk voor alle 60 respondenten" in caught.value.say("nl")


@given(st.lists(st.floats(-2, 14), min_size=1, max_size=8), st.floats(-12, 12))
def test_a_move_never_leaves_the_scale_and_never_turns_round(given_ratings, size):
    values = np.array(given_ratings)[:, np.newaxis]
    away = np.zeros(len(values), dtype=bool)
    ratings = DriverRatings((0,), values, np.zeros(1), away, (1.0, 10.0))
    moved = ratings.moved_by(Move("x", "shift", size), values)
    assert (moved * size >= 0).all()
    assert (np.abs(moved) <= abs(size) + 1e-12).all()
    inside = (values >= 1) & (values <= 10)
    after = (values + moved)[inside]
    assert ((after >= 1 - 1e-9) & (after <= 10 + 1e-9)).all()
