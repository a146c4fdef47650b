"""Tests of `cxdrivers.models.own_effects`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cxdrivers.models.own_effects import effects_of_model, effects_of_moments
from cxdrivers.models.satisfaction import fit_satisfaction
from cxdrivers.moments.design import design_of
from cxdrivers.moments.moments import Moments, moments_of
from tests.samples import answers, survey_of


def test_moments_give_the_classical_regression():
    frame = answers(n=120)
    effects = effects_of_moments(moments_of(design_of(survey_of(frame))), 0.9)
    direct = sm.OLS(frame["satisfaction"], sm.add_constant(frame.iloc[:, :3])).fit()
    bounds = direct.conf_int(alpha=0.1)
    np.testing.assert_allclose(effects.effect, direct.params.iloc[1:], rtol=1e-9)
    np.testing.assert_allclose(effects.low, bounds.iloc[1:, 0], rtol=1e-7)
    np.testing.assert_allclose(effects.high, bounds.iloc[1:, 1], rtol=1e-7)
    np.testing.assert_allclose(effects.own_p_value, direct.pvalues.iloc[1:], rtol=1e-6)


def test_a_model_gives_the_slope_of_the_rating_not_of_the_mark():
    frame = answers(n=200)
    frame.loc[:59, "empathy"] = -1
    model = fit_satisfaction(survey_of(frame, not_applicable=[-1]))
    effects = effects_of_model(model)
    ratings = model.tidy().query("term == 'rating'")
    np.testing.assert_array_equal(effects.effect, ratings["estimate"])
    np.testing.assert_array_equal(effects.low, ratings["conf_low"])
    np.testing.assert_array_equal(effects.high, ratings["conf_high"])


@pytest.mark.parametrize("kind", ["top_box", "ordinal"])
def test_a_logistic_model_gives_the_effect_on_the_chance_of_the_threshold(kind: str):
    frame = answers(n=400)
    frame["satisfaction"] = frame["satisfaction"].round().clip(5, 9)
    frame.loc[:59, "empathy"] = -1
    survey = survey_of(frame, not_applicable=[-1])
    model = fit_satisfaction(survey, kind=kind, threshold=8)
    effects = effects_of_model(model)
    ratings = model.tidy().query("term == 'rating'")
    np.testing.assert_array_equal(effects.effect, ratings["effect"])
    np.testing.assert_array_equal(effects.low, ratings["effect_low"])
    np.testing.assert_array_equal(effects.high, ratings["effect_high"])
    assert effects.own_p_value[0] == pytest.approx(ratings["p_value"].iloc[0], rel=1e-6)
    assert effects.own_p_value[1] != pytest.approx(ratings["p_value"].iloc[1], rel=1e-3)


def test_a_penalised_model_gives_the_likelihood_ratio_test_of_each_driver():
    frame = answers(n=60)
    model = fit_satisfaction(survey_of(frame), kind="top_box", threshold=8.5)
    assert model.fit.profiled
    effects = effects_of_model(model)
    np.testing.assert_allclose(effects.own_p_value, model.tidy()["p_value"], rtol=1e-6)


def test_moments_of_a_pair_give_one_effect_a_driver():
    frame = answers(n=200)
    frame.loc[:59, "empathy"] = -1
    survey = survey_of(frame, not_applicable=[-1])
    effects = effects_of_moments(moments_of(design_of(survey)), 0.95)
    assert effects.effect.shape == effects.own_p_value.shape == (3,)
    ratings = fit_satisfaction(survey).tidy().query("term == 'rating'")
    np.testing.assert_allclose(effects.effect, ratings["estimate"], rtol=1e-9)


def test_moments_with_a_driver_that_never_varies_give_it_no_effect():
    frame = answers(n=200).assign(empathy=7.0)
    effects = effects_of_moments(moments_of(design_of(survey_of(frame))), 0.95)
    np.testing.assert_array_equal(np.isnan(effects.effect), [False, True, False])
    direct = sm.OLS(frame["satisfaction"], sm.add_constant(frame.iloc[:, [0, 2]])).fit()
    np.testing.assert_allclose(effects.effect[[0, 2]], direct.params.iloc[1:], rtol=1e-9)
    np.testing.assert_allclose(effects.own_p_value[[0, 2]], direct.pvalues.iloc[1:], rtol=1e-6)


def test_moments_that_the_drivers_explain_wholly_leave_no_doubt():
    matrix = pd.DataFrame([[1, 0, 0.6], [0, 1, 0.8], [0.6, 0.8, 1]], columns=["a", "b", "y"])
    effects = effects_of_moments(Moments.from_covariance(matrix, outcome="y", n=100), 0.95)
    assert effects.effect == pytest.approx([0.6, 0.8])
    assert effects.low == pytest.approx([0.6, 0.8])
    assert effects.own_p_value == pytest.approx([0, 0])
