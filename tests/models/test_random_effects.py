"""Tests of `cxdrivers.models.random_effects`: laws, statsmodels, and sums by hand."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from cxdrivers.models import random_effects as module
from cxdrivers.models.random_effects import RandomEffects, random_effects

ESTIMATES = np.array([0.2, 0.9, 0.4, 1.3, 0.5, 0.3])
VARIANCES = np.array([0.04, 0.1, 0.09, 0.02, 0.3, 0.05])
PLACES = (
    "mean", "low", "high", "prediction_low", "prediction_high",
    "shrunk", "shrunk_low", "shrunk_high",
)  # fmt: skip
SPREADS = ("tau", "tau_low", "tau_high")
SAME = ("i_squared", "statistic", "df", "p_value", "count")

groups_drawn = st.lists(st.tuples(st.floats(-4, 4), st.floats(0.05, 3)), min_size=2, max_size=7)


def alike(found: RandomEffects, other: RandomEffects, rtol: float = 1e-9) -> None:
    for field in fields(RandomEffects):
        np.testing.assert_allclose(
            getattr(found, field.name), getattr(other, field.name), rtol=rtol, atol=1e-9,
            err_msg=field.name,
        )  # fmt: skip


def test_it_says_what_statsmodels_says_where_both_speak():
    found = random_effects(ESTIMATES, VARIANCES)
    tau_squared = float(found.tau) ** 2
    twin = combine_effects(ESTIMATES, VARIANCES, method_re="dl")
    assert found.statistic == pytest.approx(twin.q)
    assert found.df == twin.df
    assert found.p_value == pytest.approx(twin.test_homogeneity().pvalue)
    weights = 1 / (VARIANCES + tau_squared)
    assert found.mean == pytest.approx(np.average(ESTIMATES, weights=weights))
    assert found.count == 6


def test_four_equally_sure_groups_worked_out_by_hand():
    """Squares about the mean 0.4 are 0.14, so τ² = 0.14 / 3 − 0.01 and Q = 14."""
    found = random_effects(np.array([0.2, 0.4, 0.3, 0.7]), np.full(4, 0.01))
    tau_squared = 0.14 / 3 - 0.01
    assert found.mean == pytest.approx(0.4)
    assert found.tau == pytest.approx(np.sqrt(tau_squared))
    assert found.i_squared == pytest.approx(tau_squared / (0.14 / 3))
    assert found.statistic == pytest.approx(14)
    assert found.p_value == pytest.approx(stats.chi2.sf(14, 3))
    ends = 0.14 / stats.chi2.ppf([0.975, 0.025], 3) - 0.01
    np.testing.assert_allclose([found.tau_low, found.tau_high], np.sqrt(ends), rtol=1e-6)
    assert found.low + found.high == pytest.approx(0.8, abs=1e-5)


@given(groups_drawn, st.floats(-50, 50), st.sampled_from([1e-3, 0.5, 1.0, 1e4]))
def test_another_origin_or_unit_of_answers_moves_everything_along(groups, shift, scale):
    estimates, variances = np.array(groups).T
    found = random_effects(estimates, variances)
    moved = random_effects(shift + scale * estimates, scale**2 * variances)
    unit = scale * (np.abs(estimates).max() + 1)
    wide = scale * (float(found.prediction_high) - float(found.prediction_low))
    for name in PLACES:
        twin = shift + scale * getattr(found, name)
        np.testing.assert_allclose(getattr(moved, name), twin, atol=1e-5 * (unit + wide))
    for name in SPREADS:
        twin = scale * getattr(found, name)
        np.testing.assert_allclose(getattr(moved, name), twin, rtol=1e-4, atol=1e-5 * unit)
    for name in SAME:
        np.testing.assert_allclose(getattr(moved, name), getattr(found, name), rtol=1e-6, atol=1e-6)


def test_the_order_of_groups_does_not_matter():
    order = np.array([3, 0, 5, 1, 4, 2])
    found = random_effects(ESTIMATES, VARIANCES)
    other = random_effects(ESTIMATES[order], VARIANCES[order])
    for name in PLACES[-3:]:
        np.testing.assert_allclose(getattr(other, name), getattr(found, name)[order])
    for name in (*PLACES[:5], *SPREADS, *SAME):
        np.testing.assert_allclose(getattr(other, name), getattr(found, name))


@pytest.mark.parametrize("gap", [(np.nan, 0.1), (0.7, np.nan), (0.7, 0.0)])
def test_a_group_without_the_number_changes_nothing_for_the_others(gap):
    found = random_effects(np.insert(ESTIMATES, 2, gap[0]), np.insert(VARIANCES, 2, gap[1]))
    whole = random_effects(ESTIMATES, VARIANCES)
    others = [0, 1, 3, 4, 5, 6]
    for name in PLACES[-3:]:
        np.testing.assert_allclose(getattr(found, name)[others], getattr(whole, name))
    for name in (*PLACES[:5], *SPREADS, *SAME):
        np.testing.assert_allclose(getattr(found, name), getattr(whole, name))
    np.testing.assert_array_equal(found.shrunk[2], gap[0])
    assert np.isnan(found.shrunk_low[2])


def test_a_variance_without_degrees_of_freedom_is_none():
    degrees = np.array([9.0, 9, 0, 9, np.nan, 9])
    found = random_effects(ESTIMATES, VARIANCES, degrees=degrees)
    there = degrees > 0
    whole = random_effects(ESTIMATES[there], VARIANCES[there], degrees=degrees[there])
    np.testing.assert_allclose(found.shrunk[there], whole.shrunk)
    np.testing.assert_array_equal(found.shrunk[~there], ESTIMATES[~there])
    assert np.isnan(found.shrunk_low[~there]).all()
    assert found.count == 4


def test_rows_are_looked_at_by_themselves_however_many_fit_at_once(monkeypatch):
    rng = np.random.default_rng(2)
    estimates, variances = rng.normal(size=(2, 3, 5)), rng.uniform(0.1, 2, (2, 3, 5))
    estimates[1, 2, :3] = np.nan
    before = estimates.copy()
    found = random_effects(estimates, variances, degrees=np.full((2, 3, 5), 20.0))
    monkeypatch.setattr(module, "MOST_NUMBERS", 1)
    alike(random_effects(estimates, variances, degrees=np.full((2, 3, 5), 20.0)), found, 1e-6)
    for place in np.ndindex(2, 3):
        alone = random_effects(estimates[place], variances[place], degrees=np.full(5, 20.0))
        for field in fields(RandomEffects):
            np.testing.assert_allclose(
                getattr(found, field.name)[place], getattr(alone, field.name), rtol=1e-5, atol=1e-9
            )
    np.testing.assert_array_equal(estimates, before)


@pytest.mark.parametrize(
    "there", [[], [2]], ids=["no group with the number", "one group with the number"]
)
def test_fewer_than_two_groups_tell_nothing_of_how_groups_differ(there):
    variances = np.full(4, np.nan)
    variances[there] = 0.25
    found = random_effects(np.arange(4.0), variances, degrees=np.full(4, 12.0))
    assert found.count == len(there)
    for name in (*PLACES[1:5], *SPREADS, "i_squared", "statistic", "p_value"):
        assert np.isnan(getattr(found, name)), name
    np.testing.assert_array_equal(found.shrunk, np.arange(4.0))
    np.testing.assert_array_equal(np.isfinite(found.shrunk_low), np.isfinite(variances))
    reach = stats.t.ppf(0.975, 12) * 0.5
    np.testing.assert_allclose(found.shrunk_high[there], np.arange(4.0)[there] + reach)
    np.testing.assert_array_equal(found.mean, [2.0] if there else [np.nan])


@given(groups_drawn)
def test_a_group_is_drawn_towards_the_others_and_never_beyond(groups):
    estimates, variances = np.array(groups).T
    found = random_effects(estimates, variances)
    assert (found.shrunk >= estimates.min() - 1e-9).all()
    assert (found.shrunk <= estimates.max() + 1e-9).all()
    assert (found.shrunk_low < found.shrunk).all()
    assert (found.shrunk < found.shrunk_high).all()
    assert found.tau_low <= found.tau + 1e-9
    assert 0 <= found.i_squared <= 1
    assert found.prediction_low <= found.low + 1e-6
    assert found.prediction_high >= found.high - 1e-6


@given(groups_drawn, st.floats(1.2, 4))
def test_groups_that_differ_more_are_drawn_less(groups, factor):
    estimates = np.array(groups)[:, 0]
    assume(np.ptp(estimates) > 0.1)
    variances = np.full(len(estimates), 0.5)
    kept = [
        np.ptp(random_effects(scale * estimates, variances).shrunk) / (scale * np.ptp(estimates))
        for scale in (1.0, factor)
    ]
    assert kept[0] < kept[1] < 1


def test_a_small_group_is_drawn_more_than_a_large_one():
    estimates = np.array([0.0, 0.1, -0.1, 1.0, 1.0])
    found = random_effects(estimates, np.array([0.01, 0.01, 0.01, 0.01, 0.2]))
    assert found.shrunk[4] < 0.8 < found.shrunk[3] < 1


def test_one_block_is_no_blocks():
    alike_but_one_axis = random_effects(ESTIMATES, VARIANCES, blocks=np.zeros(6, int))
    found = random_effects(ESTIMATES, VARIANCES)
    for field in fields(RandomEffects):
        values = getattr(alike_but_one_axis, field.name)
        shape = (1,) if field.name in PLACES[:5] else np.shape(getattr(found, field.name))
        assert np.shape(values) == shape
        np.testing.assert_allclose(np.squeeze(values), getattr(found, field.name))


def test_teams_are_drawn_to_their_own_organisation():
    blocks = np.array([2, 0, 2, 0, 2, 0])
    estimates = np.array([9.2, 1.0, 8.8, 1.3, 9.1, 0.9])
    found = random_effects(estimates, np.full(6, 0.04), blocks=blocks)
    np.testing.assert_allclose(found.mean[[0, 2]], [3.2 / 3, 27.1 / 3])
    assert np.isnan(found.mean[1])
    assert found.df == 4
    assert found.tau < 0.2
    means = found.mean[blocks]
    assert (np.abs(found.shrunk - means) < np.abs(estimates - means)).all()
    assert (np.abs(found.shrunk - means) < 0.3).all()


def test_organisations_further_apart_leave_what_is_said_of_their_teams():
    blocks = np.array([0, 0, 0, 1, 1, 1])
    found = random_effects(ESTIMATES, VARIANCES, blocks=blocks)
    apart = random_effects(ESTIMATES + 100 * blocks, VARIANCES, blocks=blocks)
    for name in (*SPREADS, *SAME):
        np.testing.assert_allclose(getattr(apart, name), getattr(found, name), rtol=1e-6)
    np.testing.assert_allclose(apart.shrunk - 100 * blocks, found.shrunk, rtol=1e-6)


def test_a_team_alone_in_its_organisation_stays_where_it_is():
    blocks = np.array([0, 0, 0, 0, 0, 1])
    found = random_effects(ESTIMATES, VARIANCES, blocks=blocks)
    assert found.shrunk[5] == pytest.approx(ESTIMATES[5])
    reach = stats.norm.ppf(0.975) * np.sqrt(VARIANCES[5])
    assert found.shrunk_high[5] == pytest.approx(ESTIMATES[5] + reach, rel=1e-5)
    whole = random_effects(ESTIMATES[:5], VARIANCES[:5])
    assert found.tau == pytest.approx(float(whole.tau))


def test_degrees_of_freedom_for_all_groups_together_are_refused():
    with pytest.raises(ValueError, match="degrees of freedom are given for each estimate"):
        random_effects(ESTIMATES, VARIANCES, degrees=np.array(60.0))


def test_a_lower_level_has_a_narrower_interval():
    wide, narrow = (random_effects(ESTIMATES, VARIANCES, level=level) for level in (0.95, 0.8))
    for name in ("", "prediction_", "shrunk_", "tau_"):
        low, high = (getattr(wide, f"{name}{end}") for end in ("low", "high"))
        assert (low <= getattr(narrow, f"{name}low")).all()
        assert (getattr(narrow, f"{name}high") < high).all()
