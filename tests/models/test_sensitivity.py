"""Tests of `cxdrivers.models.sensitivity`."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxdrivers.models.resampled_logit import Regressors
from cxdrivers.models.sensitivity import (
    e_value,
    e_value_of_interval,
    linear_coefficients,
    partial_strengths,
    robustness_value,
    strength_of_interval,
)
from tests.models.chain_twins import customers, resamples


def test_the_published_figures_have_the_e_value_that_is_known():
    assert e_value(np.array(36 / 14)) == pytest.approx(4.58, abs=0.005)


@given(st.floats(1, 50))
def test_a_bias_as_strong_as_the_e_value_on_both_sides_takes_the_ratio_away(ratio: float):
    """The bounding factor of Ding & VanderWeele: RR² / (2 RR − 1)."""
    strength = float(e_value(np.array(ratio)))
    assert strength * strength / (2 * strength - 1) == pytest.approx(ratio)
    assert e_value(np.array(1 / ratio)) == pytest.approx(strength)


def test_an_interval_that_holds_one_needs_nothing_to_be_explained():
    low, high = np.array([0.8, 1.2, 0.3, np.nan]), np.array([1.5, 2.0, 0.6, 2.0])
    found = e_value_of_interval(low, high)
    assert found[0] == 1
    assert found[1] == e_value(np.array(1.2))
    assert found[2] == e_value(np.array(0.6))
    assert np.isnan(found[3])


def test_a_ratio_over_nothing_has_an_endless_e_value():
    assert e_value(np.array([0.0, np.inf])).tolist() == [np.inf, np.inf]


@given(st.floats(0, 5))
def test_something_as_strong_as_the_robustness_value_takes_all_strength_away(strength: float):
    """What explains part r of both has a bias of r/√(1 − r) in units of f."""
    value = float(robustness_value(np.array(strength)))
    assert 0 <= value < 1
    assert value / np.sqrt(1 - value) == pytest.approx(strength, abs=1e-9)


def test_strength_is_t_over_the_root_of_the_degrees_of_freedom_as_in_statsmodels():
    mention, _, told, covariates = customers()
    x = np.column_stack([np.ones(150), mention, covariates])
    found = partial_strengths(Regressors(x), told, np.ones(150))
    twin = sm.OLS(told, x).fit()
    np.testing.assert_allclose(found, np.abs(twin.tvalues) / np.sqrt(twin.df_resid))


def test_the_strength_of_the_end_is_that_of_the_published_formula():
    """With the usual interval it is f less the quantile of t over the root of df."""
    mention, _, told, covariates = customers(400)
    x = np.column_stack([np.ones(400), mention, covariates])
    fit = sm.OLS(told, x).fit()
    low, high = fit.conf_int()[1]
    strength = partial_strengths(Regressors(x), told, np.ones(400))[1]
    quantile = stats.t.ppf(0.975, fit.df_resid)
    expected = (abs(fit.tvalues[1]) - quantile) / np.sqrt(fit.df_resid)
    found = strength_of_interval(strength, fit.params[1], low, high)
    assert expected > 0
    assert found == pytest.approx(expected)
    assert strength_of_interval(strength, -fit.params[1], -high, -low) == pytest.approx(expected)
    assert strength_of_interval(strength, fit.params[1], -high, high) == 0
    assert np.isnan(strength_of_interval(strength, fit.params[1], np.nan, np.nan))


def test_least_squares_of_every_resample_are_those_of_statsmodels():
    mention, _, told, covariates = customers()
    x, masses = np.column_stack([np.ones(150), mention, covariates]), resamples(150, 4)
    found = linear_coefficients(Regressors(x), told, masses)
    for place, mass in enumerate(masses):
        np.testing.assert_allclose(found[place], sm.WLS(told, x, weights=mass).fit().params)


def test_a_resample_that_lacks_a_column_gives_it_nothing():
    mention, _, told, covariates = customers()
    x = np.column_stack([np.ones(150), mention, covariates])
    masses = (mention == 0).astype(float)[np.newaxis]
    assert linear_coefficients(Regressors(x), told, masses)[0, 1] == pytest.approx(0)
