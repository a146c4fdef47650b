"""Tests of `cxdrivers.models.threshold_logits`: Brant's formulas written out, and simulation."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from cxdrivers.models.threshold_logits import equal_slopes, fit_thresholds
from tests.models.graded import CUTS, SLOPES, grades
from tests.samples import OUTCOME


def rows(**settings) -> tuple[np.ndarray, np.ndarray]:
    frame = grades(**settings)
    return frame.drop(columns=OUTCOME).to_numpy(), frame[OUTCOME].to_numpy()


def brant(columns: np.ndarray, outcome: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return slopes, their covariance and the statistic as Brant (1990) has them.

    The covariance of two logits is the one they expect: a respondent who reaches the higher
    threshold with chance p, and the lower one with chance q, adds p(1 − q) to it.
    """
    x = sm.add_constant(columns)
    fits = [
        sm.Logit(outcome >= grade, x).fit(disp=0, tol=1e-12) for grade in np.unique(outcome)[1:]
    ]
    chances = [fit.predict(x) for fit in fits]
    inverse = [np.linalg.inv((x.T * (p * (1 - p))) @ x) for p in chances]
    blocks = [
        [
            (
                inverse[low]
                @ ((x.T * (np.minimum(p, q) * (1 - np.maximum(p, q)))) @ x)
                @ inverse[high]
            )[1:, 1:]
            for high, q in enumerate(chances)
        ]
        for low, p in enumerate(chances)
    ]
    slopes = np.concatenate([fit.params[1:] for fit in fits])
    width = columns.shape[1]
    contrast = np.hstack([-np.tile(np.eye(width), (len(fits) - 1, 1)), np.eye(len(slopes) - width)])
    covariance = np.block(blocks)
    differences = contrast @ slopes
    spread = contrast @ covariance @ contrast.T
    return slopes, covariance, float(differences @ np.linalg.solve(spread, differences))


def test_the_slopes_are_those_of_separate_logits():
    columns, outcome = rows()
    slopes, _, _ = brant(columns, outcome)
    logits = fit_thresholds(columns, outcome)
    assert logits.thresholds == (2, 3, 4, 5)
    found = np.concatenate([fit.slopes for fit in logits.fits])
    np.testing.assert_allclose(found, slopes, rtol=1e-7)


def test_with_many_respondents_the_covariance_and_the_test_are_brants():
    columns, outcome = rows(n=20_000, bottom=(0.0, 0.0, 0.2))
    _, covariance, statistic = brant(columns, outcome)
    logits = fit_thresholds(columns, outcome)
    found = logits.covariance.reshape(covariance.shape)
    scale = np.sqrt(np.outer(np.diag(covariance), np.diag(covariance)))
    assert np.abs(found - covariance).max() < 0.05 * scale.max()
    np.testing.assert_allclose(found / scale, covariance / scale, atol=0.06)
    assert equal_slopes(logits, range(3)).statistic == pytest.approx(statistic, rel=0.05)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("clustered", [False, True])
def test_the_covariance_is_the_sandwich_of_the_stacked_logits(weighted: bool, clustered: bool):
    columns, outcome = rows(n=300)
    rng = np.random.default_rng(8)
    masses = rng.uniform(0.3, 3, 300) if weighted else np.ones(300)
    cluster = np.arange(300) % 40 if clustered else None
    x = sm.add_constant(columns)
    pulls = []
    for grade in (2, 3, 4, 5):
        reached = (outcome >= grade).astype(float)
        fit = sm.GLM(reached, x, family=sm.families.Binomial(), var_weights=masses).fit(tol=1e-12)
        chance = fit.predict(x)
        bread = np.linalg.inv((x.T * (masses * chance * (1 - chance))) @ x)
        pulls.append(((masses * (reached - chance))[:, np.newaxis] * x @ bread)[:, 1:])
    stacked = np.hstack(pulls)
    if cluster is not None:
        stacked = np.stack([stacked[cluster == team].sum(axis=0) for team in range(40)])
    units = len(stacked)
    expected = stacked.T @ stacked * units / (units - 1)
    logits = fit_thresholds(columns, outcome, masses if weighted else None, cluster)
    np.testing.assert_allclose(logits.covariance.reshape(12, 12), expected, rtol=1e-6, atol=1e-12)
    assert logits.units == units


def test_the_test_of_one_driver_is_hotellings_of_its_differences():
    columns, outcome = rows(n=500)
    logits = fit_thresholds(columns, outcome)
    slopes = np.array([fit.slopes[1] for fit in logits.fits])
    covariance = logits.covariance[:, 1, :, 1]
    differences = slopes[1:] - slopes[0]
    contrast = np.hstack([-np.ones((3, 1)), np.eye(3)])
    squared = differences @ np.linalg.inv(contrast @ covariance @ contrast.T) @ differences
    found = equal_slopes(logits, [1])
    assert found.statistic == pytest.approx(squared, rel=1e-8)
    assert found.df == 3
    expected = stats.f.sf(squared * (500 - 3) / (499 * 3), 3, 500 - 3)
    assert found.p_value == pytest.approx(expected, rel=1e-8)


def test_rare_and_separated_thresholds_are_left_out_by_name():
    columns, outcome = rows(cuts=(-9.0, -1.0, 0.0, 1.0))
    columns = np.column_stack([columns, outcome >= 4])
    logits = fit_thresholds(columns, outcome)
    assert logits.left_out == {2.0: "few", 3.0: "separated", 4.0: "separated", 5.0: "separated"}
    assert logits.thresholds == ()
    assert np.isnan(equal_slopes(logits, [0]).p_value)


def test_one_threshold_leaves_nothing_to_compare():
    columns, outcome = rows(cuts=(0.0,))
    test = equal_slopes(fit_thresholds(columns, outcome), [0, 1])
    assert (test.df, np.isnan(test.statistic), np.isnan(test.p_value)) == (0, True, True)


def test_no_more_clusters_than_differences_leave_the_test_untold():
    columns, outcome = rows()
    logits = fit_thresholds(columns, outcome, cluster=np.arange(600) % 9)
    together, alone = equal_slopes(logits, range(3)), equal_slopes(logits, [0])
    assert together.df == 9
    assert np.isnan(together.p_value)
    assert np.isfinite(alone.p_value)


def test_without_columns_there_is_nothing_to_test():
    columns, outcome = rows()
    logits = fit_thresholds(columns[:, :0], outcome)
    assert len(logits.fits) == 4
    assert equal_slopes(logits, []).df == 0


def test_a_driver_that_matters_only_at_the_bottom_is_found():
    columns, outcome = rows(n=1000, bottom=(0.0, 0.0, 1.0))
    logits = fit_thresholds(columns, outcome)
    low, high = logits.fits[0].slopes, logits.fits[-1].slopes
    assert low[2] > high[2] + 0.5
    assert equal_slopes(logits, [2]).p_value < 1e-4
    assert min(equal_slopes(logits, [driver]).p_value for driver in (0, 1)) > 0.05


def rejected(*, samples: int, n: int, teams: int | None) -> np.ndarray:
    """Return how often each driver, and all together, are found to differ though none does."""
    found = np.zeros(len(SLOPES) + 1)
    for seed in range(samples):
        columns, outcome = rows(n=n, seed=seed)
        cluster = None if teams is None else np.arange(n) % teams
        logits = fit_thresholds(columns, outcome, cluster=cluster)
        tests = [*([driver] for driver in range(len(SLOPES))), range(len(SLOPES))]
        found += [equal_slopes(logits, chosen).p_value < 0.05 for chosen in tests]
    return found / samples


def test_proportional_odds_are_seldom_doubted_when_they_hold():
    assert rejected(samples=60, n=300, teams=None).max() <= 0.15


@pytest.mark.slow
@pytest.mark.parametrize("teams", [None, 60])
def test_proportional_odds_are_doubted_in_one_of_twenty_samples_when_they_hold(teams: int | None):
    """With 1,000 samples the standard error of a share of 5 % is 0.7 points."""
    assert len(CUTS) == 4
    np.testing.assert_allclose(rejected(samples=1000, n=1500, teams=teams), 0.05, atol=0.021)
