"""Tests of `cxdrivers.importance.adjustment`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.errors import FitError
from cxdrivers.importance.adjustment import adjusted_values, subset_values
from cxdrivers.importance.lattice import r_squared_values

SIZES = np.array([0, 1, 1, 2])
VALUES = np.array([0.0, 0.25, 0.16, 0.32])


def test_the_adjustment_is_that_of_the_adjusted_r_squared():
    expected = [1 - (1 - r2) * (50 - 1) / (50 - 1 - s) for r2, s in zip(VALUES, SIZES, strict=True)]
    assert adjusted_values(VALUES, SIZES, 50) == pytest.approx(expected, abs=1e-15)


def test_twice_is_the_adjustment_of_the_adjusted():
    once = adjusted_values(VALUES, SIZES, 50)
    np.testing.assert_allclose(
        adjusted_values(VALUES, SIZES, 50, times=2), adjusted_values(once, SIZES, 50), atol=1e-15
    )


def test_the_empty_subset_keeps_explaining_nothing():
    assert adjusted_values(VALUES, SIZES, 50, times=2)[0] == 0


def test_what_explains_nothing_becomes_negative_on_average_zero():
    """R² of s columns of noise is s / (n − 1) on average: adjusted, that is zero."""
    expected_noise = SIZES / 49
    assert adjusted_values(expected_noise, SIZES, 50) == pytest.approx(np.zeros(4), abs=1e-15)


def test_leading_axes_are_adjusted_alike():
    both = adjusted_values(np.stack([VALUES, VALUES / 2]), SIZES, 50)
    np.testing.assert_array_equal(both[1], adjusted_values(VALUES / 2, SIZES, 50))


def test_no_more_respondents_than_columns_is_refused():
    with pytest.raises(FitError, match=r"3 usable rows are too few for 2 columns of drivers"):
        adjusted_values(VALUES, SIZES, 3.0)


MATRIX = np.array(
    [[1.0, 0.3, 0.2, 0.5], [0.3, 1.0, 0.1, 0.4], [0.2, 0.1, 1.0, 0.3], [0.5, 0.4, 0.3, 1.0]]
)


def test_values_that_need_no_adjustment_are_those_of_the_lattice():
    groups = [(0,), (1,)]
    for options in ({}, {"n": 50}, {"n": 50, "adjust": 0}):
        np.testing.assert_array_equal(
            subset_values(MATRIX, groups, **options), r_squared_values(MATRIX, groups)
        )


@pytest.mark.parametrize("times", [1, 2])
def test_controls_are_columns_of_every_subset_that_is_adjusted(times: int):
    values = subset_values(MATRIX, [(0,), (1,)], always=[2], n=50, adjust=times)
    plain = r_squared_values(MATRIX, [(0,), (1,)], always=[2])
    expected = [
        1 - (1 - r2) * ((50 - 1) / (50 - 1 - s)) ** times
        for r2, s in zip(plain, [1, 2, 2, 3], strict=True)
    ]
    assert values == pytest.approx(expected, abs=1e-15)
