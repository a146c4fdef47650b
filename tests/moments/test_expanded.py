"""Tests of `cxdrivers.moments.expanded`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, t

from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.expanded import expanded_level, expanded_level_of
from cxdrivers.moments.intervals import percentile_interval
from tests.samples import answers, survey_of


@pytest.fixture
def design() -> Design:
    return design_of(survey_of(answers(n=60)))


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("n", [5, 30, 300])
def test_for_a_mean_the_percentiles_are_those_of_the_t_interval(n: int, level: float):
    """A resampled mean is about normal, with the variance that divides by n instead of n − 1."""
    tail = (1 - expanded_level(level, units=n, freedom=n - 1)) / 2
    resampled = norm.isf(tail) * np.sqrt((n - 1) / n)
    assert resampled == pytest.approx(t.isf((1 - level) / 2, n - 1), rel=1e-9)


def test_the_means_of_resamples_then_cover_as_often_as_promised():
    """Eight answers a sample: the plain percentile interval misses twice as often as it says."""
    rng = np.random.default_rng(5)
    samples = rng.normal(size=(4000, 8))
    draws = rng.integers(0, 8, size=(500, 8))
    means = samples[:, draws].mean(axis=2).T
    coverage = []
    for level in (0.95, expanded_level(0.95, units=8, freedom=7)):
        low, high = percentile_interval(means, level)
        coverage.append(((low <= 0) & (high >= 0)).mean())
    plain, expanded = coverage
    assert plain < 0.91
    assert expanded == pytest.approx(0.95, abs=0.015)


@given(level=st.floats(0.5, 0.99), units=st.integers(20, 10_000), columns=st.integers(0, 15))
def test_it_is_never_below_the_level_and_hardly_above_it_for_many(
    level: float, units: int, columns: int
):
    expanded = expanded_level(level, units=units, freedom=units - 1 - columns)
    assert level < expanded < 1
    assert expanded > expanded_level(level, units=10 * units, freedom=10 * units - 1 - columns)
    assert expanded_level(level, units=10**7, freedom=10**7 - 1) == pytest.approx(level, abs=1e-6)


def test_two_clusters_use_every_resample():
    assert expanded_level(0.95, units=2, freedom=1) == pytest.approx(1.0)


def test_respondents_count_for_what_the_columns_leave(design: Design):
    expected = expanded_level(0.9, units=60, freedom=60 - 1 - 3)
    assert expanded_level_of(design, 0.9) == expected


def test_equal_weights_change_nothing_and_unequal_ones_count_for_fewer(design: Design):
    plain = expanded_level_of(design, 0.9)
    equal = replace(design, weights=np.full(60, 2.5))
    unequal = replace(design, weights=np.repeat([1.0, 3.0], 30))
    assert expanded_level_of(equal, 0.9) == pytest.approx(plain)
    expected = expanded_level(0.9, units=48, freedom=48 - 1 - 3)
    assert expanded_level_of(unequal, 0.9) == pytest.approx(expected)


def test_clusters_count_instead_of_respondents(design: Design):
    clustered = replace(design, cluster=np.arange(60) // 4)
    assert expanded_level_of(clustered, 0.9) == expanded_level(0.9, units=15, freedom=14)


def test_clusters_of_one_are_respondents(design: Design):
    alone = replace(design, cluster=np.arange(60))
    assert expanded_level_of(alone, 0.9) == expanded_level_of(design, 0.9)


def test_strata_lose_a_unit_each_which_their_resamples_make_up_for(design: Design):
    stratified = replace(design, strata=np.arange(60) // 15)
    assert expanded_level_of(stratified, 0.9) == expanded_level(0.9, units=56, freedom=53)
    teams = replace(design, cluster=np.arange(60) // 3, strata=np.arange(60) // 15)
    assert expanded_level_of(teams, 0.9) == expanded_level(0.9, units=16, freedom=16)


def test_where_strata_leave_nothing_one_degree_of_freedom_is_taken(design: Design):
    alone = replace(design, cluster=np.arange(60) // 30, strata=np.arange(60) // 30)
    assert expanded_level_of(alone, 0.9) == expanded_level(0.9, units=1, freedom=1)
