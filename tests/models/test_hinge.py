"""Tests of `cxdrivers.models.hinge`: two slopes a driver, against statsmodels and resamples."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from cxdrivers.models.cumulative_fit import fit_cumulative
from cxdrivers.models.hinge import Slopes, equivalence, grade_slopes, hinge_columns, line_slopes

N = 400


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    columns = rng.normal(size=(N, 2))
    outcome = np.clip(np.round(6 + columns @ [1.0, 0.4] + rng.normal(size=N)), 1, 10)
    return columns, outcome, rng.uniform(0.5, 2, N)


def test_below_and_above_add_up_to_the_distance_from_the_knot():
    ratings = np.array([2.0, 6, 9, 9])
    used = np.array([True, True, True, False])
    below, above = hinge_columns(ratings, used, 6.0)
    assert below.tolist() == [-4, 0, 0, 0]
    assert above.tolist() == [0, 0, 3, 0]


def test_a_line_has_the_slopes_and_the_hc3_errors_of_statsmodels(rows):
    columns, outcome, weights = rows
    fit = sm.WLS(outcome, sm.add_constant(columns), weights=weights).fit(cov_type="HC3")
    found = line_slopes(columns, outcome, weights)
    np.testing.assert_allclose(found.slopes, fit.params[1:])
    errors = np.sqrt(np.diag(found.covariance()))
    np.testing.assert_allclose(errors, fit.bse[1:], rtol=0.01)


def test_clusters_are_what_errors_of_a_line_are_made_of(rows):
    columns, outcome, _ = rows
    twice = np.repeat(np.arange(N), 2)
    found = line_slopes(columns[twice], outcome[twice], None)
    alone = line_slopes(columns, outcome, None)
    errors = [np.diag(found.covariance(twice)), np.diag(alone.covariance())]
    np.testing.assert_allclose(*errors, rtol=0.02)


def test_grades_have_the_slopes_and_the_robust_covariance_of_proportional_odds(rows):
    columns, outcome, weights = rows
    fit = fit_cumulative(columns, outcome, weights)
    found = grade_slopes(columns, outcome, weights)
    places = slice(len(fit.thresholds), None)
    np.testing.assert_allclose(found.slopes, fit.slopes)
    np.testing.assert_allclose(
        found.covariance(), fit.covariance(robust=True)[places, places], rtol=1e-6
    )


@pytest.mark.parametrize("fit", [line_slopes, grade_slopes])
def test_resamples_are_nearly_those_of_fitting_again(rows, fit):
    columns, outcome, weights = rows
    rng = np.random.default_rng(8)
    masses = rng.multinomial(N, np.full(N, 1 / N), size=20) * weights
    nearly = fit(columns, outcome, weights).of_masses(masses, weights)
    again = np.array([fit(columns, outcome, mass).slopes for mass in masses])
    spread = again.std(axis=0)
    assert (np.abs(nearly - again).mean(axis=0) < 0.2 * spread).all()


def test_a_resample_that_is_the_sample_moves_nothing(rows):
    columns, outcome, weights = rows
    found = grade_slopes(columns, outcome, weights)
    np.testing.assert_allclose(found.of_masses(3 * weights[np.newaxis], weights)[0], found.slopes)


def test_a_row_without_weight_pulls_nothing(rows):
    columns, outcome, weights = rows
    mass = np.where(np.arange(N) < 50, 0.0, weights)
    found = line_slopes(columns, outcome, mass)
    np.testing.assert_allclose(
        found.slopes, line_slopes(columns[50:], outcome[50:], mass[50:]).slopes
    )
    assert np.isfinite(found.of_masses(mass[np.newaxis], mass)).all()


def test_equivalence_is_the_larger_of_two_one_sided_p_values():
    slope, error, margin = 0.03, 0.04, 0.1
    twin = max(stats.norm.sf((slope + margin) / error), stats.norm.cdf((slope - margin) / error))
    found = equivalence(np.array([slope]), np.array([error]), np.array([margin]))
    np.testing.assert_allclose(found, twin)


def test_slopes_know_their_covariance_without_any_rows_in_common():
    pulls = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]])
    found = Slopes(np.zeros(2), pulls).covariance()
    np.testing.assert_allclose(found, np.eye(2) * 2 * 4 / 3)
