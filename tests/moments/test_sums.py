"""Tests of `cxdrivers.moments.sums`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.moments.sums import cluster_sums, moments_from_sums, row_products


def test_a_row_gives_one_its_numbers_and_their_products():
    np.testing.assert_array_equal(
        row_products(np.array([[2.0, 3.0, 5.0]])), [[1, 2, 3, 5, 4, 6, 10, 9, 15, 25]]
    )


def test_a_weight_multiplies_the_whole_row():
    values = np.array([[2.0, 3.0], [1.0, 4.0]])
    weights = np.array([0.5, 3.0])
    np.testing.assert_array_equal(
        row_products(values, weights), row_products(values) * weights[:, np.newaxis]
    )


@given(st.integers(1, 6), st.integers(2, 40), st.booleans(), st.integers(0, 2**32 - 1))
def test_sums_give_the_mean_and_the_covariance(columns: int, rows: int, weighted: bool, seed: int):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, columns)) @ rng.normal(size=(columns, columns))
    weights = rng.uniform(0.1, 4, size=rows) if weighted else None
    mean, covariance = moments_from_sums(row_products(values, weights).sum(axis=0))
    np.testing.assert_allclose(mean, np.average(values, axis=0, weights=weights), atol=1e-12)
    expected = np.cov(values, rowvar=False, aweights=weights, ddof=0).reshape(columns, columns)
    np.testing.assert_allclose(covariance, expected, atol=1e-10)


def test_leading_axes_give_the_same_as_one_sum_at_a_time():
    rng = np.random.default_rng(2)
    sums = row_products(rng.normal(size=(24, 3))).reshape(2, 3, 4, -1).sum(axis=2)
    mean, covariance = moments_from_sums(sums)
    assert mean.shape == (2, 3, 3)
    assert covariance.shape == (2, 3, 3, 3)
    for place in np.ndindex(2, 3):
        one_mean, one_covariance = moments_from_sums(sums[place])
        np.testing.assert_allclose(mean[place], one_mean, atol=1e-15)
        np.testing.assert_allclose(covariance[place], one_covariance, atol=1e-15)


def test_a_column_that_does_not_vary_has_variance_zero_and_not_rounding():
    values = np.column_stack([np.full(97, 0.1), np.arange(97.0)])
    _, covariance = moments_from_sums(row_products(values - [7.3, 48.0]).sum(axis=0))
    assert covariance[0, 0] == 0.0
    assert covariance[1, 1] == pytest.approx((97**2 - 1) / 12)


def test_clusters_add_up_the_rows_that_belong_to_them():
    products = np.array([[1.0, 10.0], [1.0, 20.0], [1.0, 40.0], [1.0, 80.0]])
    np.testing.assert_array_equal(
        cluster_sums(products, np.array([1, 0, 1, 2])), [[1, 20], [2, 50], [1, 80]]
    )
