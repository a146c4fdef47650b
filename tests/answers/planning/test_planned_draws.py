"""Tests of `answers.planning.planned_draws`."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.answers.planning.planned_draws import Draws, draws_of, freedom_of, linear_sampler
from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.importance.linear_shares import linear_shares
from tests.answers.planning.planned_rows import planned_rows

GROUPS = [(0,), (1,), (2,)]


def drawn_by_rows(plan: PlannedSurvey, n: int, surveys: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights and slopes of surveys whose respondents were drawn."""
    rows = [
        planned_rows(plan, plan.covariance, n, seed).drop(columns="team").to_numpy()
        for seed in range(surveys)
    ]
    covariances = np.stack([np.cov(each, rowvar=False) for each in rows])
    weights = linear_shares(covariances, GROUPS, n=n, adjust=1)
    slopes = np.linalg.solve(covariances[:, :-1, :-1], covariances[:, :-1, -1:])[..., 0]
    return weights, slopes


@pytest.mark.parametrize("teams", [None, (10, 0.3)])
def test_drawing_moments_spreads_as_drawing_respondents_does(teams: tuple[int, float] | None):
    plan = PlannedSurvey(drivers=3, teams=teams)
    drawn = linear_sampler(plan, plan.covariance, seed=1)(200)
    weights, slopes = drawn_by_rows(plan, 200, 800)
    shares = weights / weights.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(drawn.shares.std(axis=0), shares.std(axis=0), rtol=0.09)
    np.testing.assert_allclose(drawn.weights.std(axis=0), weights.std(axis=0), rtol=0.09)
    np.testing.assert_allclose(drawn.slopes.std(axis=0), slopes.std(axis=0), rtol=0.09)


@pytest.mark.parametrize("teams", [None, (10, 0.3)])
def test_drawn_weights_lie_around_the_true_ones(teams: tuple[int, float] | None):
    plan = PlannedSurvey(drivers=3, teams=teams)
    drawn = linear_sampler(plan, plan.covariance, seed=1)(300)
    error = drawn.weights.std(axis=0) / np.sqrt(len(drawn.weights))
    truth = plan.shares * plan.r_squared
    assert (np.abs(drawn.weights.mean(axis=0) - truth) < 4 * error + 0.001).all()


def test_widths_fall_smoothly_with_the_number_of_respondents():
    plan = PlannedSurvey()
    sampler = linear_sampler(plan, plan.covariance, seed=0)
    widths = [sampler(n).widths(0.95).max() for n in (390, 395, 400, 405, 410)]
    assert (np.diff(widths) < 0).all()


def test_the_same_seed_draws_the_same_surveys():
    plan = PlannedSurvey(drivers=3)
    one, same, other = (linear_sampler(plan, plan.covariance, seed=seed)(200) for seed in (3, 3, 4))
    np.testing.assert_array_equal(one.weights, same.weights)
    assert (one.weights != other.weights).all()


def test_many_subsets_leave_fewer_draws():
    assert draws_of(7) == 4000
    assert draws_of(10) == 1024
    assert draws_of(12) == 500


def test_few_teams_leave_few_degrees_of_freedom():
    assert freedom_of(PlannedSurvey(drivers=5), 200) == 194
    assert freedom_of(PlannedSurvey(drivers=5, teams=(10, 0.1)), 200) == 19


def test_a_pair_is_apart_when_its_difference_is_beyond_its_own_spread():
    noise = np.linspace(-1, 1, 2001)
    weights = np.column_stack([3 + noise, np.zeros_like(noise)])
    draws = Draws(weights, weights, freedom=1e6)
    beyond = 1.96 * noise.std()
    assert draws.apart((0, 1), 0.95) == 1
    assert draws.apart((1, 0), 0.95) == 0
    needed = draws.more_to_part((0, 1), 0.95, 0.9)
    assert needed == pytest.approx(((beyond + 0.8) / 3) ** 2, rel=0.001)
