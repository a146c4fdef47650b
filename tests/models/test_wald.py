"""Tests of `cxdrivers.models.wald`."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cxdrivers.models.wald import wald_terms

ESTIMATE = np.array([0.8, -0.3, 0.1])
COVARIANCE = np.array([[0.04, 0.01, 0.0], [0.01, 0.09, 0.02], [0.0, 0.02, 0.25]])


def test_intervals_and_tests_are_normal_without_clusters():
    terms = wald_terms(ESTIMATE, COVARIANCE, [(0,), (1, 2)], level=0.9)
    np.testing.assert_allclose(terms.std_error, [0.2, 0.3, 0.5])
    np.testing.assert_allclose(terms.statistic, [4, -1, 0.2])
    np.testing.assert_allclose(terms.conf_low, ESTIMATE - 1.6448536 * terms.std_error)
    np.testing.assert_allclose(terms.p_value, 2 * stats.norm.sf([4, 1, 0.2]))


def test_clusters_give_t_and_f():
    normal = wald_terms(ESTIMATE, COVARIANCE, [(0,), (1, 2)], level=0.95)
    few = wald_terms(ESTIMATE, COVARIANCE, [(0,), (1, 2)], level=0.95, freedom=4)
    np.testing.assert_allclose(few.conf_high - ESTIMATE, 2.7764451 * normal.std_error)
    assert (few.p_value > normal.p_value).all()
    assert few.own_p_value[0] == pytest.approx(few.p_value[0])
    wald = ESTIMATE[1:] @ np.linalg.inv(COVARIANCE[1:, 1:]) @ ESTIMATE[1:]
    assert few.own_p_value[1] == pytest.approx(stats.f.sf(wald / 2, 2, 4))


def test_a_driver_of_one_column_has_its_own_p_value():
    terms = wald_terms(ESTIMATE, COVARIANCE, [(0,), (1,), (2,)], level=0.95)
    np.testing.assert_allclose(terms.own_p_value, terms.p_value)


def test_columns_without_an_error_are_left_out_of_the_joint_test():
    covariance = COVARIANCE.copy()
    covariance[2], covariance[:, 2] = np.nan, np.nan
    terms = wald_terms(ESTIMATE, covariance, [(0,), (1, 2), (2,), ()], level=0.95)
    assert terms.own_p_value[1] == pytest.approx(terms.p_value[1])
    np.testing.assert_array_equal(np.isnan(terms.own_p_value), [False, False, True, True])
    np.testing.assert_array_equal(np.isnan(terms.conf_low), [False, False, True])


def test_directions_that_clusters_do_not_tell_are_not_counted():
    """Three coefficients from two clusters: what they tell together has fewer dimensions."""
    pulls = np.array([[1.0, 2.0, 3.0], [-1.0, -2.0, -3.0]])
    terms = wald_terms(ESTIMATE, pulls.T @ pulls, [(0, 1, 2)], level=0.95, freedom=1)
    assert 0 < terms.own_p_value[0] < 1
