"""Tests of `cxdrivers.survey.discrimination`."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.survey.discrimination import htmt_of, shared_variance, told_apart
from cxdrivers.survey.reliability import correlations_of, omega_of
from tests.scale_samples import FloatArray, scale_answers

NAN = np.nan


def _two_factors(first: list[float], second: list[float], correlation: float) -> FloatArray:
    """Return the correlations of items of two drivers that correlate so."""
    loadings = np.array([*first, *second])
    owner = np.arange(len(loadings)) >= len(first)
    between = np.where(owner[:, np.newaxis] == owner, 1.0, correlation)
    matrix: FloatArray = np.outer(loadings, loadings) * between
    np.fill_diagonal(matrix, 1)
    return matrix


def _by_definition(matrix: FloatArray, first: int) -> float:
    """Return the ratio as it was published, one correlation at a time."""
    items = range(len(matrix))
    across = [matrix[one, other] for one in items[:first] for other in items[first:]]
    within = [matrix[pair] for pair in combinations(items[:first], 2)]
    within_other = [matrix[pair] for pair in combinations(items[first:], 2)]
    means = [sum(values) / len(values) for values in (across, within, within_other)]
    return float(means[0] / (means[1] * means[2]) ** 0.5)


@given(st.floats(0.2, 0.95), st.floats(0.2, 0.95), st.floats(-0.95, 0.99))
def test_htmt_is_what_drivers_correlate_where_items_measure_with_equal_strength(
    one: float, other: float, correlation: float
):
    matrix = _two_factors([one] * 3, [other] * 2, correlation)
    assert htmt_of(matrix, 3) == pytest.approx(correlation, abs=1e-9)


@given(st.integers(2, 5), st.integers(2, 5), st.integers(0, 2**32 - 1))
def test_htmt_is_the_published_ratio(first: int, second: int, seed: int):
    rng = np.random.default_rng(seed)
    answers = rng.normal(size=(80, first + second)) + rng.normal(size=(80, 1))
    matrix = np.corrcoef(answers, rowvar=False)
    assert htmt_of(matrix, first) == pytest.approx(_by_definition(matrix, first), abs=1e-12)


def test_there_is_no_htmt_of_a_single_item_or_of_items_that_do_not_go_together():
    assert np.isnan(htmt_of(_two_factors([0.8], [0.8, 0.8], 0.5), 1))
    assert np.isnan(htmt_of(_two_factors([0.8, -0.8], [0.8, 0.8], 0.5), 2))


def test_shared_variance_is_that_without_the_noise_of_the_items():
    matrix = _two_factors([0.9, 0.7, 0.5], [0.8, 0.6, 0.7], 0.6)
    reliability = (float(omega_of(matrix[:3, :3])), float(omega_of(matrix[3:, 3:])))
    assert shared_variance(matrix, 3, reliability) == pytest.approx(0.36, abs=1e-6)


def test_simulated_drivers_share_what_they_were_made_to():
    frame = scale_answers({"a": (0.9, 0.7, 0.5), "b": (0.8, 0.6)}, n=40_000, correlation=0.5)
    covariance = np.cov(frame.drop(columns="satisfaction"), rowvar=False)
    reliability = (float(omega_of(covariance[:3, :3])), float(omega_of(covariance[3:, 3:])))
    assert shared_variance(covariance, 3, reliability) == pytest.approx(0.25, abs=0.02)
    assert htmt_of(correlations_of(covariance), 3) == pytest.approx(0.5, abs=0.03)


def test_nothing_is_shared_where_there_is_no_reliability():
    assert np.isnan(shared_variance(np.eye(4), 2, (0.0, 0.8)))
    assert np.isnan(shared_variance(np.eye(4), 2, (NAN, 0.8)))


@pytest.mark.parametrize(
    ("htmt", "low", "high", "expected"),
    [
        (0.95, 0.9, 1.0, "no"),
        (0.9, NAN, NAN, "no"),
        (-0.95, -1.0, -0.85, "no"),
        (0.8, 0.7, 0.92, "unclear"),
        (-0.8, -0.92, -0.7, "unclear"),
        (0.8, 0.7, 0.89, "yes"),
        (0.8, NAN, NAN, "yes"),
        (NAN, NAN, NAN, ""),
    ],
)
def test_drivers_are_told_apart_by_the_ratio_and_by_its_interval(
    htmt: float, low: float, high: float, expected: str
):
    assert told_apart(htmt, low, high) == expected


def test_resamples_are_a_leading_axis():
    matrices = np.array(
        [
            _two_factors([0.9, 0.7], [0.8, 0.6], 0.5),
            _two_factors([0.6, 0.6], [0.7, 0.7], 0.2),
        ]
    )
    np.testing.assert_allclose(htmt_of(matrices, 2), [htmt_of(one, 2) for one in matrices])
