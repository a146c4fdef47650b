"""Tests of `cxdrivers.models.rank_scores`: places in a normal distribution."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cxdrivers.models.rank_scores import rank_scores

SECONDS = st.lists(st.integers(1, 3000), min_size=3, max_size=40)


@given(SECONDS)
def test_scores_are_normal_quantiles_of_mean_ranks(seconds):
    values = np.array(seconds, dtype=np.float64)
    different, scores = rank_scores(values, np.ones(len(values)))
    twin = stats.norm.ppf((stats.rankdata(values) - 0.5) / len(values))
    np.testing.assert_allclose(np.interp(values, different, scores), twin, atol=1e-9)


@given(SECONDS)
def test_a_logarithm_or_another_unit_changes_no_score(seconds):
    values, masses = np.array(seconds, dtype=np.float64), np.ones(len(seconds))
    own = rank_scores(values, masses)[1]
    np.testing.assert_allclose(rank_scores(np.log(values), masses)[1], own)
    np.testing.assert_allclose(rank_scores(values / 60, masses)[1], own)


def test_a_weight_of_two_is_two_respondents_and_one_of_nothing_is_none():
    values = np.array([1.0, 2, 3, 9])
    weighted = rank_scores(values, np.array([2.0, 1, 1, 0]))
    counted = rank_scores(np.array([1.0, 1, 2, 3]), np.ones(4))
    np.testing.assert_allclose(weighted, counted)
