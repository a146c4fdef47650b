"""Tests of `cxdrivers.survey.scoring`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.survey.coding import Answers
from cxdrivers.survey.scoring import cronbach_alpha, score

NAN = np.nan


def _answers(values: list[list[float]], away: list[list[bool]] | None = None) -> Answers:
    items = np.array(values, dtype=float)
    nothing = np.zeros(items.shape, dtype=bool)
    return Answers(items, nothing if away is None else np.array(away), nothing, nothing)


def test_a_score_is_the_mean_of_the_answered_items():
    scored = score(_answers([[8, 6, 10], [8, 6, NAN]]))
    np.testing.assert_array_equal(scored.values, [8, 7])


def test_half_of_the_items_is_enough_and_less_is_not():
    scored = score(_answers([[8, 6, NAN, NAN], [8, NAN, NAN, NAN]]))
    np.testing.assert_array_equal(scored.values, [7, NAN])
    three = score(_answers([[8, NAN, NAN], [8, 6, NAN]]))
    np.testing.assert_array_equal(three.values, [NAN, 7])


def test_no_score_is_not_applicable_when_at_least_half_of_the_items_did_not_apply():
    yes, no = True, False
    scored = score(
        _answers(
            [[NAN] * 4, [NAN] * 4, [NAN] * 4, [8, 6, NAN, NAN]],
            [[yes] * 4, [yes, yes, no, no], [yes, no, no, no], [no, no, yes, yes]],
        )
    )
    np.testing.assert_array_equal(scored.not_applicable, [True, True, False, False])
    np.testing.assert_array_equal(scored.values, [NAN, NAN, NAN, 7])


def test_one_item_is_its_own_score():
    scored = score(_answers([[8], [NAN], [NAN]], [[False], [True], [False]]))
    np.testing.assert_array_equal(scored.values, [8, NAN, NAN])
    np.testing.assert_array_equal(scored.not_applicable, [False, True, False])


@given(st.integers(3, 6), st.booleans(), st.integers(0, 2**32 - 1))
def test_alpha_of_three_items_or_more_is_that_of_cronbach(items: int, weighted: bool, seed: int):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(50, items)) + rng.normal(size=(50, 1))
    weights = rng.integers(1, 4, size=50) if weighted else np.ones(50, dtype=int)
    rows = np.repeat(values, weights, axis=0)
    parts, whole = rows.var(axis=0).sum(), rows.sum(axis=1).var()
    expected = items / (items - 1) * (1 - parts / whole)
    given_weights = weights.astype(float) if weighted else None
    assert cronbach_alpha(values, given_weights) == pytest.approx(expected, abs=1e-12)


def test_alpha_of_two_items_is_that_of_spearman_and_brown_whatever_their_spread():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(50, 2)) + rng.normal(size=(50, 1))
    r = np.corrcoef(values, rowvar=False)[0, 1]
    assert cronbach_alpha(values) == pytest.approx(2 * r / (1 + r))
    assert cronbach_alpha(values * [1, 50]) == pytest.approx(2 * r / (1 + r))


def test_alpha_takes_the_respondents_who_answered_all_items():
    rng = np.random.default_rng(2)
    values = rng.normal(size=(50, 3)) + rng.normal(size=(50, 1))
    with_gaps = np.vstack([values, [[5.0, NAN, 5.0], [NAN, NAN, 9.0]]])
    assert cronbach_alpha(with_gaps) == pytest.approx(cronbach_alpha(values))
    weights = np.append(np.ones(50), [7.0, 7.0])
    assert cronbach_alpha(with_gaps, weights) == pytest.approx(cronbach_alpha(values))


@pytest.mark.parametrize(
    "values",
    [
        [[1.0], [2.0], [3.0]],
        [[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]],
        [[1.0, 2.0], [2.0, 1.0]],
        [[1.0, NAN], [NAN, 1.0], [1.0, NAN], [2.0, NAN]],
        [[1.0, -1.0], [2.0, -2.0], [3.0, -3.0]],
    ],
    ids=["one item", "an item that never varies", "two rows", "none complete", "opposites"],
)
def test_alpha_is_nan_where_it_has_no_meaning(values: list[list[float]]):
    assert np.isnan(cronbach_alpha(np.array(values)))


def test_alpha_is_not_asked_of_rows_without_a_weight():
    values = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 5.0], [4.0, 4.0]])
    assert np.isnan(cronbach_alpha(values, np.array([1.0, 0.0, 0.0, 0.0])))
