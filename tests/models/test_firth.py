"""Tests of `cxdrivers.models.firth`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.special import expit

from cxdrivers.models.firth import fit_firth, levelled_threshold


def sample(n: int = 60, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(n, 3)) * [1.0, 2.0, 0.5] + [7.0, 0.0, -1.0]
    centred = columns - columns.mean(axis=0)
    return columns, (rng.random(n) < expit(centred @ [1.0, -0.4, 0.8] - 0.5)).astype(float)


def penalised(parameters: np.ndarray, x: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    """Return the penalised log-likelihood as Firth writes it."""
    chances = expit(x @ parameters)
    information = x.T @ np.diag(w * chances * (1 - chances)) @ x
    likelihood = np.sum(w * np.log(np.where(y == 1, chances, 1 - chances)))
    return float(likelihood + np.linalg.slogdet(information)[1] / 2)


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_one_column_of_two_values_adds_half_a_respondent_to_each_cell(cells: list[int]):
    """The classical fact, also for cells in which nobody is (Haldane 1956)."""
    table = np.array(cells).reshape(2, 2)
    table[:, 0] += table.sum(axis=1) == 0
    if 0 in table.sum(axis=0):
        table[0] += 1
    group = np.repeat([0.0, 0, 1, 1], table.ravel())
    reached = np.repeat([0.0, 1, 0, 1], table.ravel())
    odds = (table[:, 1] + 0.5) / (table[:, 0] + 0.5)
    slope = fit_firth(group[:, np.newaxis], reached).slopes[0]
    assert slope == pytest.approx(np.log(odds[1] / odds[0]), abs=1e-8)


@pytest.mark.parametrize("weighted", [False, True])
def test_the_top_is_where_a_general_search_finds_it(weighted: bool):
    columns, outcome = sample()
    weights = np.random.default_rng(2).uniform(0.3, 3, 60) if weighted else np.ones(60)
    masses = weights / weights.mean()
    x = np.column_stack([np.ones(60), columns - columns.mean(axis=0)])
    slow = minimize(
        lambda at: -penalised(at, x, outcome, masses), np.zeros(4), method="BFGS", tol=1e-9
    )
    fit = fit_firth(columns, outcome, weights if weighted else None)
    np.testing.assert_allclose(fit.slopes, slow.x[1:], atol=2e-5)
    in_units = fit.top.value + np.log(columns.std(axis=0)).sum()
    assert in_units == pytest.approx(-slow.fun, abs=1e-8)


def test_only_the_ratios_of_weights_matter():
    columns, outcome = sample()
    weights = np.random.default_rng(5).uniform(0.3, 3, 60)
    slopes = fit_firth(columns, outcome, weights).slopes
    np.testing.assert_allclose(fit_firth(columns, outcome, 50 * weights).slopes, slopes, rtol=1e-9)
    equal = fit_firth(columns, outcome, np.full(60, 3.0)).slopes
    np.testing.assert_allclose(equal, fit_firth(columns, outcome).slopes, rtol=1e-9)


def test_units_and_origin_do_not_matter():
    columns, outcome = sample()
    slopes = fit_firth(columns, outcome).slopes
    scaled = fit_firth(columns * [100.0, 0.01, 1.0] + [5.0, -3.0, 0.0], outcome).slopes
    np.testing.assert_allclose(scaled * [100.0, 0.01, 1.0], slopes, rtol=1e-8)


def test_slopes_are_drawn_towards_nothing():
    columns, outcome = sample()
    x = np.column_stack([np.ones(60), columns - columns.mean(axis=0)])
    likely = minimize(
        lambda at: -np.sum(np.log(expit(np.where(outcome == 1, 1, -1) * (x @ at)))), np.zeros(4)
    ).x[1:]
    slopes = fit_firth(columns, outcome).slopes
    assert (np.abs(slopes) < np.abs(likely)).all()
    assert (np.sign(slopes) == np.sign(likely)).all()


def test_columns_that_separate_have_a_finite_estimate():
    columns = np.arange(12.0)[:, np.newaxis]
    fit = fit_firth(columns, (columns[:, 0] >= 6).astype(float))
    assert 0 < fit.slopes[0] < 5
    assert np.isfinite(fit.covariance()).all()


def test_the_covariance_is_the_inverse_information_with_the_threshold_first():
    columns, outcome = sample()
    fit = fit_firth(columns, outcome)
    threshold = fit.centres @ fit.slopes - fit.top.parameters[0]
    chances = expit(columns @ fit.slopes - threshold)
    x = np.column_stack([-np.ones(60), columns])
    information = (x.T * chances * (1 - chances)) @ x
    np.testing.assert_allclose(fit.covariance(), np.linalg.inv(information), rtol=1e-6)


def test_a_clustered_covariance_grows_when_clusters_answer_alike():
    rng = np.random.default_rng(3)
    team = np.arange(400) // 10
    columns = rng.normal(size=(40, 1))[team] + 0.3 * rng.normal(size=(400, 1))
    common = 1.5 * rng.normal(size=40)[team]
    outcome = (rng.random(400) < expit(0.5 * columns[:, 0] + common)).astype(float)
    fit = fit_firth(columns, outcome)
    assert fit.covariance(team)[1, 1] > 2 * fit.covariance()[1, 1]


def test_a_robust_covariance_is_no_smaller_than_the_models_own_where_columns_separate():
    """Those who are set apart pull at nothing, and scatter alone would call that certain."""
    columns, outcome = sample()
    chosen = np.arange(60) < 5
    outcome[chosen] = 1
    fit = fit_firth(np.column_stack([columns, chosen]), outcome)
    own, robust = fit.covariance(), fit.covariance(robust=True)
    assert np.linalg.eigvalsh(robust - own).min() > -1e-8 * np.abs(own).max()
    assert robust[4, 4] == pytest.approx(own[4, 4], rel=0.5)


def test_the_levelled_threshold_makes_chances_as_high_on_average_as_what_was_seen():
    columns, outcome = sample()
    weights = np.random.default_rng(4).uniform(0.3, 3, 60)
    fit = fit_firth(columns, outcome, weights)
    threshold = levelled_threshold(columns, fit.slopes, outcome, weights)
    chances = expit(columns @ fit.slopes - threshold)
    share = np.average(outcome, weights=weights)
    assert np.average(chances, weights=weights) == pytest.approx(share, abs=1e-9)
