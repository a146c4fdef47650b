"""Tests of `cxdrivers.models.firth_profile`."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq, minimize

from cxdrivers.models.firth import fit_firth
from cxdrivers.models.firth_profile import profile_terms
from tests.models.test_firth import penalised, sample


def test_the_ends_are_where_the_profile_has_lost_what_chi_squared_says():
    columns, outcome = sample(n=40)
    x = np.column_stack([np.ones(40), columns - columns.mean(axis=0)])
    fit = fit_firth(columns, outcome)
    terms = profile_terms(fit, [(0,), (1, 2)], level=0.9)

    def lost(values: np.ndarray, held: list[int]) -> float:
        free = [place for place in range(4) if place not in held]

        def low(at: np.ndarray) -> float:
            parameters = np.zeros(4)
            parameters[held], parameters[free] = values, at
            return -penalised(parameters, x, outcome, np.ones(40))

        top = np.append(0.0, fit.slopes)
        return 2 * (minimize(low, top[free], tol=1e-9).fun - best)

    best = minimize(lambda at: -penalised(at, x, outcome, np.ones(40)), np.zeros(4), tol=1e-9).fun
    far = stats.chi2.ppf(0.9, 1)
    slope = fit.slopes[0]
    low = brentq(lambda value: lost([value], [1]) - far, slope - 4, slope, xtol=1e-6)
    high = brentq(lambda value: lost([value], [1]) - far, slope, slope + 4, xtol=1e-6)
    assert terms.conf_low[0] == pytest.approx(low, abs=1e-4)
    assert terms.conf_high[0] == pytest.approx(high, abs=1e-4)
    assert terms.p_value[0] == pytest.approx(stats.chi2.sf(lost([0], [1]), 1), rel=1e-4)
    assert terms.own_p_value[0] == pytest.approx(terms.p_value[0], rel=1e-9)
    assert terms.own_p_value[1] == pytest.approx(stats.chi2.sf(lost([0, 0], [2, 3]), 2), rel=1e-4)


def test_a_separating_column_has_an_interval_that_is_longer_on_the_far_side():
    columns, outcome = sample()
    chosen = np.arange(60) < 6
    outcome[chosen] = 1
    fit = fit_firth(np.column_stack([columns, chosen]), outcome)
    terms = profile_terms(fit, [(0,), (1,), (2,), (3,)], level=0.95)
    below, above = terms.estimate - terms.conf_low, terms.conf_high - terms.estimate
    assert above[3] > 1.3 * below[3]
    assert np.isfinite(terms.conf_high).all()


def test_a_test_at_the_level_of_the_interval_agrees_with_it():
    columns, outcome = sample()
    fit = fit_firth(columns, outcome)
    p_value = float(profile_terms(fit, [(0,)], level=0.95).p_value[1])
    just = profile_terms(fit, [(0,)], level=1 - p_value)
    ends = just.conf_low[1], just.conf_high[1]
    assert min(abs(end) for end in ends) == pytest.approx(0, abs=1e-5)


def test_the_statistic_is_the_signed_root_of_the_likelihood_ratio():
    columns, outcome = sample()
    fit = fit_firth(columns, outcome)
    terms = profile_terms(fit, [(0,)], level=0.95)
    np.testing.assert_allclose(2 * stats.norm.sf(np.abs(terms.statistic)), terms.p_value)
    assert (np.sign(terms.statistic) == np.sign(terms.estimate)).all()


def test_many_respondents_have_the_intervals_of_wald():
    columns, outcome = sample(n=5000)
    terms = profile_terms(fit_firth(columns, outcome), [(0,)], level=0.95)
    reach = stats.norm.ppf(0.975) * terms.std_error
    np.testing.assert_allclose(terms.conf_low, terms.estimate - reach, atol=0.005)
    np.testing.assert_allclose(terms.conf_high, terms.estimate + reach, atol=0.005)


def test_a_driver_without_columns_has_no_test():
    columns, outcome = sample()
    assert np.isnan(profile_terms(fit_firth(columns, outcome), [()], level=0.95).own_p_value[0])
