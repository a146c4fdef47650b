"""Tests of `cxdrivers.importance.johnson`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import sqrtm

from cxdrivers.importance.johnson import car_shares, johnson_shares
from cxdrivers.importance.linear_shares import linear_shares
from tests.importance.strategies import Data, data_sets
from tests.twins import fit_of, johnson_weights

KERNELS = [johnson_shares, car_shares]
MATRIX = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])


def _standardised(data: Data) -> np.ndarray:
    """Return the columns and the outcome with mean 0 and sum of squares 1, weights taken in."""
    masses = np.ones(len(data.outcome)) if data.weights is None else data.weights
    rows = np.column_stack([data.columns, data.outcome])
    rows = (rows - np.average(rows, axis=0, weights=masses)) * np.sqrt(masses)[:, np.newaxis]
    return rows / np.sqrt((rows**2).sum(axis=0))


@given(data_sets(most_columns=1))
def test_the_weights_are_johnson_s_own_steps_from_the_rows(data: Data):
    """X = PΔQᵀ; Z = PQᵀ is nearest to X; regress the outcome on Z, and Z's part in each driver."""
    rows = _standardised(data)
    x, y = rows[:, :-1], rows[:, -1]
    left, _, right = np.linalg.svd(x, full_matrices=False)
    nearest = left @ right
    slopes = np.linalg.lstsq(nearest, y, rcond=None)[0]
    loadings = np.linalg.lstsq(nearest, x, rcond=None)[0]
    slow = (loadings.T**2) @ slopes**2
    np.testing.assert_allclose(johnson_shares(data.covariance, data.groups), slow, atol=1e-9)


@given(data_sets(most_columns=1))
def test_they_are_genizi_s_decomposition_through_the_root_of_the_correlations(data: Data):
    rows = _standardised(data)
    correlation = rows.T @ rows
    root = np.real(sqrtm(correlation[:-1, :-1]))
    with_outcome = np.linalg.inv(root) @ correlation[:-1, -1]
    drivers = range(len(data.groups))
    slow = [sum((root[j, k] * with_outcome[k]) ** 2 for k in drivers) for j in drivers]
    np.testing.assert_allclose(johnson_shares(data.covariance, data.groups), slow, atol=1e-9)
    np.testing.assert_allclose(johnson_weights(correlation), slow, atol=1e-9)


@given(data_sets(most_columns=1))
def test_car_is_the_squared_correlation_with_the_whitened_drivers(data: Data):
    rows = _standardised(data)
    x, y = rows[:, :-1], rows[:, -1]
    whitened = x @ np.linalg.inv(np.real(sqrtm(x.T @ x)))
    np.testing.assert_allclose(
        car_shares(data.covariance, data.groups), (whitened.T @ y) ** 2, atol=1e-9
    )


@pytest.mark.parametrize("kernel", KERNELS)
@given(data=data_sets(most_columns=1))
def test_shares_add_up_to_the_fit_of_all_drivers(kernel, data: Data):
    fit = fit_of(data.columns, data.outcome, data.weights)
    assert kernel(data.covariance, data.groups).sum() == pytest.approx(fit, abs=1e-9)


@given(st.floats(-0.95, 0.95), st.floats(-0.6, 0.6), st.floats(-0.6, 0.6))
def test_johnson_s_weights_of_two_drivers_are_lmg(between: float, first: float, second: float):
    matrix = np.array([[1, between, first], [between, 1, second], [first, second, 1]])
    np.testing.assert_allclose(
        johnson_shares(matrix, [(0,), (1,)]), linear_shares(matrix, [(0,), (1,)]), atol=1e-10
    )


@pytest.mark.parametrize("kernel", KERNELS)
@given(data=data_sets(most_columns=1), seed=st.integers(0, 2**32 - 1))
def test_the_scale_the_sign_and_the_order_of_drivers_do_not_matter(kernel, data: Data, seed: int):
    rng = np.random.default_rng(seed)
    k = len(data.covariance)
    scale = 10 ** rng.uniform(-4, 4, size=k) * rng.choice([-1, 1], size=k)
    order = rng.permutation(len(data.groups))
    stretched = data.covariance * np.outer(scale, scale)
    shares = kernel(stretched, [data.groups[place] for place in order])
    np.testing.assert_allclose(shares, kernel(data.covariance, data.groups)[order], atol=1e-8)


@pytest.mark.parametrize("kernel", KERNELS)
def test_tied_drivers_share_and_still_add_up(kernel):
    """The third column is the sum of the first two, so it adds nothing to the fit."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(100, 2))
    rows = np.column_stack([x, x.sum(axis=1), x[:, 0] + rng.normal(size=100)])
    shares = kernel(np.cov(rows, rowvar=False), [(0,), (1,), (2,)])
    assert shares.sum() == pytest.approx(fit_of(x, rows[:, -1]), abs=1e-9)


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_driver_that_never_varies_has_no_share_and_leaves_the_others_theirs(kernel):
    flat = np.zeros((4, 4))
    flat[np.ix_([0, 2, 3], [0, 2, 3])] = MATRIX
    alone = kernel(MATRIX, [(0,), (1,)])
    for groups in ([(0,), (1,), (2,)], [(0,), (), (2,)]):
        np.testing.assert_allclose(kernel(flat, groups), [alone[0], 0, alone[1]], atol=1e-14)


@pytest.mark.parametrize("kernel", KERNELS)
def test_leading_axes_give_the_same_as_one_matrix_at_a_time(kernel):
    rng = np.random.default_rng(8)
    rows = rng.normal(size=(2, 3, 40, 5)) + rng.normal(size=(2, 3, 40, 1))
    matrices = np.einsum("...ni,...nj->...ij", rows, rows)
    matrices[1, 2, -1] = matrices[1, 2, :, -1] = 0
    groups = [(0,), (3,), (2,)]
    shares = kernel(matrices, groups)
    assert shares.shape == (2, 3, 3)
    assert np.isnan(shares[1, 2]).all()
    for place in [place for place in np.ndindex(2, 3) if place != (1, 2)]:
        np.testing.assert_allclose(shares[place], kernel(matrices[place], groups), atol=1e-12)


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_driver_of_two_columns_is_not_cut_down_to_one(kernel):
    with pytest.raises(ValueError, match="more than one column"):
        kernel(MATRIX, [(0, 1)])
