"""Tests of `cxdrivers.models.prediction_quality`, beside scikit-learn and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.metrics import brier_score_loss, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

from cxdrivers.models.folds import Predictions
from cxdrivers.models.prediction_quality import calibration_curve, concordance, quality_of


@pytest.fixture
def predicted() -> tuple[Predictions, np.ndarray, np.ndarray]:
    """Return chances with ties that differ too much, what happened, and weights."""
    rng = np.random.default_rng(11)
    log_odds = np.round(rng.normal(0.4, 1.6, 600), 1)
    reached = rng.random(600) < expit(0.6 * log_odds + 0.3)
    fold = np.arange(600) // 120
    return Predictions(log_odds, fold, 0), reached, rng.uniform(0.2, 3, 600)


def test_every_measure_is_that_of_scikit_learn_and_statsmodels(predicted):
    predictions, reached, masses = predicted
    found = quality_of(predictions, reached, masses)
    brier = brier_score_loss(reached, predictions.chances, sample_weight=masses)
    share = np.average(reached, weights=masses)
    assert found.brier == pytest.approx(brier, rel=1e-12)
    assert found.brier_skill == pytest.approx(1 - brier / (share * (1 - share)), rel=1e-12)
    x = sm.add_constant(predictions.log_odds)
    line = sm.GLM(reached, x, family=sm.families.Binomial(), var_weights=masses).fit()
    assert found.calibration_slope == pytest.approx(line.params[1], rel=1e-6)
    assert found.calibration_slope < 0.8
    level = sm.GLM(
        reached,
        np.ones((600, 1)),
        family=sm.families.Binomial(),
        offset=predictions.log_odds,
        var_weights=masses,
    ).fit()
    assert found.calibration_intercept == pytest.approx(level.params[0], rel=1e-6)


def test_one_model_for_all_gives_the_auc_of_scikit_learn(predicted):
    predictions, reached, masses = predicted
    one = np.zeros(600, dtype=np.intp)
    expected = roc_auc_score(reached, predictions.log_odds, sample_weight=masses)
    assert concordance(predictions.log_odds, reached, masses, one) == pytest.approx(expected)


def test_pairs_are_only_of_chances_from_the_same_model(predicted):
    predictions, reached, masses = predicted
    right = pairs = 0.0
    for one in np.flatnonzero(reached):
        for other in np.flatnonzero(~reached):
            if predictions.fold[one] == predictions.fold[other]:
                weight = masses[one] * masses[other]
                difference = predictions.log_odds[one] - predictions.log_odds[other]
                right += weight * (np.sign(difference) + 1) / 2
                pairs += weight
    found = concordance(predictions.log_odds, reached, masses, predictions.fold)
    assert found == pytest.approx(right / pairs, rel=1e-12)
    shifted = predictions.log_odds + 5 * predictions.fold
    assert concordance(shifted, reached, masses, predictions.fold) == pytest.approx(found)


@given(st.lists(st.tuples(st.integers(-3, 3), st.booleans(), st.integers(1, 3)), min_size=2))
def test_a_respondent_who_counts_three_times_is_three_respondents(rows):
    log_odds, reached, counts = (np.array(part) for part in zip(*rows, strict=True))
    if reached.all() or not reached.any():
        return
    often = [np.repeat(part, counts) for part in (log_odds.astype(float), reached)]
    predictions = Predictions(log_odds.astype(float), np.zeros(len(rows), dtype=np.intp), 0)
    repeated = Predictions(often[0], np.zeros(len(often[0]), dtype=np.intp), 0)
    weighted = quality_of(predictions, reached, counts.astype(float))
    longhand = quality_of(repeated, often[1], np.ones(len(often[1])))
    np.testing.assert_allclose(
        list(vars(weighted).values()), list(vars(longhand).values()), rtol=1e-6, atol=1e-8
    )


def test_chances_that_are_right_lie_on_the_line():
    rng = np.random.default_rng(3)
    log_odds = rng.normal(0, 1.5, 40_000)
    reached = rng.random(40_000) < expit(log_odds)
    predictions = Predictions(log_odds, np.zeros(40_000, dtype=np.intp), 0)
    found = quality_of(predictions, reached, np.ones(40_000))
    assert found.calibration_slope == pytest.approx(1, abs=0.04)
    assert found.calibration_intercept == pytest.approx(0, abs=0.04)
    curve = calibration_curve(predictions, reached, np.ones(40_000), level=0.999)
    assert (
        (curve["conf_low"] < curve["predicted"]) & (curve["predicted"] < curve["conf_high"])
    ).all()


def test_the_curve_has_ten_groups_with_wilsons_interval(predicted):
    predictions, reached, _ = predicted
    curve = calibration_curve(predictions, reached, np.ones(600), level=0.9)
    assert list(curve.columns) == ["predicted", "observed", "conf_low", "conf_high", "n"]
    assert len(curve) == 10
    assert curve["n"].sum() == 600
    assert curve["predicted"].is_monotonic_increasing
    low, high = proportion_confint(
        curve["observed"] * curve["n"], curve["n"], alpha=0.1, method="wilson"
    )
    np.testing.assert_allclose(curve["conf_low"], low, rtol=1e-9)
    np.testing.assert_allclose(curve["conf_high"], high, rtol=1e-9)


def test_unequal_weights_widen_the_intervals_of_the_curve(predicted):
    predictions, reached, masses = predicted
    equal = calibration_curve(predictions, reached, np.full(600, 7.0), level=0.95)
    unequal = calibration_curve(predictions, reached, masses**3, level=0.95)
    widths = [(curve["conf_high"] - curve["conf_low"]).mean() for curve in (equal, unequal)]
    assert widths[1] > 1.2 * widths[0]


def test_few_respondents_make_fewer_groups(predicted):
    predictions, reached, masses = predicted
    few = Predictions(predictions.log_odds[:65], np.zeros(65, dtype=np.intp), 0)
    assert len(calibration_curve(few, reached[:65], np.ones(65), level=0.95)) == 3
    assert len(calibration_curve(few, reached[:65], masses[:65] ** 6, level=0.95)) == 1


def test_chances_that_do_not_differ_have_no_slope_and_guess():
    fold = np.arange(100) % 2
    predictions = Predictions(0.2 + 0.1 * fold, fold, 0)
    reached = np.arange(100) % 3 == 0
    found = quality_of(predictions, reached, np.ones(100))
    assert np.isnan(found.calibration_slope)
    assert found.auc == 0.5
    assert len(calibration_curve(predictions, reached, np.ones(100), level=0.95)) == 1


def test_chances_that_tell_everybody_apart_have_no_slope():
    log_odds = np.linspace(-9, 9, 80)
    predictions = Predictions(log_odds, np.zeros(80, dtype=np.intp), 0)
    found = quality_of(predictions, log_odds > 0, np.ones(80))
    assert np.isnan(found.calibration_slope)
    assert found.auc == 1
    assert found.calibration_intercept == pytest.approx(0, abs=1e-6)
