"""Tests of `cxdrivers.models.cumulative_fit`: R, statsmodels, and the definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from statsmodels.genmod.families import Binomial
from statsmodels.genmod.generalized_linear_model import GLM
from statsmodels.miscmodels.ordinal_model import OrderedModel

from cxdrivers.models.cumulative_fit import fit_cumulative


def sample(n: int = 300, grades: int = 5, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(n, 3)) * [1.0, 3.0, 0.2] + [7.0, -2.0, 0.0]
    latent = (columns - columns.mean(axis=0)) @ [0.9, 0.2, 3.0] + rng.logistic(size=n)
    return columns, np.digitize(latent, np.linspace(-2, 2, grades - 1)).astype(float)


def test_two_grades_are_the_logistic_regression_of_statsmodels():
    columns, outcome = sample(grades=2)
    weights = np.random.default_rng(2).uniform(0.2, 3, 300)
    masses = weights / weights.mean()
    x = np.column_stack([-np.ones(300), columns])
    direct = GLM(outcome, x, family=Binomial(), var_weights=masses).fit(tol=1e-14, maxiter=100)
    fit = fit_cumulative(columns, outcome, weights)
    np.testing.assert_allclose(np.append(fit.thresholds, fit.slopes), direct.params, rtol=1e-9)
    np.testing.assert_allclose(fit.covariance(robust=False), direct.cov_params(), rtol=1e-6)
    assert fit.log_likelihood == pytest.approx(direct.llf, rel=1e-12)
    assert fit.null_log_likelihood == pytest.approx(direct.llnull, rel=1e-9)


def test_grades_are_the_ordered_model_of_statsmodels():
    columns, outcome = sample()
    model = OrderedModel(outcome, columns - columns.mean(axis=0), distr="logit")
    direct = model.fit(method="bfgs", disp=0, maxiter=500, gtol=1e-7)
    fit = fit_cumulative(columns, outcome)
    thresholds = model.transform_threshold_params(direct.params)[1:-1]
    np.testing.assert_allclose(fit.slopes, direct.params[:3], atol=1e-5)
    np.testing.assert_allclose(
        fit.thresholds - columns.mean(axis=0) @ fit.slopes, thresholds, atol=1e-5
    )
    assert fit.log_likelihood == pytest.approx(direct.llf, abs=1e-8)
    errors = np.sqrt(np.diag(fit.covariance(robust=False)))[-3:]
    np.testing.assert_allclose(errors, direct.bse[:3], rtol=1e-3)


@pytest.mark.parametrize("grades", [2, 4])
def test_whole_weights_are_repeated_rows(grades: int):
    columns, outcome = sample(grades=grades)
    counts = np.random.default_rng(3).integers(1, 4, 300)
    weighted = fit_cumulative(columns, outcome, counts)
    repeated = fit_cumulative(np.repeat(columns, counts, axis=0), np.repeat(outcome, counts))
    np.testing.assert_allclose(weighted.slopes, repeated.slopes, rtol=1e-9)
    np.testing.assert_allclose(weighted.thresholds, repeated.thresholds, rtol=1e-9)
    share = weighted.log_likelihood / weighted.null_log_likelihood
    assert share == pytest.approx(repeated.log_likelihood / repeated.null_log_likelihood)


@given(st.integers(0, 2**32 - 1), st.integers(2, 6))
def test_scores_add_up_to_nothing_at_the_top(seed: int, grades: int):
    rng = np.random.default_rng(seed)
    columns, outcome = sample(120, grades, seed)
    fit = fit_cumulative(columns, outcome, rng.uniform(0.5, 2, 120))
    np.testing.assert_allclose(fit.scores.sum(axis=0), 0, atol=1e-6)


def test_scores_are_the_slopes_of_each_respondents_log_likelihood():
    columns, outcome = sample()
    fit = fit_cumulative(columns, outcome)
    top = np.append(fit.thresholds, fit.slopes)
    grades = np.unique(outcome, return_inverse=True)[1]

    def rows(at: np.ndarray) -> np.ndarray:
        edges = np.concatenate([[-np.inf], at[:4], [np.inf]])
        level = columns @ at[4:]
        return np.log(expit(edges[grades + 1] - level) - expit(edges[grades] - level))

    steps = 1e-5 * np.eye(len(top))
    slow = [(rows(top + step) - rows(top - step)) / 2e-5 for step in steps]
    np.testing.assert_allclose(fit.scores, np.transpose(slow), atol=1e-5)
    assert fit.log_likelihood == pytest.approx(rows(top).sum(), rel=1e-12)


def test_influence_is_what_leaving_a_respondent_out_takes_away():
    columns, outcome = sample(n=1500)
    fit = fit_cumulative(columns, outcome)
    without = fit_cumulative(columns[1:], outcome[1:])
    moved = np.append(fit.thresholds, fit.slopes) - np.append(without.thresholds, without.slopes)
    np.testing.assert_allclose(fit.influence[0], moved, rtol=0.1, atol=2e-4)


@pytest.mark.parametrize("grades", [2, 4])
def test_clusters_of_one_give_the_robust_covariance(grades: int):
    columns, outcome = sample(grades=grades)
    fit = fit_cumulative(columns, outcome)
    alone = fit.covariance(np.arange(300), robust=False)
    np.testing.assert_allclose(alone, fit.covariance(robust=True), rtol=1e-12)


def test_clustered_errors_are_those_of_statsmodels_but_for_its_factor_of_columns():
    columns, outcome = sample(grades=2)
    team = np.arange(300) // 10
    direct = GLM(outcome, np.column_stack([-np.ones(300), columns]), family=Binomial()).fit(
        tol=1e-14, cov_type="cluster", cov_kwds={"groups": team}
    )
    found = fit_cumulative(columns, outcome).covariance(team, robust=False)
    np.testing.assert_allclose(found * 299 / 296, direct.cov_params(), rtol=1e-6)


def test_a_clustered_covariance_grows_when_clusters_answer_alike():
    rng = np.random.default_rng(4)
    team = np.arange(600) // 15
    columns = rng.normal(size=(40, 1))[team] + 0.3 * rng.normal(size=(600, 1))
    latent = columns[:, 0] + 2 * rng.normal(size=40)[team] + rng.logistic(size=600)
    fit = fit_cumulative(columns, np.digitize(latent, [-1, 0, 1]).astype(float))
    own, clustered = fit.covariance(robust=False), fit.covariance(team, robust=False)
    assert clustered[-1, -1] > 2 * own[-1, -1]


def test_without_columns_the_thresholds_are_the_log_odds_of_the_shares():
    outcome = np.repeat([1.0, 2.0, 3.0], [2, 3, 5])
    fit = fit_cumulative(np.empty((10, 0)), outcome)
    np.testing.assert_allclose(fit.thresholds, [np.log(2 / 8), 0.0], atol=1e-9)
    assert fit.log_likelihood == pytest.approx(fit.null_log_likelihood)


def test_units_and_origin_of_columns_do_not_matter():
    columns, outcome = sample()
    fit = fit_cumulative(columns, outcome)
    scaled = fit_cumulative(columns * [100.0, 0.01, 1.0] + [0.0, 50.0, 3.0], outcome)
    np.testing.assert_allclose(scaled.slopes * [100.0, 0.01, 1.0], fit.slopes, rtol=1e-8)
    assert scaled.log_likelihood == pytest.approx(fit.log_likelihood, rel=1e-12)
