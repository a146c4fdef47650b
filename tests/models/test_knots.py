"""Tests of `cxdrivers.models.knots`: where a slope changes, and grades as a straight line."""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm

from cxdrivers.models.hinge import grade_slopes
from cxdrivers.models.knots import best_knots, left_by, working_response

KNOTS = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])


def bent(n: int = 600) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    other = rng.normal(size=n)
    ratings = 0.4 * other + rng.normal(size=n)
    outcome = np.minimum(ratings + 0.5, 0) + 0.5 * other + 0.4 * rng.normal(size=n)
    return ratings, other, outcome


def columns_of(ratings: np.ndarray, other: np.ndarray) -> np.ndarray:
    above = np.maximum(ratings[:, np.newaxis] - KNOTS, 0)
    return np.column_stack([ratings, other, above])


def test_the_knot_is_the_one_whose_regression_fits_best():
    ratings, other, outcome = bent()
    columns = columns_of(ratings, other)
    fits = [
        sm.OLS(outcome, sm.add_constant(columns[:, [0, 1, 2 + place]])).fit().rsquared
        for place in range(len(KNOTS))
    ]
    covariance = np.cov(np.column_stack([columns, outcome]), rowvar=False)
    found = best_knots(covariance, [0, 1], KNOTS)
    assert found == KNOTS[int(np.argmax(fits))] == -0.5


def test_a_survey_that_tells_no_knot_has_none():
    covariance = np.zeros((3, 3))
    covariance[0, 0] = covariance[2, 2] = 1.0
    assert np.isnan(best_knots(covariance, [0], np.array([5.0])))


def test_what_is_left_is_the_covariance_of_residuals():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(50, 4)) @ rng.normal(size=(4, 4))
    values -= values.mean(axis=0)
    residuals = values[:, 2:] - values[:, :2] @ np.linalg.lstsq(values[:, :2], values[:, 2:])[0]
    left = left_by(values.T @ values, [0, 1])
    np.testing.assert_allclose(left, residuals.T @ residuals)


def test_least_squares_of_the_working_response_gives_the_slopes_of_the_grades():
    ratings, other, outcome = bent()
    grades = np.clip(np.round(7 + 2 * outcome), 1, 10)
    columns = np.column_stack([ratings, other])
    masses = np.random.default_rng(2).uniform(0.5, 2, len(grades))
    response, weights = working_response(columns, grades, masses)
    fit = sm.WLS(response, sm.add_constant(columns), weights=weights).fit()
    np.testing.assert_allclose(
        fit.params[1:], grade_slopes(columns, grades, masses).slopes, rtol=1e-6
    )


def test_who_gives_more_than_the_model_expects_has_a_response_above_the_line():
    ratings, other, outcome = bent()
    grades = np.clip(np.round(7 + 2 * outcome), 1, 10)
    columns = np.column_stack([ratings, other])
    response, _ = working_response(columns, grades, None)
    line = columns @ grade_slopes(columns, grades, None).slopes
    assert (response[grades == 10] > line[grades == 10]).all()
    assert (response[grades == grades.min()] < line[grades == grades.min()]).all()
