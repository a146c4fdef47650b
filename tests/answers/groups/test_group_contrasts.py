"""Tests of `answers.groups.group_contrasts`: groups against the rest, waves against the last."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxdrivers.answers.groups.group_contrasts import (
    contrast_rows,
    contrasts_of_pairs,
    contrasts_with_rest,
)


def _numbers(groups: int, drivers: int = 2, seed: int = 1) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    return (
        rng.normal(size=(groups, drivers)),
        rng.uniform(0.1, 0.5, (groups, drivers)),
        rng.uniform(5, 50, (groups, drivers)),
        rng.integers(20, 400, (groups, drivers)).astype(float),
    )


@given(st.integers(2, 8), st.integers(0, 1000))
def test_the_rest_is_the_mean_of_the_others_counted_by_their_customers(groups: int, seed: int):
    estimate, variance, degrees, sizes = _numbers(groups, 1, seed)
    found = contrasts_with_rest(estimate, variance, degrees, sizes)
    for group in range(groups):
        others = [other for other in range(groups) if other != group]
        parts = sizes[others, 0] / sizes[others, 0].sum()
        noise = [variance[group, 0], *(parts**2 * variance[others, 0])]
        freedom = [degrees[group, 0], *degrees[others, 0]]
        assert found.difference[group, 0] == pytest.approx(
            estimate[group, 0] - parts @ estimate[others, 0]
        )
        assert found.variance[group, 0] == pytest.approx(sum(noise))
        satterthwaite = sum(noise) ** 2 / sum(
            each**2 / own for each, own in zip(noise, freedom, strict=True)
        )
        assert found.degrees[group, 0] == pytest.approx(satterthwaite)


def test_two_groups_differ_as_welch_says():
    rng = np.random.default_rng(3)
    first, second = rng.normal(0, 1, 12), rng.normal(1, 2, 30)
    means = np.array([[first.mean()], [second.mean()]])
    variances = np.array([[sample.var(ddof=1) / len(sample)] for sample in (first, second)])
    found = contrasts_with_rest(means, variances, np.array([[11.0], [29.0]]), np.ones((2, 1)))
    expected = stats.ttest_ind(first, second, equal_var=False)
    assert found.p_value[0, 0] == pytest.approx(expected.pvalue)
    low, high = expected.confidence_interval(0.9)
    assert np.ravel(found.interval(0.9))[[0, 2]] == pytest.approx([low, high])


def test_a_group_without_the_number_is_in_nobodys_rest():
    estimate, variance, degrees, sizes = _numbers(4)
    estimate[2, 0] = np.nan
    found = contrasts_with_rest(estimate, variance, degrees, sizes)
    kept = [0, 1, 3]
    alone = contrasts_with_rest(estimate[kept], variance[kept], degrees[kept], sizes[kept])
    np.testing.assert_allclose(found.difference[kept, 0], alone.difference[:, 0])
    assert np.isnan([found.difference[2, 0], found.p_value[2, 0], found.std_error[2, 0]]).all()
    assert np.isfinite(found.p_value[:, 1]).all()


def test_a_group_that_is_alone_with_a_number_has_no_rest():
    estimate, variance, degrees, sizes = _numbers(3, 1)
    estimate[:2] = np.nan
    assert np.isnan(contrasts_with_rest(estimate, variance, degrees, sizes).difference).all()


def test_blocks_are_each_held_against_their_own():
    estimate, variance, degrees, sizes = _numbers(5)
    blocks = np.array([1, 0, 1, 0, 1])
    found = contrasts_with_rest(estimate, variance, degrees, sizes, blocks)
    inside = [0, 2, 4]
    alone = contrasts_with_rest(estimate[inside], variance[inside], degrees[inside], sizes[inside])
    np.testing.assert_allclose(found.difference[inside], alone.difference)
    np.testing.assert_allclose(found.degrees[inside], alone.degrees)


def test_small_groups_beside_a_huge_one_keep_their_digits():
    estimate, variance, degrees, _ = _numbers(3, 1)
    sizes = np.array([[20.0], [30.0], [1e9]])
    found = contrasts_with_rest(estimate, variance, degrees, sizes)
    noise = np.array([variance[2, 0], 0.4**2 * variance[0, 0], 0.6**2 * variance[1, 0]])
    freedom = degrees[[2, 0, 1], 0]
    assert found.degrees[2, 0] == pytest.approx(noise.sum() ** 2 / (noise**2 / freedom).sum())


def test_a_wave_is_held_against_the_one_before_it():
    estimate, variance, degrees, _ = _numbers(3)
    found = contrasts_of_pairs(estimate, variance, degrees, np.array([[0, 1], [1, 2]]))
    np.testing.assert_allclose(found.difference, np.diff(estimate, axis=0))
    np.testing.assert_allclose(found.variance, variance[1:] + variance[:-1])


def test_numbers_without_error_are_equal_or_differ_for_sure():
    estimate, nothing = np.array([[5.0, 5.0], [5.0, 6.0]]), np.zeros((2, 2))
    pairs = np.array([[0, 1]])
    found = contrasts_of_pairs(estimate, nothing, np.full((2, 2), 9.0), pairs)
    assert found.p_value.tolist() == [[1.0, 0.0]]


def test_what_is_clear_is_clear_after_adjusting_for_all_that_was_looked_at():
    estimate = np.array([[0.0, 0.0, 0.0], [0.62, 0.1, 5.0]])
    found = contrasts_of_pairs(
        estimate, np.full((2, 3), 0.045), np.full((2, 3), 1e6), np.array([[0, 1]])
    )
    rows = contrast_rows(found, {"driver": ["a", "b", "c"]}, level=0.95)
    assert rows["p_value"].iloc[0] == pytest.approx(0.0388, abs=1e-3)
    assert rows["p_adjusted"].iloc[0] == pytest.approx(rows["p_value"].iloc[0] * 3 / 2)
    assert rows["clear"].tolist() == [False, False, True]
    assert (rows["conf_low"] > 0).tolist() == [True, False, True]
