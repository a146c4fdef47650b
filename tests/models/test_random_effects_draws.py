"""Tests of `cxdrivers.models.random_effects` on groups drawn at random, of which all is known."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.moderated_variances import moderated_variances
from cxdrivers.models.random_effects import RandomEffects, random_effects


def drawn(
    rng: np.random.Generator, surveys: int, groups: int, ratio: float, degrees: float
) -> tuple[RandomEffects, FloatArray, float]:
    """Draw groups of 40 to 600 respondents whose variances are estimated, and compare them."""
    sizes = np.geomspace(40, 600, groups)
    tau = ratio / np.sqrt(np.median(sizes))
    variances = rng.lognormal(0, 0.3, (surveys, groups)) / sizes
    truth = tau * rng.normal(size=(surveys, groups))
    estimates = rng.normal(truth, np.sqrt(variances))
    found = moderated_variances(
        variances * rng.chisquare(degrees, truth.shape) / degrees, sizes, np.full(groups, degrees)
    )
    return random_effects(estimates, found.variances, degrees=found.degrees), truth, tau


def held(low: FloatArray, high: FloatArray, truth: FloatArray | float) -> float:
    return float(((low <= truth) & (truth <= high)).mean())


def test_groups_that_do_not_differ_are_seldom_said_to():
    found, _, _ = drawn(np.random.default_rng(5), 1000, 8, ratio=0.0, degrees=15)
    assert 0.03 < (found.p_value < 0.05).mean() < 0.08


def test_intervals_hold_what_they_promise_with_four_groups():
    """A share of 1,000 draws is unsure by two points, so the bounds are not tighter."""
    rng = np.random.default_rng(6)
    found, truth, tau = drawn(rng, 1000, 4, ratio=1.0, degrees=15)
    assert 0.92 < held(found.low, found.high, 0) < 0.98
    new = tau * rng.normal(size=1000)
    assert 0.92 < held(found.prediction_low, found.prediction_high, new) < 0.98
    assert 0.91 < held(found.shrunk_low, found.shrunk_high, truth) < 0.98
    assert 0.92 < held(found.tau_low, found.tau_high, tau) < 0.98


@pytest.mark.slow
@pytest.mark.parametrize("groups", [4, 8, 13, 30])
@pytest.mark.parametrize("ratio", [0.0, 0.5, 1.0, 2.0])
def test_intervals_hold_what_they_promise_from_four_groups_to_thirty(groups, ratio):
    """The true spread is 0, half, once and twice the typical standard error."""
    rng = np.random.default_rng(100 * groups + int(2 * ratio))
    found, truth, tau = drawn(rng, 3000, groups, ratio=ratio, degrees=15)
    most = 0.98 if ratio else 1.0
    assert 0.935 < held(found.low, found.high, 0) < max(most, 0.985)
    new = tau * rng.normal(size=3000)
    assert 0.92 < held(found.prediction_low, found.prediction_high, new) <= most
    assert 0.915 < held(found.shrunk_low, found.shrunk_high, truth) <= most + 0.01
    assert 0.93 < held(found.tau_low, found.tau_high + 1e-12, tau) < 0.985


@pytest.mark.slow
@pytest.mark.parametrize("groups", [4, 8, 13, 50])
@pytest.mark.parametrize("degrees", [15, 40])
def test_the_test_errs_as_often_as_it_says(groups, degrees):
    rng = np.random.default_rng(groups + degrees)
    found, _, _ = drawn(rng, 4000, groups, ratio=0.0, degrees=degrees)
    assert 0.03 < (found.p_value < 0.05).mean() < 0.07


@pytest.mark.parametrize("ratio", [0.0, 1.0])
def test_groups_drawn_together_are_nearer_to_the_truth_than_apart(ratio):
    rng = np.random.default_rng(7)
    truth = ratio * rng.normal(size=(400, 10))
    estimates = rng.normal(truth)
    found = random_effects(estimates, np.ones((400, 10)))
    apart = ((estimates - truth) ** 2).mean()
    assert ((found.shrunk - truth) ** 2).mean() < (0.65 if ratio else 0.25) * apart
