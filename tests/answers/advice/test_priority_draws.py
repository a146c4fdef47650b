"""Means and slopes come from the very resamples that the weights come from."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.advice.priority_draws import (
    drawn_masses,
    linear_model_of,
    rated_drivers,
    rating_draws,
)
from cxdrivers.answers.weights.weights import driver_weights
from cxdrivers.importance.linear_shares import linear_shares
from tests.answers.advice.priority_surveys import (
    AWAY,
    DRIVERS,
    OUTCOME,
    priority_frame,
    priority_survey,
)


@pytest.mark.parametrize("fields", [{}, {"weight": "weight"}, {"cluster": "agent"}])
def test_each_resample_is_that_of_the_weights_and_its_numbers_are_counted_by_hand(fields):
    frame = priority_frame(away=0.3)
    survey = priority_survey(frame, **fields)
    weights = driver_weights(survey, adjusted=False, n_boot=6, seed=2)
    rated = rated_drivers(survey, weights.model.design, DRIVERS)
    draws = rating_draws(weights, linear_model_of(survey, weights), rated)
    [(_, masses)] = list(drawn_masses(weights))
    applied = (frame["empathy"] != AWAY).to_numpy()
    columns = weights.model.design.columns
    for counts, found, shares in zip(masses, draws.replicates, weights.replicates, strict=True):
        means = [
            np.average(frame[driver][rows], weights=counts[rows])
            for driver, rows in zip(DRIVERS, (applied | True, applied, applied | True), strict=True)
        ]
        np.testing.assert_allclose(found[0], means)
        root = np.sqrt(counts)[:, np.newaxis]
        design = np.column_stack([np.ones(len(columns)), columns])
        slopes = np.linalg.lstsq(design * root, frame[OUTCOME] * root[:, 0])[0]
        np.testing.assert_allclose(found[1], slopes[[1, 2, 4]])
        np.testing.assert_allclose(found[2], [1, np.average(applied, weights=counts), 1])
        values = np.column_stack([columns, frame[OUTCOME]])
        covariance = np.cov(values, rowvar=False, aweights=counts, ddof=0)
        own = linear_shares(covariance, weights.moments.groups)
        np.testing.assert_allclose(shares, own)


@pytest.mark.parametrize("missing", ["em", "imputation"])
def test_with_blanks_the_shares_again_follow_from_the_resamples_that_means_come_from(missing):
    survey = priority_survey(priority_frame(blank=0.2))
    weights = driver_weights(survey, missing=missing, adjusted=False, n_boot=12, seed=2)
    rated = rated_drivers(survey, weights.model.design, DRIVERS)
    draws = rating_draws(weights, linear_model_of(survey, weights), rated)
    assert draws.replicates.shape == (12, 3, 3)
    again = []
    for place, masses in drawn_masses(weights):
        if missing == "imputation":
            design = weights.model.imputed[place]
            values = np.column_stack([design.columns, design.outcome])
            again += [
                np.average(values[:, :3], axis=0, weights=counts).tolist() for counts in masses
            ]
            shares = [
                linear_shares(
                    np.cov(values, rowvar=False, aweights=counts, ddof=0), weights.moments.groups
                )
                for counts in masses
            ]
            done = len(again)
            np.testing.assert_allclose(weights.replicates[done - len(masses) : done], shares)
        else:
            frame = survey.frame
            again += [
                [np.nan, *np.average(frame[["empathy", "wait_time"]], axis=0, weights=counts)]
                for counts in masses
            ]
    known = np.isfinite(again)
    np.testing.assert_allclose(draws.replicates[:, 0][known], np.array(again)[known], rtol=1e-6)


def test_estimated_means_lie_near_those_of_the_answers_that_were_lost():
    whole, gaps = priority_frame(600), priority_frame(600, blank=0.3)
    survey = priority_survey(gaps)
    weights = driver_weights(survey, n_boot=0)
    rated = rated_drivers(survey, weights.model.design, DRIVERS)
    draws = rating_draws(weights, linear_model_of(survey, weights), rated)
    assert draws.sample[0, 0] == pytest.approx(whole["reliability"].mean(), abs=0.1)
    assert len(draws.replicates) == 0
