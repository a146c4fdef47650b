"""Tests of `cxdrivers.models.monotone`: curves that never fall."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from cxdrivers.models.monotone import rising_basis, rising_slopes, spline_knots


def everybody(values: np.ndarray) -> np.ndarray:
    return np.ones(len(values), dtype=bool)


@given(st.lists(st.integers(1, 10), min_size=4, max_size=60).filter(lambda ten: len(set(ten)) > 2))
def test_every_column_rises_from_0_to_1_over_the_range(ratings):
    values = np.array(ratings, dtype=np.float64)
    knots = spline_knots(values)
    grid = np.linspace(knots[0], knots[-1], 50)
    basis = rising_basis(grid, everybody(grid), knots)
    assert (np.diff(basis, axis=0) > -1e-9).all()
    np.testing.assert_allclose(basis[0], 0, atol=1e-9)
    np.testing.assert_allclose(basis[-1], 1)


def test_whom_a_driver_did_not_apply_to_has_zeros_and_what_lies_beyond_stays_at_the_end():
    values = np.array([2.0, 40.0, np.nan])
    used = np.array([True, True, False])
    basis = rising_basis(values, used, np.array([1.0, 5.0, 10.0]))
    assert (basis[1] == 1).all()
    assert (basis[2] == 0).all()


def test_slopes_are_those_of_bounded_least_squares_with_the_other_columns_free():
    rng = np.random.default_rng(6)
    ratings, other = rng.normal(size=(2, 300))
    outcome = np.sin(2 * ratings) - 0.5 * other + rng.normal(size=300)
    basis = rising_basis(ratings, everybody(ratings), spline_knots(ratings))
    columns = np.column_stack([other, basis])
    lowest = np.r_[-np.inf, np.zeros(basis.shape[1])]
    centred = columns - columns.mean(axis=0)
    twin = lsq_linear(centred, outcome - outcome.mean(), bounds=(lowest, np.inf)).x[1:]
    covariance = np.cov(np.column_stack([columns, outcome]), rowvar=False)
    np.testing.assert_allclose(rising_slopes(covariance, [0]), twin, atol=1e-5)
    many = rising_slopes(np.stack([covariance, covariance]), [0])
    np.testing.assert_allclose(many, [rising_slopes(covariance, [0])] * 2)


def test_a_driver_that_only_falls_has_a_flat_curve():
    rng = np.random.default_rng(7)
    ratings = rng.normal(size=200)
    basis = rising_basis(ratings, everybody(ratings), spline_knots(ratings))
    covariance = np.cov(np.column_stack([basis, -ratings]), rowvar=False)
    np.testing.assert_allclose(rising_slopes(covariance, []), 0, atol=1e-9)
