"""Tests of `cxdrivers.moments.intervals`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.moments.intervals import percentile_interval


def test_the_interval_is_the_middle_of_the_resampled_numbers():
    replicates = np.random.default_rng(1).permutation(np.arange(1001.0))
    low, high = percentile_interval(replicates, 0.9)
    assert (low, high) == pytest.approx((50.0, 950.0))


def test_every_column_has_an_interval_of_its_own():
    replicates = np.column_stack([np.arange(1001.0), np.arange(1001.0) * 2])
    low, high = percentile_interval(replicates, 0.95)
    np.testing.assert_allclose(low, [25, 50])
    np.testing.assert_allclose(high, [975, 1950])


def test_without_resamples_there_is_no_interval():
    low, high = percentile_interval(np.empty((0, 3)), 0.95)
    np.testing.assert_array_equal([low, high], np.full((2, 3), np.nan))


def test_more_gaps_than_one_tail_holds_leave_no_interval():
    replicates = np.column_stack([np.arange(1000.0), np.arange(1000.0)])
    replicates[:26, 0] = np.nan
    low, high = percentile_interval(replicates, 0.95)
    np.testing.assert_array_equal(np.isnan([low, high]), [[True, False], [True, False]])


def test_a_few_gaps_leave_the_interval_of_the_others():
    replicates = np.arange(1000.0)
    replicates[:25] = np.nan
    low, high = percentile_interval(replicates, 0.95)
    assert (low, high) == pytest.approx(np.quantile(np.arange(25, 1000), [0.025, 0.975]))
