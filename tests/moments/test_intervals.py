"""Tests of `cxdrivers.moments.intervals`."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from cxdrivers.moments.intervals import (
    basic_interval,
    bca_interval,
    normal_interval,
    percentile_interval,
    replicate_interval,
)
from cxdrivers.moments.jackknife import jackknife_influence
from cxdrivers.moments.quantiles import normal_quantiles


def test_the_interval_is_the_middle_of_the_resampled_numbers():
    replicates = np.random.default_rng(1).permutation(np.arange(1001.0))
    low, high = percentile_interval(replicates, 0.9)
    assert (low, high) == pytest.approx((50.0, 950.0))


def test_every_column_has_an_interval_of_its_own():
    replicates = np.column_stack([np.arange(1001.0), np.arange(1001.0) * 2])
    low, high = percentile_interval(replicates, 0.95)
    np.testing.assert_allclose(low, [25, 50])
    np.testing.assert_allclose(high, [975, 1950])


def test_without_resamples_there_is_no_interval():
    low, high = percentile_interval(np.empty((0, 3)), 0.95)
    np.testing.assert_array_equal([low, high], np.full((2, 3), np.nan))


def test_more_gaps_than_one_tail_holds_leave_no_interval():
    replicates = np.column_stack([np.arange(1000.0), np.arange(1000.0)])
    replicates[:26, 0] = np.nan
    low, high = percentile_interval(replicates, 0.95)
    np.testing.assert_array_equal(np.isnan([low, high]), [[True, False], [True, False]])


def test_a_few_gaps_leave_the_interval_of_the_others():
    replicates = np.arange(1000.0)
    replicates[:25] = np.nan
    low, high = percentile_interval(replicates, 0.95)
    assert (low, high) == pytest.approx(np.quantile(np.arange(25, 1000), [0.025, 0.975]))


def test_the_quantiles_may_be_read_as_r_does():
    low, high = percentile_interval(np.arange(1.0, 1000.0), 0.95, quantiles=normal_quantiles)
    np.testing.assert_allclose([low, high], [25.0, 975.0], rtol=1e-14)


def test_the_basic_interval_is_turned_round_the_estimate():
    replicates = np.arange(1001.0)
    low, high = basic_interval(np.array(400.0), replicates, 0.9)
    assert (low, high) == pytest.approx((800 - 950, 800 - 50))


def test_the_normal_interval_takes_the_bias_out_and_goes_standard_errors_to_both_sides():
    replicates = np.random.default_rng(1).normal(3.0, 2.0, size=500)
    low, high = normal_interval(np.array(2.5), replicates, 0.9)
    centre, reach = 5 - replicates.mean(), stats.norm.ppf(0.95) * replicates.std(ddof=1)
    assert (low, high) == pytest.approx((centre - reach, centre + reach))


@pytest.mark.parametrize("n_boot", [0, 1])
def test_one_resample_has_no_spread_to_make_a_normal_interval_of(n_boot: int):
    low, high = normal_interval(np.zeros(3), np.ones((n_boot, 3)), 0.95)
    np.testing.assert_array_equal([low, high], np.full((2, 3), np.nan))


def bca_step_by_step(estimate: float, replicates: np.ndarray, left_out: np.ndarray) -> np.ndarray:
    """Compute a 90 % interval as Efron (1987) writes it."""
    bias = stats.norm.ppf((replicates < estimate).mean())
    pulls = left_out.mean() - left_out
    growth = (pulls**3).sum() / (6 * (pulls**2).sum() ** 1.5)
    shifts = bias + stats.norm.ppf([0.05, 0.95])
    return np.quantile(replicates, stats.norm.cdf(bias + shifts / (1 - growth * shifts)))


@pytest.mark.parametrize("n_boot", [30, 999])
def test_the_bca_interval_is_that_of_efron_also_with_fewer_resamples_than_rows(n_boot: int):
    rng = np.random.default_rng(4)
    rows = rng.exponential(size=(60, 2)) ** 2
    replicates = rng.choice(rows, size=(n_boot, 60)).mean(axis=1)
    left_out = (rows.sum(axis=0) - rows) / 59
    low, high = bca_interval(rows.mean(axis=0), replicates, jackknife_influence(left_out), 0.9)
    for column in range(2):
        expected = bca_step_by_step(
            rows[:, column].mean(), replicates[:, column], left_out[:, column]
        )
        np.testing.assert_allclose([low[column], high[column]], expected, rtol=1e-12)


def test_the_bca_interval_reaches_further_where_the_answers_do():
    rng = np.random.default_rng(4)
    rows = rng.exponential(size=60) ** 2
    replicates = rng.choice(rows, size=(5000, 60)).mean(axis=1)
    pulls = jackknife_influence((rows.sum() - rows) / 59)
    bca = bca_interval(rows.mean(), replicates, pulls, 0.9)
    percentile = percentile_interval(replicates, 0.9)
    assert bca[0] > percentile[0]
    assert bca[1] > percentile[1]


def test_the_bca_interval_agrees_with_that_of_scipy():
    rows = np.random.default_rng(5).exponential(size=80)
    theirs = stats.bootstrap(
        (rows,), np.mean, n_resamples=2000, method="BCa", rng=np.random.default_rng(6)
    )
    pulls = jackknife_influence((rows.sum() - rows) / 79)
    found = bca_interval(rows.mean(), theirs.bootstrap_distribution, pulls, 0.95)
    np.testing.assert_allclose(found, theirs.confidence_interval, rtol=1e-12)


def test_without_bias_and_skewness_the_bca_interval_is_the_percentile_interval():
    replicates = np.random.default_rng(7).permutation(np.arange(-500.0, 501.0))
    found = bca_interval(np.array(0.0), replicates, np.array([-1.0, 1.0]), 0.95)
    np.testing.assert_allclose(found, percentile_interval(replicates, 0.95), rtol=1e-12)


def test_a_number_that_never_varies_is_its_own_bca_interval():
    low, high = bca_interval(np.array(0.0), np.zeros(100), np.zeros(50), 0.95)
    assert (low, high) == (0.0, 0.0)


def test_an_estimate_outside_all_resamples_has_no_bca_interval():
    pulls = np.linspace(-1, 1, 50)[:, np.newaxis] * np.ones(3)
    estimates = np.array([-1.0, 50.0, np.nan])
    replicates = np.arange(100.0)[:, np.newaxis] * np.ones(3)
    low, high = bca_interval(estimates, replicates, pulls, 0.95)
    np.testing.assert_array_equal(np.isnan([low, high]), [[True, False, True]] * 2)


def test_too_many_units_without_influence_leave_no_bca_interval():
    pulls = np.linspace(-1, 1, 100)[:, np.newaxis] * np.ones(2)
    pulls[:3, 0], pulls[:2, 1] = np.nan, np.nan
    replicates = np.arange(100.0)[:, np.newaxis] * np.ones(2)
    low, high = bca_interval(np.full(2, 50.0), replicates, pulls, 0.95)
    np.testing.assert_array_equal(np.isnan([low, high]), [[True, False]] * 2)


def test_no_resamples_leave_no_interval_of_any_kind():
    nothing, estimate = np.empty((0, 2)), np.zeros(2)
    for low, high in (
        basic_interval(estimate, nothing, 0.9),
        bca_interval(estimate, nothing, np.ones((5, 2)), 0.9),
        replicate_interval(estimate, nothing, 0.9),
    ):
        np.testing.assert_array_equal([low, high], np.full((2, 2), np.nan))


@pytest.mark.parametrize("kind", ["percentile", "basic", "normal", "bca"])
def test_every_kind_leaves_out_a_few_gaps_and_refuses_many(kind: str):
    numbers = np.random.default_rng(8).normal(size=1000)
    replicates = np.column_stack([numbers, numbers, numbers])
    replicates[:25, 1], replicates[:26, 2] = np.nan, np.nan
    pulls = np.linspace(-1, 1.2, 40)[:, np.newaxis]
    made = {
        "percentile": lambda given: percentile_interval(given, 0.95),
        "basic": lambda given: basic_interval(np.zeros(given.shape[1]), given, 0.95),
        "normal": lambda given: normal_interval(np.zeros(given.shape[1]), given, 0.95),
        "bca": lambda given: bca_interval(
            np.zeros(given.shape[1]), given, pulls * np.ones(given.shape[1]), 0.95
        ),
    }[kind]
    low, high = made(replicates)
    assert np.isnan([low[2], high[2]]).all()
    [whole] = np.transpose(made(replicates[:, :1]))
    [rest] = np.transpose(made(replicates[25:, 1:2]))
    np.testing.assert_allclose(np.transpose([low, high])[:2], [whole, rest], rtol=1e-12)


def test_replicates_give_the_estimate_and_scaled_deviations_to_both_sides():
    replicates = np.array([[1.0, 2.0], [3.0, 2.5], [2.0, 2.5]])
    estimate = np.array([2.5, 2.0])
    error = np.sqrt(0.4 * ((replicates - estimate) ** 2).sum(axis=0))
    low, high = replicate_interval(estimate, replicates, 0.9, scale=0.4)
    reach = stats.t.ppf(0.95, 2) * error
    np.testing.assert_allclose([low, high], [estimate - reach, estimate + reach])


def test_replicates_count_for_one_of_them_each_unless_a_scale_is_given():
    replicates = np.random.default_rng(9).normal(size=(20, 3))
    usual = replicate_interval(np.zeros(3), replicates, 0.95)
    given = replicate_interval(np.zeros(3), replicates, 0.95, scale=1 / 20, degrees=19)
    wider = replicate_interval(np.zeros(3), replicates, 0.95, degrees=3)
    np.testing.assert_array_equal(usual, given)
    np.testing.assert_allclose(wider[1] / usual[1], stats.t.ppf(0.975, 3) / stats.t.ppf(0.975, 19))


def test_a_replicate_that_is_not_told_leaves_no_interval():
    replicates = np.ones((50, 2))
    replicates[4, 0] = np.nan
    low, high = replicate_interval(np.ones(2), replicates, 0.95)
    np.testing.assert_array_equal(np.isnan([low, high]), [[True, False]] * 2)
