"""Tests of `cxdrivers.moments.residuals`."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.regression.linear_model import OLS, WLS

from cxdrivers.errors import FitError
from cxdrivers.moments import resampling
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.moments import moments_of
from cxdrivers.moments.residuals import residual_covariances
from tests.samples import answers, survey_of


def test_without_weights_it_is_the_residual_bootstrap_of_the_books():
    frame = answers(n=50)
    fit = OLS(frame["satisfaction"], np.column_stack([np.ones(50), frame.iloc[:, :3]])).fit()
    residuals = fit.resid / np.sqrt(1 - fit.get_influence().hat_matrix_diag)
    drawn = np.random.default_rng(3).choice(residuals - residuals.mean(), size=(20, 50))
    for one, covariance in zip(drawn, _all(design_of(survey_of(frame)), 20, 3), strict=True):
        outcome = fit.fittedvalues + one
        expected = np.cov(np.column_stack([frame.iloc[:, :3], outcome]), rowvar=False, ddof=0)
        np.testing.assert_allclose(covariance, expected, atol=1e-11)


def test_with_weights_a_residual_is_drawn_as_often_as_its_row_counts():
    frame, weights = answers(n=50), np.arange(50) % 4 + 0.5
    regressors = np.column_stack([np.ones(50), frame.iloc[:, :3]])
    fit = WLS(frame["satisfaction"], regressors, weights=weights).fit()
    inner = np.linalg.inv(regressors.T @ np.diag(weights) @ regressors)
    takes = np.eye(50) - regressors @ inner @ regressors.T @ np.diag(weights)
    residuals = fit.resid / np.sqrt((takes**2).sum(axis=1))
    chances = weights / weights.sum()
    residuals -= chances @ residuals
    drawn = np.random.default_rng(4).choice(residuals, size=(20, 50), p=chances)
    design = design_of(survey_of(frame.assign(w=weights), weight="w"))
    for one, covariance in zip(drawn, _all(design, 20, 4), strict=True):
        values = np.column_stack([frame.iloc[:, :3], fit.fittedvalues + one])
        expected = np.cov(values, rowvar=False, aweights=weights, ddof=0)
        np.testing.assert_allclose(covariance, expected, atol=1e-11)


def test_slopes_vary_as_the_regression_says():
    design = design_of(survey_of(answers(n=80)))
    covariances = _all(design, 4000, 5)
    slopes = np.linalg.solve(covariances[:, :-1, :-1], covariances[:, :-1, -1:])[..., 0]
    errors = OLS(design.outcome, np.column_stack([np.ones(80), design.columns])).fit().bse[1:]
    np.testing.assert_allclose(slopes.std(axis=0), errors, rtol=0.05)


def test_the_columns_stay_as_they_are():
    frame = answers(n=50)
    frame.loc[:9, "empathy"] = -1
    design = design_of(survey_of(frame, not_applicable=[-1]))
    drivers = _all(design, 5, 1)[:, :-1, :-1]
    expected = np.broadcast_to(moments_of(design).covariance[:-1, :-1], drivers.shape)
    np.testing.assert_allclose(drivers, expected, atol=1e-12)


def test_a_row_that_the_fit_always_meets_has_no_residual_to_draw():
    frame = answers((0.5, 0.3), n=40).assign(empathy=7.0)
    frame.loc[0, "empathy"] = 3.0
    design = design_of(survey_of(frame))
    covariances = _all(design, 50, 2)
    regressors = np.column_stack([np.ones(39), design.columns[1:, 0]])
    others = OLS(design.outcome[1:], regressors).fit()
    pool = others.resid / np.sqrt(1 - others.get_influence().hat_matrix_diag)
    fitted = np.r_[design.outcome[0], others.fittedvalues]
    drawn = np.random.default_rng(2).choice(pool - pool.mean(), size=(50, 40))
    for one, covariance in zip(drawn, covariances, strict=True):
        assert covariance[-1, -1] == pytest.approx(np.var(fitted + one))


def test_columns_that_are_tied_together_do_no_harm():
    frame = answers(n=60)
    tied = frame.assign(wait_time=frame["reliability"] + frame["empathy"])
    plain = _all(design_of(survey_of(frame)), 10, 6)
    more = _all(design_of(survey_of(tied)), 10, 6)
    np.testing.assert_allclose(more[:, -1, -1], plain[:, -1, -1], rtol=1e-10)


def test_parts_are_the_same_resamples_and_the_seed_tells_which(monkeypatch):
    design = design_of(survey_of(answers(n=60)))
    whole, other = _all(design, 11, 1), _all(design, 11, 2)
    monkeypatch.setattr(resampling, "COUNTS_AT_ONCE", 60 * 4)
    parts = list(residual_covariances(design, n_boot=11, seed=1))
    assert [len(part) for part in parts] == [4, 4, 3]
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-14)
    assert (whole[:, -1, -1] != other[:, -1, -1]).all()


def test_residuals_of_clusters_are_refused_in_both_languages():
    frame = answers().assign(team=np.arange(300) // 30)
    design = design_of(survey_of(frame, cluster="team"))
    with pytest.raises(FitError) as caught:
        _all(design, 5, 1)
    assert str(caught.value) == (
        "The rows belong to 10 clusters, and residuals within a cluster resemble each other, so "
        'they cannot be drawn one by one. Draw whole clusters with scheme="clusters".'
    )
    assert caught.value.say("nl") == (
        "De rijen horen bij 10 clusters, en residuen binnen een cluster lijken op elkaar; ze "
        'kunnen dus niet een voor een getrokken worden. Trek hele clusters met scheme="clusters".'
    )


def _all(design: Design, n_boot: int, seed: int) -> np.ndarray:
    return np.concatenate(list(residual_covariances(design, n_boot=n_boot, seed=seed)))
