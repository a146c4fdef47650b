"""Tests of `cxdrivers.importance.lattice`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.lattice import r_squared_values, subset_sizes
from tests.importance.strategies import Data, data_sets
from tests.twins import fits_of_all_subsets, in_lattice_order


@given(data_sets())
def test_every_value_is_the_r_squared_of_a_regression_on_that_subset(data: Data):
    values = r_squared_values(data.covariance, data.groups)
    fits = fits_of_all_subsets(data.columns, data.outcome, data.groups, data.weights)
    np.testing.assert_allclose(values, in_lattice_order(fits, len(data.groups)), atol=1e-9)


@given(data_sets(most_columns=2), st.integers(2, 5))
def test_leading_axes_give_the_same_as_one_matrix_at_a_time(data: Data, times: int):
    scales = 1 + np.arange(2 * times).reshape(2, times, 1, 1)
    ridge = np.eye(len(data.covariance)) * (scales - 1)
    matrices = data.covariance + ridge
    values = r_squared_values(matrices, data.groups)
    assert values.shape == (2, times, 2 ** len(data.groups))
    for place in np.ndindex(2, times):
        one = r_squared_values(matrices[place], data.groups)
        np.testing.assert_allclose(values[place], one, rtol=0, atol=1e-13)


def test_thousands_of_matrices_are_walked_in_parts_that_join_up():
    rng = np.random.default_rng(3)
    rows = rng.normal(size=(3000, 30, 8))
    matrices = np.einsum("bni,bnj->bij", rows, rows)
    groups = [(driver,) for driver in range(7)]
    values = r_squared_values(matrices, groups)
    for place in (0, 1, 1499, 2998, 2999):
        one = r_squared_values(matrices[place], groups)
        np.testing.assert_allclose(values[place], one, rtol=0, atol=1e-13)


def test_a_column_that_the_others_give_adds_nothing():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(200, 2))
    tied = x @ [2.0, -3.0]
    y = x @ [0.5, 0.3] + rng.normal(size=200)
    covariance = np.cov(np.column_stack([x, tied, y]), rowvar=False)
    values = r_squared_values(covariance, [(0,), (1,), (2,)])
    both, all_three, first_and_tied = values[0b011], values[0b111], values[0b101]
    assert all_three == pytest.approx(both, abs=1e-12)
    assert first_and_tied == pytest.approx(both, abs=1e-12)


def test_a_column_that_does_not_vary_adds_nothing():
    covariance = np.array([[1.0, 0.0, 0.5], [0.0, 0.0, 0.0], [0.5, 0.0, 1.0]])
    np.testing.assert_array_equal(
        r_squared_values(covariance, [(0,), (1,)]), [0.0, 0.25, 0.0, 0.25]
    )


def test_an_outcome_that_does_not_vary_gives_nan_and_its_neighbours_numbers():
    sound = np.array([[1.0, 0.5], [0.5, 1.0]])
    flat = np.array([[1.0, 0.0], [0.0, 0.0]])
    values = r_squared_values(np.stack([sound, flat]), [(0,)])
    np.testing.assert_array_equal(values, [[0.0, 0.25], [np.nan, np.nan]])


def test_columns_in_no_group_are_left_out():
    rng = np.random.default_rng(5)
    covariance = np.cov(rng.normal(size=(50, 4)), rowvar=False)
    kept = np.ix_([0, 2, 3], [0, 2, 3])
    np.testing.assert_allclose(
        r_squared_values(covariance, [(0,), (2,)]),
        r_squared_values(covariance[kept], [(0,), (1,)]),
        atol=1e-14,
    )


def test_the_caller_keeps_the_matrix_as_it_was():
    covariance = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    before = covariance.copy()
    r_squared_values(covariance, [(0,), (1,)])
    np.testing.assert_array_equal(covariance, before)


def test_sizes_count_the_columns_of_each_subset():
    np.testing.assert_array_equal(subset_sizes([(0,), (1, 2), (3,)]), [0, 1, 2, 3, 1, 2, 3, 4])
