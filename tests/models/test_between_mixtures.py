"""Tests of `cxdrivers.models.between_mixtures`: beside draws from the distribution of τ²."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cxdrivers.models import between_mixtures
from cxdrivers.models.between_mixtures import possible_levels
from cxdrivers.models.between_variance import variances_at
from cxdrivers.models.effect_rows import effect_rows
from cxdrivers.models.random_effects import random_effects

ESTIMATES = np.array([0.2, 0.9, 0.4, 1.3, 0.5])
VARIANCES = np.array([0.04, 0.1, 0.09, 0.02, 0.3])


def test_levels_stand_for_all_confidence_above_that_of_no_difference():
    levels, counts = possible_levels(np.array([0.0, 0.4, 1.0]))
    np.testing.assert_allclose(counts.sum(axis=0), [1.0, 0.6, 0.0], atol=1e-12)
    assert (levels >= [0.0, 0.4, 1.0]).all()
    assert (levels <= 1).all()
    np.testing.assert_allclose((counts * levels**2).sum(axis=0), [1 / 3, 0.936 / 3, 0], atol=1e-12)


def test_intervals_are_those_of_many_draws_of_how_much_groups_differ():
    """Draw Q, take its τ², draw the mean and the group: 40,000 times."""
    rng = np.random.default_rng(9)
    draws = 40_000
    rows = effect_rows(
        ESTIMATES[np.newaxis], VARIANCES[np.newaxis], np.zeros(5, int), np.full((1, 5), np.inf)
    )
    confidence = rng.uniform(size=(draws, 1))
    tau_squared = variances_at(rows, confidence)[:, 0]
    weights = 1 / (VARIANCES + tau_squared[:, np.newaxis])
    means = weights @ ESTIMATES / weights.sum(axis=1)
    means += rng.normal(size=draws) / np.sqrt(weights.sum(axis=1))
    unseen = means + rng.normal(size=draws) * np.sqrt(tau_squared)
    own = tau_squared[:, np.newaxis] * weights
    groups = means[:, np.newaxis] * (1 - own) + ESTIMATES * own
    groups += rng.normal(size=(draws, 5)) * np.sqrt(own * VARIANCES)
    found = random_effects(ESTIMATES, VARIANCES)

    def near(ends: tuple[object, object], drawn: np.ndarray) -> None:
        twin = np.quantile(drawn, [0.025, 0.975], axis=0)
        width = twin[1] - twin[0]
        np.testing.assert_array_less(np.abs(np.array(ends) - twin) / width, 0.04)

    near((found.low, found.high), means)
    near((found.prediction_low, found.prediction_high), unseen)
    near((found.shrunk_low, found.shrunk_high), groups)
    np.testing.assert_allclose(found.shrunk, groups.mean(axis=0), atol=0.01)


@pytest.mark.parametrize("groups", [2, 3, 4, 13, 60])
def test_more_possible_values_would_move_no_end_by_a_thousandth_of_its_interval(
    groups, monkeypatch
):
    rng = np.random.default_rng(groups)
    variances = rng.uniform(0.02, 0.4, (6, groups))
    estimates = rng.normal(0, np.sqrt(variances + 0.1))
    found = random_effects(estimates, variances)
    monkeypatch.setattr(between_mixtures, "NODES", 120)
    finer = random_effects(estimates, variances)
    for low, high in (
        ("low", "high"), ("prediction_low", "prediction_high"), ("shrunk_low", "shrunk_high"),
    ):  # fmt: skip
        width = getattr(finer, high) - getattr(finer, low)
        for end in (low, high):
            assert (np.abs(getattr(found, end) - getattr(finer, end)) < 1e-3 * width).all()


def test_an_estimated_variance_makes_the_interval_of_a_group_as_wide_as_t():
    """Far apart, so that a group is hardly drawn to the others."""
    estimates, variances = np.array([-900.0, 0.0, 400.0, 900.0]), np.full(4, 0.25)
    found = random_effects(estimates, variances, degrees=np.full(4, 12.0))
    reach = stats.t.ppf(0.975, 12) * 0.5
    np.testing.assert_allclose(found.shrunk_high - found.shrunk_low, 2 * reach, rtol=1e-3)
