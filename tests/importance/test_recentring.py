"""Tests of `cxdrivers.importance.recentring`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.importance.recentring import recentred_replicates


def test_one_column_is_left_as_it_is_and_of_two_half_of_the_excess_goes():
    replicates = np.array([[0.3, 0.3, 0.3, 0.0], [0.5, 0.5, 0.5, 0.0]])
    estimate = np.array([0.2, 0.2, 0.2, 0.0])
    recentred = recentred_replicates(replicates, estimate, np.array([1, 2, 4, 0]))
    np.testing.assert_allclose(recentred.mean(axis=0), [0.4, 0.3, 0.25, 0.0])
    np.testing.assert_allclose(np.ptp(recentred, axis=0), [0.2, 0.2, 0.2, 0.0])


def test_a_resample_without_an_answer_does_not_count():
    replicates = np.array([0.3, np.nan, 0.5])
    recentred = recentred_replicates(replicates, np.array(0.2), 2)
    np.testing.assert_allclose(recentred, [0.2, np.nan, 0.4])


def test_no_resamples_stay_none():
    nothing = np.empty((0, 3))
    assert recentred_replicates(nothing, np.zeros(3), 2).shape == (0, 3)


@pytest.mark.parametrize("size", [0.0, 3.0, 6.0])
@pytest.mark.parametrize("columns", [1, 2, 5, 10])
def test_intervals_of_a_sum_of_squares_then_miss_on_neither_side(columns: int, size: float):
    """The smallest model of a weight: k normal numbers, whose squares are added up."""
    low, high = _misses(columns, size, recentre=True)
    assert low < 0.045
    assert high < 0.045


def test_without_it_a_weight_of_ten_columns_is_put_too_high():
    low, _ = _misses(10, 3.0, recentre=False)
    assert low > 0.06


def _misses(columns: int, size: float, *, recentre: bool) -> tuple[float, float]:
    """Return how often an interval lies above and below a truth `size` errors from nothing."""
    rng = np.random.default_rng(11)
    truth = np.zeros(columns)
    truth[0] = size
    drawn = truth + rng.normal(size=(2000, columns))
    estimate = (drawn**2).sum(axis=1) - columns
    resampled = drawn + rng.normal(size=(600, *drawn.shape))
    replicates = (resampled**2).sum(axis=2) - columns
    if recentre:
        replicates = recentred_replicates(replicates, estimate, columns)
    low, high = np.quantile(replicates, [0.025, 0.975], axis=0)
    return float((low > size**2).mean()), float((high < size**2).mean())
