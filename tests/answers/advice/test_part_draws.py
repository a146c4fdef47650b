"""Tests of `answers.advice.part_draws`: beside the rows that the moments are of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.regression.linear_model import WLS

import cxdrivers as cx
from cxdrivers.answers.advice.part_draws import outcome_means, part_draws, rating_spread
from cxdrivers.answers.weights.drawn import DrawnParts
from cxdrivers.answers.weights.part_weights import usable_group
from cxdrivers.moments.part_resampling import part_counts
from cxdrivers.moments.random_parts import random_parts
from tests.answers.advice.part_surveys import AWAY, DRIVERS, part_frame, part_survey, whole
from tests.samples import OUTCOME

FRAME = part_frame()
PARTS = DrawnParts(usable_group(whole(part_survey(FRAME), parts=20, seed=4)))


def by_hand(masses: np.ndarray) -> np.ndarray:
    """Return means among users, slopes and parts of users of rows that count so much."""
    away = (FRAME["empathy"] == AWAY).to_numpy()
    columns = FRAME[list(DRIVERS)].to_numpy(copy=True)
    columns[away, 1] = 0.0
    regressors = np.column_stack([np.ones(len(FRAME)), columns, away])
    slopes = WLS(FRAME[OUTCOME].to_numpy(), regressors, weights=masses).fit().params[1:4]
    users = np.column_stack([np.ones_like(away), ~away, np.ones_like(away)]) * masses[:, None]
    return np.array([(columns * users).sum(0) / users.sum(0), slopes, users.sum(0) / masses.sum()])


def test_the_sample_is_that_of_the_rows():
    found = part_draws(PARTS, DRIVERS, n_boot=0, seed=0)
    np.testing.assert_allclose(found.sample, by_hand(FRAME["w"].to_numpy()), rtol=1e-9)
    assert found.replicates.shape == (0, 3, 3)


def test_resamples_are_those_of_the_parts_with_the_same_seed():
    found = part_draws(PARTS, DRIVERS, n_boot=4, seed=3)
    part = random_parts(np.zeros(len(FRAME), np.intp), 1, count=20, seed=4).part
    counts = part_counts(PARTS.moments, n_boot=4, seed=3)
    today = outcome_means(PARTS, n_boot=4, seed=3)[1]
    for drawn, told, mean in zip(counts, found.replicates, today, strict=True):
        masses = drawn[part] * FRAME["w"].to_numpy()
        np.testing.assert_allclose(told, by_hand(masses), rtol=1e-7)
        assert mean == pytest.approx(np.average(FRAME[OUTCOME], weights=masses))


def test_some_drivers_can_be_asked_for_in_another_order():
    every = part_draws(PARTS, DRIVERS, n_boot=5, seed=1)
    two = part_draws(PARTS, ["customer_focus", "empathy"], n_boot=5, seed=1)
    np.testing.assert_allclose(two.sample, every.sample[:, [2, 1]])
    np.testing.assert_allclose(two.replicates, every.replicates[:, :, [2, 1]])


def test_the_spread_of_ratings_is_that_among_users():
    for driver in DRIVERS:
        told = (FRAME[driver] != AWAY).to_numpy()
        ratings, masses = FRAME.loc[told, driver], FRAME.loc[told, "w"]
        mean = np.average(ratings, weights=masses)
        spread = np.sqrt(np.average((ratings - mean) ** 2, weights=masses))
        assert rating_spread(PARTS.moments, driver) == pytest.approx(spread)


def test_a_driver_of_several_items_has_the_sum_of_their_slopes_and_no_mean():
    frame = part_frame(away=False)
    rng = np.random.default_rng(5)
    frame["second"] = frame["empathy"] + rng.normal(size=len(frame))
    survey = part_survey(frame)
    items = replace(survey.codebook.drivers[1], items=("empathy", "second"), kind="items")
    drivers = (survey.codebook.drivers[0], items, survey.codebook.drivers[2])
    survey = cx.Survey(frame, replace(survey.codebook, drivers=drivers))
    parts = DrawnParts(usable_group(whole(survey)))
    found = part_draws(parts, ["empathy"], n_boot=0, seed=0)
    columns = frame[["reliability", "empathy", "second", "customer_focus"]]
    regressors = np.column_stack([np.ones(len(frame)), columns])
    slopes = WLS(frame[OUTCOME].to_numpy(), regressors, weights=frame["w"]).fit().params
    assert found.sample[1, 0] == pytest.approx(slopes[2] + slopes[3])
    assert np.isnan(found.sample[0, 0])
    assert np.isnan(rating_spread(parts.moments, "empathy"))


def test_few_parts_have_no_resamples():
    parts = DrawnParts(usable_group(whole(part_survey(FRAME), parts=7)))
    assert len(part_draws(parts, DRIVERS, n_boot=50, seed=0).replicates) == 0
    assert len(outcome_means(parts, n_boot=50, seed=0)[1]) == 0


def test_resamples_of_expected_ratings_lie_further_from_the_sample():
    frame = part_frame(away=False)
    frame.loc[::3, "empathy"] = np.nan
    moments = usable_group(whole(part_survey(frame), parts=20))
    found = part_draws(DrawnParts(moments), DRIVERS, n_boot=30, seed=0)
    known = part_draws(
        DrawnParts(replace(moments, blank=moments.blank * 0)), DRIVERS, n_boot=30, seed=0
    )
    wider = len(frame) / (len(frame) - (len(frame) + 2) // 3)
    apart = found.replicates - found.sample
    without = known.replicates - known.sample
    np.testing.assert_allclose(apart[:, :2, 1], wider * without[:, :2, 1])
    np.testing.assert_allclose(apart[:, :, [0, 2]], without[:, :, [0, 2]])
