"""Tests of `cxdrivers.models.between_variance`: beside an explicit likelihood and Welch's test."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq, minimize_scalar
from statsmodels.stats.oneway import anova_generic

from cxdrivers.importance.lattice import FloatArray
from cxdrivers.models.between_variance import heterogeneity, reml_variance, variances_at
from cxdrivers.models.effect_rows import EffectRows, effect_rows

one_group = st.tuples(st.floats(-4, 4), st.floats(0.05, 3))


def rows_of(
    estimates: FloatArray, variances: FloatArray, blocks: FloatArray | None = None,
    degrees: float | FloatArray = np.inf,
) -> EffectRows:  # fmt: skip
    values = np.atleast_2d(estimates)
    members = np.zeros(values.shape[1], int) if blocks is None else blocks
    return effect_rows(
        values, np.broadcast_to(variances, values.shape), members,
        np.broadcast_to(degrees, values.shape),
    )  # fmt: skip


def likelihood(
    tau_squared: float, estimates: FloatArray, variances: FloatArray, blocks: FloatArray
) -> float:
    """Restricted log-likelihood from matrices: Harville (1974)."""
    design = (blocks[:, np.newaxis] == np.unique(blocks)).astype(float)
    inverse = np.diag(1 / (variances + tau_squared))
    inner = design.T @ inverse @ design
    rest = estimates - design @ np.linalg.solve(inner, design.T @ inverse @ estimates)
    determinants = np.log(variances + tau_squared).sum() + np.linalg.slogdet(inner)[1]
    return float(-(determinants + rest @ inverse @ rest) / 2)


def test_with_equal_variances_it_is_what_estimates_scatter_more_than_by_chance():
    estimates = np.array([[0.2, 0.4, 0.3, 0.7], [0.3, 0.31, 0.3, 0.29]])
    found = reml_variance(rows_of(estimates, np.array([0.01])))
    np.testing.assert_allclose(found, [estimates[0].var(ddof=1) - 0.01, 0.0], rtol=1e-8)


def test_with_equal_variances_teams_scatter_about_their_organisations():
    estimates, blocks = np.array([1.0, 3.0, 8.0, 11.0, 14.0]), np.array([0, 0, 1, 1, 1])
    found = reml_variance(rows_of(estimates, np.array([0.5]), blocks))
    np.testing.assert_allclose(found, (2 + 18) / 3 - 0.5)


@pytest.mark.parametrize("seed", range(12))
def test_no_other_variance_is_likelier(seed):
    rng = np.random.default_rng(seed)
    groups = int(rng.integers(3, 12))
    blocks = np.sort(rng.integers(0, 2, groups)) if seed % 2 else np.zeros(groups, int)
    blocks -= blocks.min()
    variances = rng.lognormal(0, 1.5, groups)
    estimates = rng.normal(0, np.sqrt(variances + rng.choice([0, 1, 9])))
    [found] = reml_variance(rows_of(estimates, variances, blocks))
    grid = np.append(0.0, np.geomspace(1e-4, 1e4, 400))
    heights = [likelihood(at, estimates, variances, blocks) for at in grid]
    best = likelihood(found, estimates, variances, blocks)
    assert best >= max(heights) - 1e-9
    if 0 < np.argmax(heights) < 400:
        near = np.argmax(heights)
        twin = minimize_scalar(
            lambda at: -likelihood(at, estimates, variances, blocks),
            bounds=(grid[near - 1], grid[near + 1]), method="bounded", options={"xatol": 1e-10},
        ).x  # fmt: skip
        assert found == pytest.approx(twin, rel=1e-3)


def test_the_statistic_is_cochrans_from_its_definition():
    estimates, variances = np.array([0.2, 0.9, 0.4]), np.array([0.04, 0.01, 0.09])
    for tau_squared in (0.0, 0.2):
        weights = 1 / (variances + tau_squared)
        mean = (weights * estimates).sum() / weights.sum()
        statistic, p_value = heterogeneity(rows_of(estimates, variances), np.array([[tau_squared]]))
        assert statistic.item() == pytest.approx((weights * (estimates - mean) ** 2).sum())
        assert p_value.item() == pytest.approx(stats.chi2.sf(statistic.item(), 2))


def test_with_estimated_variances_the_test_is_welchs():
    means, variances = np.array([5.0, 5.6, 5.2, 6.1]), np.array([1.0, 2.0, 0.5, 3.0])
    sizes = np.array([12, 30, 9, 21])
    _, p_value = heterogeneity(
        rows_of(means, variances / sizes, degrees=sizes - 1.0), np.zeros((1, 1))
    )
    twin = anova_generic(means, variances, sizes, use_var="unequal", welch_correction=True)
    assert p_value.item() == pytest.approx(twin.pvalue)


def test_many_degrees_of_freedom_are_as_good_as_known_variances():
    estimates, variances = np.array([0.2, 0.9, 0.4]), np.array([0.04, 0.05, 0.09])
    at = np.array([[0.0], [0.1]])
    known = heterogeneity(rows_of(estimates, variances), at)[1]
    nearly = heterogeneity(rows_of(estimates, variances, degrees=1e7), at)[1]
    few = heterogeneity(rows_of(estimates, variances, degrees=15.0), at)[1]
    np.testing.assert_allclose(nearly, known, rtol=1e-5)
    assert few[0] > known[0]


@given(st.lists(one_group, min_size=2, max_size=8), st.sampled_from([np.inf, 8.0, 60.0]))
def test_the_variance_at_a_confidence_is_where_the_test_says_so(groups, degrees):
    estimates, variances = np.array(groups).T
    rows = rows_of(estimates, variances, degrees=degrees)
    levels = np.array([[0.025], [0.5], [0.975]])
    found = variances_at(rows, levels)
    assert (np.diff(found[:, 0]) >= 0).all()
    at_zero = heterogeneity(rows, np.zeros((1, 1)))[1].item()
    reached = heterogeneity(rows, found)[1]
    for level, variance, confidence in zip(levels[:, 0], found[:, 0], reached[:, 0], strict=True):
        if at_zero >= level:
            assert variance == 0
        else:
            assert confidence == pytest.approx(level, abs=1e-6)


def test_the_ends_are_those_of_a_search_by_hand():
    estimates, variances = np.array([0.2, 0.9, 0.4, 1.3]), np.array([0.04, 0.01, 0.09, 0.02])

    def statistic(tau_squared: float) -> float:
        weights = 1 / (variances + tau_squared)
        return float(weights @ (estimates - weights @ estimates / weights.sum()) ** 2)

    found = variances_at(rows_of(estimates, variances), np.array([[0.025], [0.975]]))[:, 0]
    for end, quantile in zip(found, stats.chi2.ppf([0.975, 0.025], 3), strict=True):
        twin = brentq(lambda at, q=quantile: statistic(at) - q, 0, 100)
        assert end == pytest.approx(twin, rel=1e-6)


def test_groups_that_are_all_equal_do_not_differ():
    rows = rows_of(np.full(5, 0.3), np.array([0.1, 0.2, 0.3, 0.4, 0.5]))
    np.testing.assert_array_equal(reml_variance(rows), 0)
    np.testing.assert_array_equal(variances_at(rows, np.array([[0.025], [0.975]])), 0)


def test_one_group_tells_nothing_of_how_groups_differ():
    rows = rows_of(np.array([0.3, np.nan]), np.array([0.1, 0.2]))
    assert np.isnan(reml_variance(rows)).all()
    assert np.isnan(heterogeneity(rows, np.zeros((1, 1)))[1]).all()
    assert np.isnan(variances_at(rows, np.array([[0.5]]))).all()
