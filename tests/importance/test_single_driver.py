"""Tests of `cxdrivers.importance.single_driver`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.importance.single_driver import first_shares, pratt_shares, squared_betas
from tests.importance.definitions import (
    columns_of,
    fits_beside,
    residuals_beside,
    slopes_of,
    variance,
)
from tests.importance.strategies import Data, data_sets, data_with_controls
from tests.twins import fit_of

OF_SLOPES = [squared_betas, pratt_shares]
MATRIX = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])


@given(data_sets(most_columns=1))
def test_first_is_the_squared_correlation(data: Data):
    values = np.column_stack([data.columns, data.outcome])
    correlation = np.cov(values, rowvar=False, aweights=data.weights, ddof=0)
    scale = np.sqrt(np.diag(correlation))
    r = correlation[:-1, -1] / scale[:-1] / scale[-1]
    np.testing.assert_allclose(first_shares(data.covariance, data.groups), r**2, atol=1e-12)


@given(data_with_controls(), st.integers(0, 2))
def test_first_is_the_adjusted_fit_beside_the_controls_minus_theirs(drawn, times: int):
    data, groups, always = drawn
    n = len(data.outcome)
    fits = fits_beside(data, groups, always)

    def adjusted(subset: frozenset[int]) -> float:
        columns = len(always) + sum(len(groups[driver]) for driver in subset)
        return 1 - (1 - fits[subset]) * ((n - 1) / (n - 1 - columns)) ** times

    slow = [adjusted(frozenset({driver})) - adjusted(frozenset()) for driver in range(len(groups))]
    fast = first_shares(data.covariance, groups, always=always, n=n, adjust=times)
    np.testing.assert_allclose(fast, slow, atol=1e-9)


@given(data_with_controls())
def test_beta_squared_is_the_variance_of_what_a_driver_contributes(drawn):
    data, groups, always = drawn
    left = residuals_beside(data, always)
    slopes = dict(zip(columns_of(groups), slopes_of(left, columns_of(groups)), strict=True))
    total = variance(data.outcome, data.weights)
    slow = [
        variance(sum(left.columns[:, column] * slopes[column] for column in group), data.weights)
        / total
        for group in groups
    ]
    np.testing.assert_allclose(
        squared_betas(data.covariance, groups, always=always), slow, atol=1e-9
    )


@given(data_sets(most_columns=1))
def test_beta_squared_is_the_squared_slope_of_standardised_data(data: Data):
    scale = np.sqrt(np.diag(data.covariance))
    standardised = Data(
        data.columns / scale[:-1], data.outcome / scale[-1], data.groups, data.weights
    )
    slow = slopes_of(standardised, columns_of(data.groups)) ** 2
    np.testing.assert_allclose(squared_betas(data.covariance, data.groups), slow, atol=1e-9)


@given(data_with_controls())
def test_pratt_is_the_covariance_of_what_a_driver_contributes_with_the_outcome(drawn):
    data, groups, always = drawn
    left = residuals_beside(data, always)
    slopes = dict(zip(columns_of(groups), slopes_of(left, columns_of(groups)), strict=True))
    total = variance(data.outcome, data.weights)
    slow = []
    for group in groups:
        part = sum(left.columns[:, column] * slopes[column] for column in group)
        shared = np.cov(part, left.outcome, aweights=data.weights, ddof=0)[0, 1]
        slow.append(shared / total)
    np.testing.assert_allclose(
        pratt_shares(data.covariance, groups, always=always), slow, atol=1e-9
    )


@given(data_with_controls())
def test_pratt_adds_up_to_what_the_drivers_add_to_the_controls(drawn):
    data, groups, always = drawn
    everything = fit_of(data.columns[:, [*always, *columns_of(groups)]], data.outcome, data.weights)
    controls = fit_of(data.columns[:, list(always)], data.outcome, data.weights)
    shares = pratt_shares(data.covariance, groups, always=always)
    assert shares.sum() == pytest.approx(everything - controls, abs=1e-9)


@pytest.mark.parametrize("kernel", [first_shares, *OF_SLOPES])
@given(data=data_sets(), seed=st.integers(0, 2**32 - 1))
def test_how_the_columns_of_a_driver_are_coded_does_not_matter(kernel, data: Data, seed: int):
    """Two dummies of three categories say the same whichever category is left out."""
    rng = np.random.default_rng(seed)
    recoded = np.eye(len(data.covariance))
    for group in data.groups:
        turned = np.linalg.qr(rng.normal(size=(len(group), len(group))))[0]
        recoded[np.ix_(group, group)] = turned * rng.uniform(0.5, 2, size=len(group))
    other = recoded.T @ data.covariance @ recoded
    np.testing.assert_allclose(
        kernel(other, data.groups), kernel(data.covariance, data.groups), atol=1e-8
    )


def test_suppression_shows_as_a_negative_share():
    """The second driver helps by what it takes out of the first."""
    matrix = np.array([[1.0, 0.7, 0.6], [0.7, 1.0, 0.3], [0.6, 0.3, 1.0]])
    assert pratt_shares(matrix, [(0,), (1,)])[1] < -0.05


@pytest.mark.parametrize("kernel", OF_SLOPES)
def test_a_driver_that_never_varies_has_no_share_and_leaves_the_others_theirs(kernel):
    flat = np.zeros((4, 4))
    flat[np.ix_([0, 1, 3], [0, 1, 3])] = MATRIX
    expected = [*kernel(MATRIX, [(0,), (1,)]), 0.0]
    np.testing.assert_array_equal(kernel(flat, [(0,), (1,), (2,)]), expected)
    np.testing.assert_array_equal(kernel(flat, [(0,), (1,), ()]), expected)


@pytest.mark.parametrize("kernel", OF_SLOPES)
def test_tied_drivers_have_no_slopes_and_so_no_shares(kernel):
    """What follows from the first two columns; the fourth stands apart and keeps its share."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(100, 3))
    rows = np.column_stack([x[:, 0], x[:, 1], x[:, 0] - x[:, 1], x[:, 2], x.sum(axis=1)])
    rows[:, -1] += rng.normal(size=100)
    covariance = np.cov(rows, rowvar=False)
    shares = kernel(covariance, [(0,), (1,), (2,), (3,)])
    assert np.isnan(shares[:3]).all()
    assert shares[3] == pytest.approx(kernel(covariance, [(0,), (1,), (3,)])[2], abs=1e-10)


@pytest.mark.parametrize("kernel", [first_shares, *OF_SLOPES])
def test_leading_axes_give_the_same_as_one_matrix_at_a_time(kernel):
    rng = np.random.default_rng(8)
    rows = rng.normal(size=(2, 3, 40, 6)) + rng.normal(size=(2, 3, 40, 1))
    matrices = np.einsum("...ni,...nj->...ij", rows, rows)
    matrices[1, 2, -1] = matrices[1, 2, :, -1] = 0
    shares = kernel(matrices, [(0, 3), (1,)], always=[2, 4])
    assert shares.shape == (2, 3, 2)
    assert np.isnan(shares[1, 2]).all()
    for place in [place for place in np.ndindex(2, 3) if place != (1, 2)]:
        one = kernel(matrices[place], [(0, 3), (1,)], always=[2, 4])
        np.testing.assert_allclose(shares[place], one, atol=1e-12)
