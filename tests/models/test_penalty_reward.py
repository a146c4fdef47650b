"""Tests of `cxdrivers.models.penalty_reward`: what low and high ratings go with."""

from __future__ import annotations

import numpy as np
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.models.penalty_reward import box_columns, explained, impact_asymmetry, slopes_of
from cxdrivers.moments.sums import moments_from_sums, row_products

SLOPES = st.floats(-2, 2, allow_subnormal=False)


def covariance_of(columns: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    sums = row_products(np.column_stack([columns, outcome])).sum(axis=0)
    return moments_from_sums(sums)[1]


def drawn(n: int = 200) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    columns = rng.normal(size=(n, 3))
    return columns, columns @ [0.5, -0.2, 0.0] + rng.normal(size=n)


def test_slopes_and_r_squared_from_covariances_are_those_of_a_regression():
    columns, outcome = drawn()
    fit = sm.OLS(outcome, sm.add_constant(columns)).fit()
    covariance = covariance_of(columns, outcome)
    np.testing.assert_allclose(slopes_of(covariance), fit.params[1:])
    np.testing.assert_allclose(explained(covariance), fit.rsquared)


def test_many_resamples_are_one_call():
    columns, outcome = drawn()
    halves = [covariance_of(columns[part], outcome[part]) for part in (slice(100), slice(100, 200))]
    together = slopes_of(np.stack(halves))
    np.testing.assert_allclose(together, [slopes_of(half) for half in halves])


def test_what_never_varies_has_no_slope_and_leaves_the_others_theirs():
    columns, outcome = drawn()
    flat = np.column_stack([columns, np.zeros(len(outcome))])
    found = slopes_of(covariance_of(flat, outcome))
    assert np.isnan(found[3])
    np.testing.assert_allclose(found[:3], slopes_of(covariance_of(columns, outcome)))


def test_whom_a_driver_did_not_apply_to_is_neither_low_nor_high():
    ratings = np.array([3.0, 5, 7, 9, 1, 10])
    used = np.array([True, True, True, True, False, False])
    low, high = box_columns(ratings, used, (5, 9))
    assert low.tolist() == [1, 1, 0, 0, 0, 0]
    assert high.tolist() == [0, 0, 0, 1, 0, 0]


@given(penalty=SLOPES, reward=SLOPES)
def test_asymmetry_lies_between_its_ends_and_turns_round_with_its_sides(penalty, reward):
    asymmetry = impact_asymmetry(np.array([penalty]), np.array([reward]))
    turned = impact_asymmetry(np.array([-reward]), np.array([-penalty]))
    if penalty >= 0 and reward <= 0:
        assert np.isnan(asymmetry).all()
    else:
        assert -1 <= asymmetry[0] <= 1
        np.testing.assert_allclose(turned, -asymmetry)


def test_an_unknown_penalty_leaves_the_asymmetry_unknown():
    assert np.isnan(impact_asymmetry(np.array([np.nan]), np.array([0.5]))).all()
