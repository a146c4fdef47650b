"""Tests of `cxdrivers.importance.subsets`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.subsets import averages_by_count, member_counts


@given(st.integers(0, 9))
def test_counts_are_the_bits_that_are_set(drivers: int):
    expected = [number.bit_count() for number in range(2**drivers)]
    np.testing.assert_array_equal(member_counts(drivers), expected)


@given(st.integers(0, 6), st.integers(0, 2**32 - 1))
def test_averages_are_over_the_subsets_with_as_many_drivers(drivers: int, seed: int):
    values = np.random.default_rng(seed).normal(size=(2, 3, 2**drivers))
    averages = averages_by_count(values)
    assert averages.shape == (2, 3, drivers + 1)
    for size in range(drivers + 1):
        alike = [number for number in range(2**drivers) if number.bit_count() == size]
        np.testing.assert_allclose(
            averages[..., size], values[..., alike].mean(axis=-1), atol=1e-12
        )


def test_a_value_that_is_not_there_is_missing_in_its_own_average_only():
    averages = averages_by_count(np.array([0.0, np.nan, 0.2, 0.5]))
    np.testing.assert_array_equal(averages, [0.0, np.nan, 0.5])
    assert averages_by_count(np.array([1.0])) == pytest.approx([1.0])
