"""Tests of `cxdrivers.models.diagnostics`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.models.diagnostics import refuse_collinear, tied_columns, variance_inflation
from tests.twins import fit_of


@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_the_factor_is_that_of_a_regression_of_each_driver_on_the_others(drivers: int, seed: int):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(60, drivers)) + rng.normal(size=(60, 1))
    slow = [1 / (1 - fit_of(np.delete(x, own, axis=1), x[:, own])) for own in range(drivers)]
    groups = [(driver,) for driver in range(drivers)]
    np.testing.assert_allclose(variance_inflation(np.cov(x, rowvar=False), groups), slow, rtol=1e-8)


def test_a_driver_of_two_columns_has_the_generalised_factor():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(60, 3)) + rng.normal(size=(60, 1))
    correlation = np.corrcoef(x, rowvar=False)
    pair = np.linalg.det(correlation[:2, :2]) / np.linalg.det(correlation)
    factors = variance_inflation(np.cov(x, rowvar=False), [(0, 1), (2,)])
    assert factors == pytest.approx([np.sqrt(pair), pair])


def test_drivers_that_do_not_correlate_have_a_factor_of_one():
    assert variance_inflation(np.diag([4.0, 9.0]), [(0,), (1,)]) == pytest.approx([1, 1])


def test_a_driver_without_a_column_has_no_factor_and_leaves_the_others_theirs():
    covariance = np.array([[1.0, 0.6], [0.6, 1.0]])
    factors = variance_inflation(covariance, [(0,), (), (1,)])
    np.testing.assert_allclose(factors, [1.5625, np.nan, 1.5625])


def test_only_the_columns_that_are_tied_are_called_so():
    rng = np.random.default_rng(2)
    x = rng.normal(size=(80, 3))
    covariance = np.cov(np.column_stack([x, x[:, 0] + 100 * x[:, 2]]), rowvar=False)
    np.testing.assert_array_equal(tied_columns(covariance), [True, False, True, True])


def test_columns_that_are_nearly_alike_are_not_tied():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(80, 1))
    covariance = np.cov(np.column_stack([x, x + 1e-3 * rng.normal(size=(80, 1))]), rowvar=False)
    assert not tied_columns(covariance).any()


def test_the_units_of_columns_do_not_tie_them():
    rng = np.random.default_rng(4)
    x = rng.normal(size=(80, 3)) * [1e-6, 1.0, 1e6]
    assert not tied_columns(np.cov(x, rowvar=False)).any()


def test_no_columns_are_not_tied():
    assert tied_columns(np.empty((0, 0))).shape == (0,)


def test_a_tie_between_ratings_is_refused_and_names_only_those_that_are_tied():
    tied = np.array([True, False, False, True])
    terms = ("rating", "rating", "not_applicable", "rating")
    with pytest.raises(FitError, match=r"^The drivers 'a', 'c' are tied together exactly"):
        refuse_collinear(tied, terms, [(0,), (1, 2), (3,)], ("a", "b", "c"))


def test_a_tie_between_marks_that_drivers_did_not_apply_is_no_trouble():
    tied = np.array([False, True, False, True])
    terms = ("rating", "not_applicable", "rating", "not_applicable")
    refuse_collinear(tied, terms, [(0, 1), (2, 3)], ("a", "b"))
