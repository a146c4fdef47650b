"""Tests of `cxdrivers.models.resampled_logit`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdrivers.errors import FitError
from cxdrivers.models import resampled_logit
from cxdrivers.models.resampled_logit import Regressors, fit_logit
from tests.models.chain_twins import customers, glm, resamples


def laid_out(n: int = 150, seed: int = 1) -> tuple[Regressors, np.ndarray]:
    mention, top, _, covariates = customers(n, seed=seed)
    return Regressors(np.column_stack([np.ones(n), mention, covariates])), top


def test_every_resample_has_the_coefficients_of_statsmodels():
    regressors, outcome = laid_out()
    logit, masses = fit_logit(regressors, outcome, np.ones(150)), resamples(150, 8)
    found, penalised = logit.resampled(masses, np.zeros(8, dtype=bool))
    assert not penalised.any()
    for place, mass in enumerate(masses):
        twin = glm(regressors.columns[:, 1:], outcome, mass)
        np.testing.assert_allclose(found[place], twin, atol=1e-8)


@given(st.integers(0, 10_000))
def test_at_the_top_no_column_pulls_and_chances_are_as_high_as_what_was_seen(seed: int):
    regressors, outcome = laid_out(60, seed)
    masses = resamples(60, 3, seed=seed)
    logit = fit_logit(regressors, outcome, np.ones(60))
    found, penalised = logit.resampled(masses, np.zeros(3, dtype=bool))
    chance = 1 / (1 + np.exp(-found @ regressors.columns.T))
    pull = (masses * (outcome - chance)) @ regressors.columns
    assert np.abs(pull[~penalised]).max(initial=0) < 1e-6


def test_a_group_that_is_set_apart_gets_finite_coefficients_and_keeps_the_overall_rate():
    regressors, outcome = laid_out()
    outcome[regressors.columns[:, 1] == 1] = 1
    logit = fit_logit(regressors, outcome, np.ones(150))
    assert logit.penalised
    chance = 1 / (1 + np.exp(-regressors.columns @ logit.coefficients))
    assert chance.mean() == pytest.approx(outcome.mean())
    assert chance[regressors.columns[:, 1] == 1].mean() > 0.97
    twin = glm(regressors.columns[:, 1:], outcome, np.ones(150), outcome.mean())
    np.testing.assert_allclose(logit.coefficients, twin, atol=1e-8)


def test_only_the_resamples_that_run_away_are_penalised():
    regressors, outcome = laid_out()
    mention = regressors.columns[:, 1] == 1
    masses = np.ones((2, 150))
    masses[1, mention & (outcome == 0)] = 0
    masses /= masses.mean(axis=1, keepdims=True)
    found, penalised = fit_logit(regressors, outcome, np.ones(150)).resampled(
        masses, np.zeros(2, dtype=bool)
    )
    assert penalised.tolist() == [False, True]
    twin = glm(regressors.columns[:, 1:], outcome, masses[1], outcome.mean())
    np.testing.assert_allclose(found[1], twin, atol=1e-6)


def test_a_column_that_a_resample_lacks_leaves_the_others_right():
    regressors, outcome = laid_out()
    masses = np.ones((1, 150))
    masses[0, regressors.columns[:, 1] == 1] = 0
    found, _ = fit_logit(regressors, outcome, np.ones(150)).resampled(masses, np.array([False]))
    rest = regressors.columns[:, 1] == 0
    twin = glm(regressors.columns[rest][:, 2:], outcome[rest], np.ones(rest.sum()))
    np.testing.assert_allclose(found[0, [0, 2, 3, 4]], twin, atol=1e-6)


def test_a_start_far_away_is_no_trouble():
    regressors, outcome = laid_out()
    logit = fit_logit(regressors, outcome, np.ones(150))
    far = resampled_logit.Logit(regressors, outcome, 0.5, np.full(5, 4.0), penalised=False)
    found, penalised = far.resampled(np.ones((1, 150)), np.array([False]))
    assert not penalised[0]
    np.testing.assert_allclose(found[0], logit.coefficients, atol=1e-8)


def test_a_top_that_is_not_reached_is_an_error(monkeypatch: pytest.MonkeyPatch):
    regressors, outcome = laid_out()
    for name in ("MOST_STEPS", "MOST_PENALISED_STEPS"):
        monkeypatch.setattr(resampled_logit, name, 1)
    with pytest.raises(FitError, match="150"):
        fit_logit(regressors, outcome, np.ones(150))
