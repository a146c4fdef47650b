"""Tests of `cxdrivers.survey.one_factor`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from cxdrivers.survey.one_factor import one_factor_loadings
from tests.scale_samples import FloatArray, one_factor_covariance, scale_answers

loadings_of_items = st.lists(st.floats(0.3, 0.95), min_size=3, max_size=7)


def _correlation(loadings: dict[str, tuple[float, ...]], n: int, seed: int) -> FloatArray:
    frame = scale_answers(loadings, n=n, seed=seed).drop(columns="satisfaction")
    return np.corrcoef(frame, rowvar=False)


def _least_residuals_slowly(correlation: FloatArray) -> FloatArray:
    upper = np.triu_indices(len(correlation), 1)

    def misfit(loadings: FloatArray) -> float:
        return float(((correlation - np.outer(loadings, loadings))[upper] ** 2).sum())

    start = np.full(len(correlation), 0.5)
    found = minimize(
        misfit, start, bounds=[(-1, 1)] * len(start), options={"ftol": 1e-15, "gtol": 1e-10}
    )
    return found.x


def _likeliest_slowly(correlation: FloatArray) -> FloatArray:
    """Return the loadings of maximum likelihood for normal answers."""

    def misfit(loadings: FloatArray) -> float:
        implied = np.outer(loadings, loadings)
        np.fill_diagonal(implied, 1)
        sign, size = np.linalg.slogdet(implied)
        return float(size + np.trace(np.linalg.solve(implied, correlation))) if sign > 0 else 1e6

    start = np.full(len(correlation), 0.6)
    found = minimize(
        misfit, start, bounds=[(-0.99, 0.99)] * len(start), options={"ftol": 1e-15, "gtol": 1e-9}
    )
    return found.x


@given(loadings_of_items)
def test_loadings_that_made_the_correlations_are_found(loadings: list[float]):
    found = one_factor_loadings(one_factor_covariance(loadings))
    np.testing.assert_allclose(found, loadings, atol=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_in_a_sample_no_loadings_leave_less(seed: int):
    correlation = _correlation({"empathy": (0.9, 0.7, 0.6, 0.5, 0.4)}, n=120, seed=seed)
    found = one_factor_loadings(correlation)
    np.testing.assert_allclose(found, _least_residuals_slowly(correlation), atol=1e-5)


def test_maximum_likelihood_finds_the_same_where_one_factor_holds():
    exact = one_factor_covariance((0.9, 0.75, 0.6, 0.5))
    np.testing.assert_allclose(one_factor_loadings(exact), _likeliest_slowly(exact), atol=1e-5)
    sample = _correlation({"empathy": (0.9, 0.75, 0.6, 0.5)}, n=5000, seed=3)
    np.testing.assert_allclose(one_factor_loadings(sample), _likeliest_slowly(sample), atol=0.02)


def test_no_item_has_less_than_no_variance_of_its_own():
    """The product of two of these correlations passes the third: a Heywood case."""
    correlation = np.array([[1, 0.8, 0.7], [0.8, 1, 0.4], [0.7, 0.4, 1]])
    found = one_factor_loadings(correlation)
    assert found[0] == 1
    np.testing.assert_allclose(found, _least_residuals_slowly(correlation), atol=1e-5)


def test_an_item_that_goes_the_other_way_has_a_negative_loading():
    found = one_factor_loadings(one_factor_covariance((0.8, 0.8, 0.7, -0.6)))
    np.testing.assert_allclose(found, (0.8, 0.8, 0.7, -0.6), atol=1e-7)


def test_two_items_load_alike():
    np.testing.assert_allclose(one_factor_loadings(np.array([[1, 0.49], [0.49, 1]])), [0.7, 0.7])


@pytest.mark.parametrize(
    "correlation",
    [np.array([[1, -0.2], [-0.2, 1]]), np.full((3, 3), np.nan)],
    ids=["two that do not go together", "what does not vary"],
)
def test_loadings_are_nan_where_they_have_no_meaning(correlation: FloatArray):
    assert np.isnan(one_factor_loadings(correlation)).all()


def test_items_without_anything_in_common_load_on_nothing():
    np.testing.assert_allclose(one_factor_loadings(np.eye(4)), 0, atol=1e-8)


def test_a_thousand_matrices_are_each_as_if_alone():
    matrices = [_correlation({"empathy": (0.9, 0.7, 0.5)}, n=60, seed=seed) for seed in range(12)]
    stacked = np.array(matrices).reshape(3, 4, 3, 3)
    found = one_factor_loadings(stacked)
    assert found.shape == (3, 4, 3)
    for matrix, loadings in zip(matrices, found.reshape(-1, 3), strict=True):
        np.testing.assert_array_equal(one_factor_loadings(matrix), loadings)
