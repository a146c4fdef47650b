"""Tests of `cxdrivers.importance.lattice`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.lattice import r_squared_values, residual_covariances, subset_sizes
from tests.importance.definitions import columns_of, fits_beside, residuals_beside
from tests.importance.strategies import Data, data_sets, data_with_controls
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


def test_controls_count_in_every_subset():
    np.testing.assert_array_equal(subset_sizes([(0,), (1, 2)], always=[3, 4]), [2, 3, 4, 5])


@given(data_with_controls())
def test_with_controls_every_value_is_the_fit_of_the_controls_and_that_subset(drawn):
    data, groups, always = drawn
    values = r_squared_values(data.covariance, groups, always=always)
    fits = fits_beside(data, groups, always)
    np.testing.assert_allclose(values, in_lattice_order(fits, len(groups)), atol=1e-9)


def test_controls_alone_give_the_one_value_there_is():
    matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    assert r_squared_values(matrix, [], always=[1]) == pytest.approx([0.16], abs=1e-15)


def test_a_driver_that_is_also_a_control_adds_nothing():
    matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    values = r_squared_values(matrix, [(0,), (1,)], always=[0])
    assert values[[0, 1]] == pytest.approx([0.25, 0.25], abs=1e-15)


@given(data_with_controls(most_columns=2))
def test_what_a_subset_leaves_is_the_covariance_of_the_residuals(drawn):
    data, groups, always = drawn
    kept = [0, len(data.columns[0])]
    left = residual_covariances(data.covariance, groups, kept, always=always)
    assert left.shape == (2 ** len(groups), 2, 2)
    for number in range(2 ** len(groups)):
        subset = [group for driver, group in enumerate(groups) if number >> driver & 1]
        residuals = residuals_beside(data, [*always, *columns_of(subset)])
        scale = np.diag(data.covariance)[kept].max()
        np.testing.assert_allclose(
            left[number], residuals.covariance[np.ix_(kept, kept)], atol=1e-9 * scale
        )


def test_residuals_of_leading_axes_are_those_of_one_matrix_at_a_time():
    rng = np.random.default_rng(6)
    rows = rng.normal(size=(2, 900, 20, 5))
    matrices = np.einsum("...ni,...nj->...ij", rows, rows)
    left = residual_covariances(matrices, [(0, 1), (2,)], [3, -1])
    assert left.shape == (2, 900, 4, 2, 2)
    for place in ((0, 0), (0, 899), (1, 450)):
        one = residual_covariances(matrices[place], [(0, 1), (2,)], [3, -1])
        np.testing.assert_allclose(left[place], one, atol=1e-12)
