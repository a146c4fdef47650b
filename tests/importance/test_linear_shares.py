"""Tests of `cxdrivers.importance.linear_shares`: the laws of LMG, and a slow twin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.importance.lattice import r_squared_values, subset_sizes
from cxdrivers.importance.linear_shares import linear_shares, own_shares
from tests.importance.definitions import fits_beside
from tests.importance.strategies import Data, data_sets, data_with_controls
from tests.twins import (
    average_over_all_orders,
    fit_of,
    fits_of_all_subsets,
    fits_of_covariance,
    johnson_weights,
)


@given(data_sets())
def test_shares_equal_all_regressions_averaged_over_all_orders(data: Data):
    fits = fits_of_all_subsets(data.columns, data.outcome, data.groups, data.weights)
    slow = average_over_all_orders(fits, len(data.groups))
    np.testing.assert_allclose(linear_shares(data.covariance, data.groups), slow, atol=1e-9)


@given(data_sets(), st.integers(1, 2))
def test_adjusted_shares_equal_all_adjusted_regressions_averaged(data: Data, times: int):
    n = len(data.outcome)
    fits = fits_of_all_subsets(data.columns, data.outcome, data.groups, data.weights)
    adjusted = {
        subset: _adjusted(fit, sum(len(data.groups[driver]) for driver in subset), n, times)
        for subset, fit in fits.items()
    }
    slow = average_over_all_orders(adjusted, len(data.groups))
    fast = linear_shares(data.covariance, data.groups, n=n, adjust=times)
    np.testing.assert_allclose(fast, slow, atol=1e-9)


@given(data_sets())
def test_shares_add_up_to_the_fit_of_all_drivers(data: Data):
    shares = linear_shares(data.covariance, data.groups)
    fit = fit_of(data.columns, data.outcome, data.weights)
    assert shares.sum() == pytest.approx(fit, abs=1e-9)


@given(data_sets(), st.randoms(use_true_random=False))
def test_the_order_of_the_drivers_does_not_matter(data: Data, random):
    order = list(range(len(data.groups)))
    random.shuffle(order)
    shuffled = linear_shares(data.covariance, [data.groups[place] for place in order])
    np.testing.assert_allclose(
        shuffled, linear_shares(data.covariance, data.groups)[order], atol=1e-10
    )


@given(data_sets(), st.integers(0, 2**32 - 1))
def test_the_scale_and_the_sign_of_columns_do_not_matter(data: Data, seed: int):
    rng = np.random.default_rng(seed)
    k = len(data.covariance)
    scale = 10 ** rng.uniform(-4, 4, size=k) * rng.choice([-1, 1], size=k)
    stretched = data.covariance * np.outer(scale, scale)
    np.testing.assert_allclose(
        linear_shares(stretched, data.groups),
        linear_shares(data.covariance, data.groups),
        atol=1e-9,
    )


@given(st.floats(-0.15, 0.9), st.floats(-0.4, 0.4), st.integers(2, 6))
def test_exchangeable_drivers_have_equal_shares(between: float, with_outcome: float, drivers: int):
    matrix = np.full((drivers + 1, drivers + 1), between)
    matrix[-1, :] = matrix[:, -1] = with_outcome
    np.fill_diagonal(matrix, 1)
    shares = linear_shares(matrix, [(driver,) for driver in range(drivers)])
    np.testing.assert_allclose(shares, shares[0], atol=1e-12)


@given(st.floats(-0.95, 0.95), st.floats(-0.6, 0.6), st.floats(-0.6, 0.6))
def test_two_drivers_have_the_relative_weights_of_johnson(
    between: float, first: float, second: float
):
    matrix = np.array([[1, between, first], [between, 1, second], [first, second, 1]])
    np.testing.assert_allclose(
        linear_shares(matrix, [(0,), (1,)]), johnson_weights(matrix), atol=1e-10
    )


def test_three_drivers_have_not():
    matrix = np.array(
        [[1, 0.8, 0.1, 0.5], [0.8, 1, 0.4, 0.3], [0.1, 0.4, 1, 0.2], [0.5, 0.3, 0.2, 1]]
    )
    gap = linear_shares(matrix, [(0,), (1,), (2,)]) - johnson_weights(matrix)
    assert np.abs(gap).max() > 0.005


def test_uncorrelated_drivers_have_their_squared_correlations():
    matrix = np.eye(4)
    matrix[-1, :3] = matrix[:3, -1] = [0.6, 0.3, 0.0]
    assert linear_shares(matrix, [(0,), (1,), (2,)]) == pytest.approx([0.36, 0.09, 0.0], abs=1e-15)


def test_a_driver_that_never_varies_earns_nothing():
    matrix = np.array([[1.0, 0.0, 0.5], [0.0, 0.0, 0.0], [0.5, 0.0, 1.0]])
    np.testing.assert_array_equal(linear_shares(matrix, [(0,), (1,)]), [0.25, 0.0])


def test_leading_axes_give_the_same_as_one_matrix_at_a_time():
    rng = np.random.default_rng(8)
    rows = rng.normal(size=(2, 3, 40, 5)) + rng.normal(size=(2, 3, 40, 1))
    matrices = np.einsum("...ni,...nj->...ij", rows, rows)
    groups = [(0, 3), (1,), (2,)]
    shares = linear_shares(matrices, groups, n=40, adjust=1)
    assert shares.shape == (2, 3, 3)
    for place in np.ndindex(2, 3):
        one = linear_shares(matrices[place], groups, n=40, adjust=1)
        np.testing.assert_allclose(shares[place], one, atol=1e-13)


def test_many_drivers_are_walked_in_parts_that_join_up(monkeypatch):
    rng = np.random.default_rng(9)
    rows = rng.normal(size=(10, 60, 6))
    matrices = np.einsum("bni,bnj->bij", rows, rows)
    groups = [(driver,) for driver in range(5)]
    whole = linear_shares(matrices, groups)
    monkeypatch.setattr("cxdrivers.importance.linear_shares.VALUES_AT_ONCE", 3 * 2**5)
    np.testing.assert_allclose(linear_shares(matrices, groups), whole, atol=1e-13)


def test_eleven_drivers_agree_with_solving_the_normal_equations():
    rng = np.random.default_rng(10)
    covariance = np.cov(rng.normal(size=(100, 12)) + rng.normal(size=(100, 1)), rowvar=False)
    groups = [(driver,) for driver in range(11)]
    fits = fits_of_covariance(covariance, 11)
    values = r_squared_values(covariance, groups)
    for number in range(0, 2**11, 37):
        subset = frozenset(driver for driver in range(11) if number >> driver & 1)
        assert values[number] == pytest.approx(fits[subset], abs=1e-12)
    assert subset_sizes(groups).max() == 11


@given(data_sets())
def test_own_shares_are_what_the_fit_loses_without_the_driver(data: Data):
    everything = fit_of(data.columns, data.outcome, data.weights)
    lost = [
        everything
        - fit_of(np.delete(data.columns, list(group), axis=1), data.outcome, data.weights)
        for group in data.groups
    ]
    np.testing.assert_allclose(own_shares(data.covariance, data.groups), lost, atol=1e-9)


@given(data_with_controls(), st.integers(0, 2))
def test_with_controls_shares_equal_all_regressions_averaged_over_all_orders(drawn, times: int):
    data, groups, always = drawn
    n = len(data.outcome)
    fits = fits_beside(data, groups, always)
    adjusted = {
        subset: _adjusted(fit, len(always) + sum(len(groups[j]) for j in subset), n, times)
        for subset, fit in fits.items()
    }
    slow = average_over_all_orders(adjusted, len(groups))
    fast = linear_shares(data.covariance, groups, always=always, n=n, adjust=times)
    np.testing.assert_allclose(fast, slow, atol=1e-9)


@given(data_with_controls())
def test_with_controls_shares_add_up_to_what_the_drivers_add_to_them(drawn):
    data, groups, always = drawn
    fits = fits_beside(data, groups, always)
    everything, controls = fits[frozenset(range(len(groups)))], fits[frozenset()]
    shares = linear_shares(data.covariance, groups, always=always)
    assert shares.sum() == pytest.approx(everything - controls, abs=1e-9)


@given(data_with_controls(), st.integers(0, 2))
def test_with_controls_own_shares_are_what_the_adjusted_fit_loses(drawn, times: int):
    data, groups, always = drawn
    n = len(data.outcome)
    fits = fits_beside(data, groups, always)

    def fit(subset: frozenset[int]) -> float:
        columns = len(always) + sum(len(groups[driver]) for driver in subset)
        return _adjusted(fits[subset], columns, n, times)

    everyone = frozenset(range(len(groups)))
    lost = [fit(everyone) - fit(everyone - {driver}) for driver in range(len(groups))]
    own = own_shares(data.covariance, groups, always=always, n=n, adjust=times)
    np.testing.assert_allclose(own, lost, atol=1e-9)


def test_own_shares_of_leading_axes_are_those_of_one_matrix_at_a_time():
    rng = np.random.default_rng(11)
    rows = rng.normal(size=(2, 3, 40, 5)) + rng.normal(size=(2, 3, 40, 1))
    matrices = np.einsum("...ni,...nj->...ij", rows, rows)
    shares = own_shares(matrices, [(0, 3), (1,)], always=[2], n=40, adjust=1)
    assert shares.shape == (2, 3, 2)
    for place in np.ndindex(2, 3):
        one = own_shares(matrices[place], [(0, 3), (1,)], always=[2], n=40, adjust=1)
        np.testing.assert_allclose(shares[place], one, atol=1e-13)


def test_a_driver_without_columns_has_no_share_of_its_own():
    matrix = np.array([[1.0, 0.3, 0.5], [0.3, 1.0, 0.4], [0.5, 0.4, 1.0]])
    assert own_shares(matrix, [(0,), (), (1,)])[1] == 0
    assert linear_shares(matrix, [(0,), (), (1,)])[1] == 0


def test_more_drivers_than_the_lattice_holds_are_refused_with_the_number_that_it_holds():
    groups = [(driver,) for driver in range(31)]
    with pytest.raises(FitError, match=r"31 drivers are more than the 30 .* items of one"):
        linear_shares(np.eye(32), groups)


def _adjusted(fit: float, size: int, n: int, times: int) -> float:
    for _ in range(times):
        fit = 1 - (1 - fit) * (n - 1) / (n - 1 - size)
    return fit
