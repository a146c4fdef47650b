"""Tests of `cxdrivers.models.moderated_variances`: beside draws and formulas by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq
from scipy.special import digamma, polygamma

from cxdrivers.models.moderated_variances import moderated_variances, trigamma_inverse


@given(st.floats(-9, 9))
def test_the_inverse_of_the_trigamma_function_is_its_inverse(exponent):
    value = 10.0**exponent
    assert float(polygamma(1, trigamma_inverse(np.array(value)))) == pytest.approx(value, rel=1e-6)


def test_three_groups_worked_out_one_by_one():
    units, degrees = np.array([1.0, 9.0, 40.0]), 12.0
    found = moderated_variances(units / 50, np.full(3, 50), np.full(3, degrees))
    logs = np.log(units) - digamma(6) + np.log(6)
    excess = logs.var(ddof=1) - polygamma(1, 6)
    half = brentq(lambda x: float(polygamma(1, x)) - excess, 0.01, 1000)
    common = np.exp(logs.mean() + digamma(half) - np.log(half))
    assert float(found.prior_degrees) == pytest.approx(2 * half)
    assert float(found.prior) == pytest.approx(common)
    twin = (2 * half * common + degrees * units) / (2 * half + degrees)
    np.testing.assert_allclose(found.variances, twin / 50)
    np.testing.assert_allclose(found.degrees, degrees + 2 * half)


def test_it_finds_the_distribution_that_true_variances_were_drawn_from():
    rng = np.random.default_rng(8)
    groups, prior, prior_degrees = 20_000, 3.0, 10.0
    truth = prior * prior_degrees / rng.chisquare(prior_degrees, groups)
    sizes, degrees = rng.integers(20, 400, groups), rng.integers(8, 40, groups)
    drawn = truth / sizes * rng.chisquare(degrees) / degrees
    found = moderated_variances(drawn, sizes, degrees)
    assert float(found.prior) == pytest.approx(prior, rel=0.03)
    assert float(found.prior_degrees) == pytest.approx(prior_degrees, rel=0.1)
    before, after = np.log(drawn * sizes / truth), np.log(found.variances * sizes / truth)
    assert (after**2).mean() < 0.6 * (before**2).mean()


def test_groups_that_differ_no_more_than_by_chance_get_one_unit_variance():
    sizes = np.array([30.0, 60.0, 90.0, 300.0])
    found = moderated_variances(np.array([2.0, 2.1, 1.9, 2.0]) / sizes, sizes, np.full(4, 15))
    assert np.isinf(found.prior_degrees)
    np.testing.assert_allclose(found.variances * sizes, found.prior)
    np.testing.assert_array_equal(found.degrees, 60)
    assert float(found.prior) == pytest.approx(2.0)


def test_each_row_is_moderated_by_itself():
    rng = np.random.default_rng(1)
    variances = rng.chisquare(9, (2, 3, 6)) * rng.lognormal(0, 0.8, (2, 3, 6))
    sizes, degrees = rng.uniform(20, 90, 6), np.full(6, 9.0)
    before = variances.copy()
    found = moderated_variances(variances, sizes, degrees)
    for place in np.ndindex(2, 3):
        alone = moderated_variances(variances[place], sizes, degrees)
        np.testing.assert_allclose(found.variances[place], alone.variances, rtol=1e-12)
        np.testing.assert_allclose(found.prior[place], alone.prior, rtol=1e-12)
    np.testing.assert_array_equal(variances, before)


def test_a_group_without_a_variance_changes_nothing_and_stays_without():
    variances, sizes = np.array([0.1, 0.5, 0.2, 0.9]), np.array([50.0, 40.0, 80.0, 30.0])
    whole = moderated_variances(variances, sizes, np.full(4, 12))
    found = moderated_variances(
        np.append(variances, np.nan), np.append(sizes, 20.0), np.full(5, 12)
    )
    np.testing.assert_allclose(found.variances[:4], whole.variances, rtol=1e-12)
    np.testing.assert_allclose(found.degrees[:4], whole.degrees, rtol=1e-12)
    assert np.isnan(found.variances[4])
    assert np.isnan(found.degrees[4])


def test_a_variance_of_zero_gets_the_common_one_and_counts_in_nothing():
    variances, sizes = np.array([0.1, 0.5, 0.2, 0.9]), np.array([50.0, 40.0, 80.0, 30.0])
    whole = moderated_variances(variances, sizes, np.full(4, 12))
    found = moderated_variances(np.append(variances, 0.0), np.append(sizes, 20.0), np.full(5, 12))
    np.testing.assert_allclose(found.variances[:4], whole.variances, rtol=1e-12)
    assert found.variances[4] == pytest.approx(float(whole.prior) / 20)
    assert found.degrees[4] == pytest.approx(min(float(whole.prior_degrees), 48))


def test_a_variance_of_rounding_says_as_little_as_one_of_zero():
    variances, sizes = np.array([0.1, 0.5, 0.2, 0.9]), np.array([50.0, 40.0, 80.0, 30.0])
    zero, rounding = (
        moderated_variances(np.append(variances, nothing), np.append(sizes, 20.0), np.full(5, 12))
        for nothing in (0.0, 1e-31)
    )
    np.testing.assert_array_equal(rounding.variances, zero.variances)
    np.testing.assert_array_equal(rounding.degrees, zero.degrees)


def test_a_variance_without_degrees_of_freedom_is_that_of_the_others():
    variances, degrees = np.array([0.1, 0.5, 0.2, 0.001]), np.array([12.0, 12.0, 12.0, 0.0])
    whole = moderated_variances(variances[:3], np.full(3, 40), degrees[:3])
    found = moderated_variances(variances, np.array([40.0, 40.0, 40.0, 10.0]), degrees)
    np.testing.assert_allclose(found.variances[:3], whole.variances, rtol=1e-12)
    assert found.variances[3] == pytest.approx(float(whole.prior) / 10)


@pytest.mark.parametrize(
    ("variances", "expected"), [([0.3], [0.3]), ([0.4, 0.0], [0.4, 0.4]), ([np.nan, 0.2],) * 2]
)
def test_a_single_variance_is_its_own_and_that_of_who_has_none(variances, expected):
    found = moderated_variances(np.array(variances), np.full(len(variances), 30), np.full(1, 15))
    np.testing.assert_allclose(found.variances, expected)
    assert set(found.degrees[np.isfinite(found.degrees)]) == {15.0}


def test_where_nobody_has_a_variance_nothing_is_common():
    found = moderated_variances(np.zeros(3), np.full(3, 30), np.full(1, 15))
    np.testing.assert_array_equal(found.variances, 0)
    np.testing.assert_array_equal(found.degrees, 0)
    assert np.isnan(found.prior)
    assert found.prior_degrees == 0


def test_two_groups_can_share_a_variance():
    found = moderated_variances(np.array([0.02, 0.03]), np.full(2, 100), np.full(2, 20))
    np.testing.assert_allclose(found.variances, 0.025)
    np.testing.assert_array_equal(found.degrees, 40)


@given(st.floats(-3, 3), st.floats(-2, 2))
def test_another_unit_of_answers_or_of_sizes_changes_nothing_else(of_answers, of_sizes):
    variances, sizes = np.array([0.1, 0.5, 0.2, 1.9]), np.array([50.0, 40.0, 80.0, 30.0])
    whole = moderated_variances(variances, sizes, np.full(4, 12))
    found = moderated_variances(variances * 10**of_answers, sizes * 10**of_sizes, np.full(4, 12))
    np.testing.assert_allclose(found.variances, whole.variances * 10**of_answers, rtol=1e-9)
    np.testing.assert_allclose(found.prior_degrees, whole.prior_degrees, rtol=1e-6)


def test_a_variance_that_is_small_by_luck_makes_no_discovery():
    """Groups of thirty that are all the same: z scores beyond 3.3 become rare again."""
    rng = np.random.default_rng(4)
    variances = rng.chisquare(8, 5000) / 8 / 30
    estimates = rng.normal(0, np.sqrt(1 / 30), 5000)
    found = moderated_variances(variances, np.full(5000, 30), np.full(5000, 8))
    expected = 2 * stats.norm.sf(3.3)
    assert (np.abs(estimates) > 3.3 * np.sqrt(variances)).mean() > 5 * expected
    assert (np.abs(estimates) > 3.3 * np.sqrt(found.variances)).mean() < 2.5 * expected


def test_a_group_of_nobody_counts_in_nothing_and_keeps_what_it_had():
    found = moderated_variances(np.array([0.3, 0.1, 0.2]), np.array([0, 50, 50.0]), np.full(3, 9.0))
    without = moderated_variances(np.array([0.1, 0.2]), np.full(2, 50.0), np.full(2, 9.0))
    np.testing.assert_allclose(found.variances, [0.3, *without.variances])
    np.testing.assert_allclose(found.degrees, [np.nan, *without.degrees])
