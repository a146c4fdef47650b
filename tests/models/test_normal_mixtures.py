"""Tests of `cxdrivers.models.normal_mixtures`: beside a search for one mixture at a time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq

from cxdrivers.models.normal_mixtures import mixture_quantile

parts = st.lists(
    st.tuples(st.floats(-5, 5), st.floats(-4, 4), st.floats(0.01, 1)), min_size=1, max_size=8
)


@given(parts, st.floats(0.001, 0.999))
def test_it_finds_the_value_that_a_mixture_is_below_with_that_chance(drawn, chance):
    means, logs, weights = np.array(drawn).T
    errors, weights = np.exp(logs), weights / weights.sum()
    found = mixture_quantile(means, errors, weights, chance)

    def away(value: float) -> float:
        return float(weights @ stats.norm.cdf(value, means, errors)) - chance

    twin = brentq(away, -1000, 1000, xtol=1e-12)
    spread = np.sqrt(weights @ (errors**2 + means**2))
    assert found == pytest.approx(twin, abs=1e-5 * spread)


def test_one_part_is_a_normal_distribution():
    found = mixture_quantile(np.full((1, 3), 2.0), np.full((1, 3), 3.0), np.ones((1, 1)), 0.025)
    np.testing.assert_allclose(found, stats.norm.ppf(0.025, 2, 3), rtol=1e-12)


def test_mixtures_stand_side_by_side_and_one_without_a_number_stays_without():
    means = np.array([[0.0, np.nan, 1.0], [3.0, 1.0, 1.0]])
    errors = np.array([[1.0, 1.0, 0.001], [2.0, 1.0, 100.0]])
    weights = np.array([[0.3], [0.7]])
    found = mixture_quantile(means, errors, weights, 0.9)
    assert np.isnan(found[1])
    for place in (0, 2):
        alone = mixture_quantile(means[:, place], errors[:, place], weights[:, 0], 0.9)
        assert found[place] == pytest.approx(alone, rel=1e-5)


def test_a_spike_beside_a_wide_part_is_found_from_both_sides():
    means, errors = np.zeros((2, 1)), np.array([[1e-4], [1.0]])
    for chance in (0.025, 0.3, 0.5, 0.7, 0.975):
        found = mixture_quantile(means, errors, np.array([[0.5], [0.5]]), chance)
        below = 0.5 * stats.norm.cdf(found, 0, [1e-4, 1.0]).sum()
        assert below == pytest.approx(chance, abs=0.005)
