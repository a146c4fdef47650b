"""Tests of `cxdrivers.survey.reliability`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.survey.one_factor import one_factor_loadings
from cxdrivers.survey.reliability import (
    alpha_of,
    alphas_without,
    composite_reliability,
    correlations_of,
    item_rest_correlations,
    omega_of,
    spearman_brown,
    variance_extracted,
)
from cxdrivers.survey.scoring import cronbach_alpha
from tests.scale_samples import one_factor_covariance, scale_answers

loadings_of_items = st.lists(st.floats(0.3, 0.95), min_size=3, max_size=7)
spreads = st.lists(st.floats(0.5, 3), min_size=7, max_size=7)


def _true_reliability(loadings: list[float], spread: list[float]) -> float:
    """Return which part of the variance of the items' mean comes from the factor."""
    true = sum(a * b for a, b in zip(loadings, spread, strict=True)) ** 2
    noise = sum(b**2 * (1 - a**2) for a, b in zip(loadings, spread, strict=True))
    return true / (true + noise)


@given(loadings_of_items, spreads)
def test_omega_is_the_part_of_the_score_that_is_not_noise(
    loadings: list[float], spread: list[float]
):
    spread = spread[: len(loadings)]
    covariance = one_factor_covariance(loadings, spread)
    expected = _true_reliability(loadings, spread)
    assert omega_of(covariance) == pytest.approx(expected, abs=1e-6)
    assert alpha_of(covariance) <= expected + 1e-9


@given(st.floats(0.1, 0.95), st.integers(3, 8))
def test_alpha_is_omega_where_items_measure_with_equal_strength(loading: float, items: int):
    covariance = one_factor_covariance([loading] * items)
    assert alpha_of(covariance) == pytest.approx(omega_of(covariance), abs=1e-6)
    loadings = one_factor_loadings(covariance)
    assert composite_reliability(loadings) == pytest.approx(omega_of(covariance), abs=1e-6)
    assert variance_extracted(loadings) == pytest.approx(loading**2, abs=1e-6)


@given(st.integers(2, 6), st.integers(0, 2**32 - 1))
def test_alpha_from_covariances_is_alpha_from_answers(items: int, seed: int):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(60, items)) * rng.uniform(0.5, 2, items) + rng.normal(size=(60, 1))
    covariance = np.cov(values, rowvar=False)
    assert alpha_of(covariance) == pytest.approx(cronbach_alpha(values), abs=1e-12)


def test_reliability_of_simulated_items_is_the_one_they_were_made_with():
    loadings = [0.9, 0.7, 0.5, 0.6]
    frame = scale_answers({"empathy": loadings}, n=40_000).drop(columns="satisfaction")
    expected = _true_reliability(loadings, [1.0] * 4)
    assert omega_of(np.cov(frame, rowvar=False)) == pytest.approx(expected, abs=0.006)


def test_of_two_items_both_are_spearman_and_brown_whatever_their_spread():
    covariance = np.array([[4.0, 1.0], [1.0, 1.0]])
    assert alpha_of(covariance) == omega_of(covariance) == pytest.approx(2 * 0.5 / 1.5)
    assert composite_reliability(np.sqrt([0.5, 0.5])) == pytest.approx(2 * 0.5 / 1.5)
    assert np.isnan(spearman_brown(np.array(-1.0)))


def test_an_item_is_held_against_the_sum_of_the_others():
    frame = scale_answers({"empathy": (0.9, 0.6, 0.3)}).drop(columns="satisfaction")
    covariance = frame.cov().to_numpy()
    found = item_rest_correlations(covariance)
    for place, item in enumerate(frame):
        rest = frame.drop(columns=item).sum(axis=1)
        assert found[place] == pytest.approx(np.corrcoef(frame[item], rest)[0, 1])
        without = cronbach_alpha(frame.drop(columns=item).to_numpy())
        assert alphas_without(covariance)[place] == pytest.approx(without)


@pytest.mark.parametrize(
    "covariance",
    [np.eye(1), np.diag([1.0, 0.0, 1.0]), np.full((3, 3), np.nan)],
    ids=["one item", "an item that never varies", "nothing told"],
)
def test_reliability_is_nan_where_it_has_no_meaning(covariance: np.ndarray):
    assert np.isnan(alpha_of(covariance))
    assert np.isnan(omega_of(covariance))
    assert np.isnan(item_rest_correlations(covariance)).any()


def test_resamples_are_a_leading_axis():
    one = one_factor_covariance((0.9, 0.7, 0.5))
    both = np.stack([one, one_factor_covariance((0.6, 0.6, 0.6))])
    for kernel in (alpha_of, omega_of, item_rest_correlations, alphas_without, correlations_of):
        found = kernel(both)
        np.testing.assert_allclose(found[0], kernel(one), atol=1e-12)
        assert len(found) == 2


def test_alpha_of_standardised_items_is_the_published_one(shared_file: Callable[[str], Path]):
    """Tenenhaus, Esposito Vinzi, Chatelin & Lauro (2005), mobile telephones."""
    frame = pd.read_csv(shared_file("data/mobi.csv"))
    published = {"IMAG": 0.723, "CUEX": 0.452, "PERQ": 0.877, "PERV": 0.824, "CUSA": 0.779}
    for beginning, alpha in published.items():
        items = frame.filter(regex=f"^{beginning}")
        assert round(float(alpha_of(items.corr().to_numpy())), 3) == alpha
