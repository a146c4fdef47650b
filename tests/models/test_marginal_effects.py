"""Tests of `cxdrivers.models.marginal_effects`."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from statsmodels.discrete.discrete_model import Logit

from cxdrivers.models.marginal_effects import Chance, average_effects, effect_intervals

NO_MARKS = np.zeros(3, dtype=bool)
ALONE = [(0,), (1,), (2,)]


def chance_of(columns: np.ndarray, slopes: list[float], threshold: float = 0.4, masses=None):
    weights = np.ones(len(columns)) if masses is None else masses
    return Chance(threshold, np.array(slopes), columns, weights)


def example(seed: int = 1, n: int = 200) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.normal(size=n), rng.integers(0, 2, n), rng.integers(1, 6, n)])


def test_effects_and_intervals_are_those_of_statsmodels():
    columns = example()
    rng = np.random.default_rng(2)
    reached = rng.random(200) < expit(columns @ [0.8, -0.5, 0.3] - 0.6)
    fit = Logit(reached.astype(float), sm.add_constant(columns)).fit(disp=0, tol=1e-13)
    direct = fit.get_margeff(dummy=True)
    chance = chance_of(columns, fit.params[1:], -fit.params[0])
    signs = np.diag([-1.0, 1, 1, 1])
    covariance = signs @ fit.cov_params() @ signs
    found = effect_intervals(*average_effects(chance, ALONE, NO_MARKS), covariance, level=0.9)
    np.testing.assert_allclose(found.effect, direct.margeff, rtol=1e-9)
    np.testing.assert_allclose(found.low, direct.conf_int(alpha=0.1)[:, 0], rtol=1e-8)
    np.testing.assert_allclose(found.high, direct.conf_int(alpha=0.1)[:, 1], rtol=1e-8)


@given(st.integers(0, 2**32 - 1))
def test_the_derivatives_are_those_of_small_steps(seed: int):
    rng = np.random.default_rng(seed)
    columns, marks, groups = with_pair(rng)
    masses = rng.uniform(0.2, 3, len(columns))
    parameters = rng.normal(size=1 + columns.shape[1])

    def effects(at: np.ndarray) -> np.ndarray:
        return average_effects(chance_of(columns, at[1:], at[0], masses), groups, marks)[0]

    _, gradients = average_effects(
        chance_of(columns, parameters[1:], parameters[0], masses), groups, marks
    )
    steps = 1e-5 * np.eye(len(parameters))
    slow = [(effects(parameters + step) - effects(parameters - step)) / 2e-5 for step in steps]
    np.testing.assert_allclose(gradients, np.transpose(slow), atol=1e-8)


def with_pair(rng: np.random.Generator, n: int = 60) -> tuple[np.ndarray, np.ndarray, list]:
    """Return a rating that did not apply to some, a factor of three, and a rating."""
    away = np.arange(n) < n // 4
    rating = np.where(away, 0.0, rng.integers(1, 6, n))
    rating = np.where(away, 0.0, rating - rating[~away].mean())
    category = rng.permutation(np.arange(n) % 3)
    columns = np.column_stack([rating, away, category == 1, category == 2, rng.normal(size=n)])
    return columns.astype(float), np.array([False, True, False, False, False]), GROUPS


GROUPS = [(0, 1), (2, 3), (4,)]


def test_a_rating_has_its_mean_slope_among_those_it_applied_to():
    columns, marks, groups = with_pair(np.random.default_rng(3))
    slopes = np.array([0.7, -0.4, 0.5, 1.0, 0.2])
    rated = columns[columns[:, 1] == 0]
    chances = expit(rated @ slopes - 0.3)
    effects, _ = average_effects(chance_of(columns, slopes, 0.3), groups, marks)
    assert effects[0] == pytest.approx(0.7 * np.mean(chances * (1 - chances)))


def test_a_mark_is_held_against_a_driver_that_applied_and_was_average():
    columns, marks, groups = with_pair(np.random.default_rng(4))
    slopes = np.array([0.7, -0.4, 0.5, 1.0, 0.2])
    others = columns[:, 2:] @ slopes[2:] - 0.3
    effects, _ = average_effects(chance_of(columns, slopes, 0.3), groups, marks)
    assert effects[1] == pytest.approx(np.mean(expit(others - 0.4) - expit(others)))


def test_a_category_is_held_against_the_reference():
    columns, marks, groups = with_pair(np.random.default_rng(5))
    slopes = np.array([0.7, -0.4, 0.5, 1.0, 0.2])
    others = columns[:, [0, 1, 4]] @ slopes[[0, 1, 4]] - 0.3
    effects, _ = average_effects(chance_of(columns, slopes, 0.3), groups, marks)
    assert effects[2] == pytest.approx(np.mean(expit(others + 0.5) - expit(others)))
    assert effects[3] == pytest.approx(np.mean(expit(others + 1.0) - expit(others)))


def test_a_factor_that_did_not_apply_to_some_has_the_same_effects_among_the_others():
    """Its dummies are then centred, so that their lower value is no longer 0."""
    rng = np.random.default_rng(6)
    category = np.arange(90) % 3
    dummies = np.column_stack([category == 1, category == 2]).astype(float)
    away = np.arange(90) >= 60
    rating = rng.normal(size=90)
    centred = np.where(away[:, np.newaxis], 0.0, dummies - dummies[~away].mean(axis=0))
    slopes = np.array([0.5, 1.0, 0.3])
    pair = chance_of(np.column_stack([centred, away, rating]), [0.5, 1.0, -0.2, 0.3], 0.1)
    plain = chance_of(
        np.column_stack([dummies - dummies[~away].mean(axis=0), rating])[~away], slopes, 0.1
    )
    marks = np.array([False, False, True, False])
    found, _ = average_effects(pair, [(0, 1, 2), (3,)], marks)
    expected, _ = average_effects(plain, [(0, 1), (2,)], NO_MARKS)
    np.testing.assert_allclose(found[:2], expected[:2])


def test_items_that_are_ticked_together_are_each_changed_alone():
    columns = np.array([[0, 0], [1, 0], [0, 1], [1, 1]] * 5, dtype=float)
    effects, _ = average_effects(chance_of(columns, [0.6, 1.2]), [(0, 1)], NO_MARKS[:2])
    apart, _ = average_effects(chance_of(columns, [0.6, 1.2]), [(0,), (1,)], NO_MARKS[:2])
    np.testing.assert_array_equal(effects, apart)
    others = columns[:, 1] * 1.2 - 0.4
    assert effects[0] == pytest.approx(np.mean(expit(others + 0.6) - expit(others)))


def test_a_rating_that_was_given_two_answers_only_has_a_difference_per_point():
    columns = np.array([[3.0], [7.0], [7.0]])
    effects, _ = average_effects(chance_of(columns, [0.5], 2.0), [(0,)], NO_MARKS[:1])
    assert effects[0] == pytest.approx((expit(1.5) - expit(-0.5)) / 4)


def test_whole_weights_are_repeated_rows():
    columns, marks, groups = with_pair(np.random.default_rng(7))
    slopes = [0.7, -0.4, 0.5, 1.0, 0.2]
    counts = np.random.default_rng(8).integers(1, 4, len(columns))
    weighted = average_effects(chance_of(columns, slopes, 0.4, counts), groups, marks)
    repeated = average_effects(chance_of(np.repeat(columns, counts, axis=0), slopes), groups, marks)
    np.testing.assert_allclose(weighted[0], repeated[0])
    np.testing.assert_allclose(weighted[1], repeated[1])


def test_an_effect_is_no_more_than_a_quarter_of_its_slope():
    """The logistic curve is steepest at one half, where its slope is one quarter."""
    columns = np.random.default_rng(9).normal(size=(40, 3))
    effects, _ = average_effects(chance_of(columns, [2.0, -1.0, 0.5], 0.0), ALONE, NO_MARKS)
    assert (np.abs(effects) < np.array([2.0, 1.0, 0.5]) / 4).all()
    assert (np.sign(effects) == [1, -1, 1]).all()


def test_few_clusters_widen_the_interval():
    columns = example()
    found = average_effects(chance_of(columns, [0.8, -0.5, 0.3]), ALONE, NO_MARKS)
    normal, t = (
        effect_intervals(*found, 0.01 * np.eye(4), level=0.95, freedom=freedom)
        for freedom in (np.inf, 5)
    )
    wider = (t.high - t.low) / (normal.high - normal.low)
    np.testing.assert_allclose(wider, 2.5705818 / 1.9599640, rtol=1e-6)
