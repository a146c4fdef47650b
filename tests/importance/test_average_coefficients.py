"""Tests of `cxdrivers.importance.average_coefficients`."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from cxdrivers.importance.average_coefficients import average_coefficients, full_coefficients
from tests.importance.definitions import columns_of, mean_coefficients, slopes_of
from tests.importance.strategies import Data, data_sets, data_with_controls


@given(data_sets())
def test_the_coefficients_are_those_of_the_regression_on_all_columns(data: Data):
    columns = columns_of(data.groups)
    np.testing.assert_allclose(
        full_coefficients(data.covariance, columns), slopes_of(data, columns), rtol=1e-7, atol=1e-9
    )


@given(data_with_controls())
def test_the_averages_are_those_of_one_regression_after_another(drawn):
    data, groups, always = drawn
    slow = mean_coefficients(data, groups, always)
    fast = average_coefficients(data.covariance, groups, always=always)
    np.testing.assert_allclose(fast, slow, rtol=1e-7, atol=1e-8)


@given(data_with_controls())
def test_the_last_average_is_the_coefficient_among_all(drawn):
    data, groups, always = drawn
    if groups:
        averages = average_coefficients(data.covariance, groups, always=always)
        full = full_coefficients(data.covariance, columns_of(groups), always=always)
        np.testing.assert_allclose(averages[:, -1], full, rtol=1e-9)


def test_a_column_that_never_varies_has_no_coefficient():
    matrix = np.array([[1.0, 0.0, 0.5], [0.0, 0.0, 0.0], [0.5, 0.0, 1.0]])
    np.testing.assert_array_equal(full_coefficients(matrix, [0, 1]), [0.5, np.nan])
    np.testing.assert_array_equal(
        average_coefficients(matrix, [(0,), (1,)]), [[0.5, 0.5], [np.nan, np.nan]]
    )


def test_tied_columns_have_coefficients_until_they_meet():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(80, 2))
    rows = np.column_stack([x, x.sum(axis=1), x[:, 0] + rng.normal(size=80)])
    averages = average_coefficients(np.cov(rows, rowvar=False), [(0,), (1,), (2,)])
    assert np.isfinite(averages[:, :2]).all()
    assert np.isnan(averages[:, 2]).all()


def test_leading_axes_walked_in_parts_join_up(monkeypatch):
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(2, 5, 30, 5))
    matrices = np.einsum("...ni,...nj->...ij", rows, rows)
    groups = [(0, 2), (1,), (3,)]
    monkeypatch.setattr("cxdrivers.importance.average_coefficients.VALUES_AT_ONCE", 3 * 2**4)
    averages = average_coefficients(matrices, groups)
    assert averages.shape == (2, 5, 4, 3)
    for place in np.ndindex(2, 5):
        one = average_coefficients(matrices[place], groups)
        np.testing.assert_allclose(averages[place], one, rtol=1e-10)
