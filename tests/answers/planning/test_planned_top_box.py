"""Tests of `answers.planning.planned_top_box`."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

import cxdrivers as cx
from cxdrivers.answers.planning import planned_top_box
from cxdrivers.answers.planning.planned_survey import PlannedSurvey
from cxdrivers.answers.planning.planned_top_box import subset_log_likelihoods, top_box_sampler
from cxdrivers.importance.shapley import shapley
from tests.answers.planning.planned_rows import planned_weights


@pytest.fixture
def rows() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    columns = rng.normal(size=(300, 3))
    inside = columns @ [1.0, 0.5, 0.0] + rng.logistic(size=300) > 0
    return columns, inside.astype(float)


def test_every_row_has_the_log_likelihood_that_statsmodels_gives_it(rows):
    columns, inside = rows
    found = subset_log_likelihoods(columns, inside)
    for subset in range(8):
        chosen = [place for place in range(3) if subset >> place & 1]
        fit = sm.Logit(inside, sm.add_constant(columns[:, chosen], has_constant="add"))
        twin = fit.loglikeobs(fit.fit(disp=0, tol=1e-12).params)
        np.testing.assert_allclose(found[subset], twin, atol=1e-8)


def test_what_a_row_pulls_is_what_weights_move_by_when_it_counts_more(rows):
    columns, inside = rows
    likelihoods = subset_log_likelihoods(columns, inside)
    _, pulls = planned_top_box._weights(likelihoods)

    def weights(masses: np.ndarray) -> np.ndarray:
        values = []
        for subset in range(8):
            chosen = [place for place in range(3) if subset >> place & 1]
            regressors = sm.add_constant(columns[:, chosen], has_constant="add")
            fit = sm.GLM(inside, regressors, family=sm.families.Binomial(), freq_weights=masses)
            values.append(fit.fit(tol=1e-13).llf)
        return shapley(1 - np.array(values) / values[0])

    for row in (0, 7, 150):
        more, less = np.ones(300), np.ones(300)
        more[row], less[row] = 1.01, 0.99
        moved = (weights(more) - weights(less)) / 0.02 * 300
        np.testing.assert_allclose(pulls[row], moved, rtol=0.01, atol=1e-3)


def test_draws_lie_around_the_weights_of_the_simulated_survey_and_narrow_with_the_root():
    plan = PlannedSurvey(drivers=3, top_box=0.6)
    sampler = top_box_sampler(plan, plan.covariance, seed=0)
    small, large = sampler(400), sampler(1600)
    np.testing.assert_allclose(small.weights.std(axis=0), 2 * large.weights.std(axis=0), rtol=1e-9)
    np.testing.assert_allclose(large.shares.mean(axis=0), plan.shares, atol=0.03)


def test_a_few_surveys_have_intervals_as_wide_as_planned():
    plan = PlannedSurvey(drivers=3, top_box=0.6)
    planned = top_box_sampler(plan, plan.covariance, seed=0)(800).widths(0.95)
    found = []
    for seed in range(5):
        table = planned_weights(plan, plan.covariance, 800, seed=seed, n_boot=200).tidy()
        found.append(table["share_high"] - table["share_low"])
    np.testing.assert_allclose(planned, np.mean(found, axis=0), rtol=0.12)


def test_a_top_box_that_drivers_separate_is_refused(rows):
    columns, _ = rows
    with pytest.raises(cx.FitError, match=r"The simulated top box is separated by the drivers"):
        subset_log_likelihoods(1e3 * columns, (columns[:, 0] > 0).astype(float))
