"""Tests of `cxdrivers.models.own_effects`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from cxdrivers.models.own_effects import (
    effects_of_groups,
    effects_of_model,
    effects_of_moments,
    expected_factor,
)
from cxdrivers.models.part_slopes import FEWEST_PARTS, slope_covariances
from cxdrivers.models.satisfaction import fit_satisfaction
from cxdrivers.moments.design import design_of
from cxdrivers.moments.grouped_rows import grouped_moments
from cxdrivers.moments.moments import Moments, moments_of
from tests.moments.group_twins import grouped_frame, grouped_survey
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


GROUPED = grouped_moments(grouped_survey(grouped_frame()), "region", parts=12, seed=2)


def test_groups_in_parts_have_the_interval_of_what_is_left_without_each():
    effects = effects_of_groups(GROUPED, 0.9)
    covariances = slope_covariances(GROUPED)
    for place in range(3):
        matrix = GROUPED.covariance[place]
        slopes = np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1])
        error = np.sqrt(np.diag(covariances[place]))
        np.testing.assert_allclose(effects.effect[place], slopes, atol=1e-12)
        reach = stats.t.ppf(0.95, 11) * error
        np.testing.assert_allclose(effects.low[place], slopes - reach, atol=1e-12)
        np.testing.assert_allclose(effects.high[place], slopes + reach, atol=1e-12)
        p_values = 2 * stats.t.sf(np.abs(slopes / error), 11)
        np.testing.assert_allclose(effects.own_p_value[place], p_values, atol=1e-12)
        one = effects_of_groups(GROUPED.of(GROUPED.labels[place]), 0.9)
        np.testing.assert_allclose(one.low[0], effects.low[place], rtol=1e-9)


def test_a_driver_of_two_columns_is_tested_by_hotelling():
    frame = grouped_frame()
    frame.loc[frame.index % 4 == 0, "empathy"] = -1
    moments = grouped_moments(grouped_survey(frame, not_applicable=[-1]), "region", parts=12)
    effects = effects_of_groups(moments, 0.95)
    pair = list(moments.groups[1])
    for place in range(3):
        matrix = moments.covariance[place]
        slopes = np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1])[pair]
        inner = slope_covariances(moments)[place][np.ix_(pair, pair)]
        squared = slopes @ np.linalg.inv(inner) @ slopes
        expected = stats.f.sf(squared * 10 / (11 * 2), 2, 10)
        assert effects.own_p_value[place, 1] == pytest.approx(expected)


def test_a_group_in_few_parts_has_classical_errors_and_none_with_whole_clusters():
    few = grouped_moments(grouped_survey(grouped_frame()), "region", parts=FEWEST_PARTS - 1)
    effects = effects_of_groups(few, 0.95)
    for place in range(3):
        classical = effects_of_moments(few.moments(place), 0.95)
        for name, values in vars(classical).items():
            np.testing.assert_allclose(getattr(effects, name)[place], values, atol=1e-12)
    clustered = effects_of_groups(replace(few, whole_clusters=np.array([True, False, False])), 0.95)
    assert np.isnan(clustered.low[0]).all()
    assert np.isnan(clustered.own_p_value[0]).all()
    np.testing.assert_array_equal(clustered.effect, effects.effect)
    np.testing.assert_array_equal(clustered.low[1:], effects.low[1:])


def test_expected_ratings_widen_the_interval_by_as_many_as_they_are():
    moments = replace(GROUPED, blank=np.where(np.arange(3) == 1, GROUPED.rated // 4, 0))
    np.testing.assert_allclose(expected_factor(moments)[:, [0, 2]], 1)
    plain, wider = effects_of_groups(GROUPED, 0.95), effects_of_groups(moments, 0.95)
    factor = 1 + (GROUPED.rated[:, 1] // 4) / GROUPED.rated[:, 1]
    np.testing.assert_allclose(
        (wider.high - wider.low)[:, 1], factor * (plain.high - plain.low)[:, 1]
    )
    assert (wider.own_p_value[:, 1] >= plain.own_p_value[:, 1]).all()
    np.testing.assert_array_equal(wider.low[:, 0], plain.low[:, 0])


def test_expected_ratings_widen_classical_intervals_too():
    few = grouped_moments(grouped_survey(grouped_frame()), "region", parts=FEWEST_PARTS - 1)
    blank = replace(few, blank=np.repeat([[0, 9, 0]], 3, axis=0))
    plain, wider = effects_of_groups(few, 0.95), effects_of_groups(blank, 0.95)
    factor = expected_factor(blank)
    np.testing.assert_allclose(wider.high - wider.low, factor * (plain.high - plain.low))
    assert (wider.own_p_value[:, 1] > plain.own_p_value[:, 1]).all()
    np.testing.assert_array_equal(wider.own_p_value[:, 0], plain.own_p_value[:, 0])


def test_a_driver_that_never_varies_in_a_group_has_no_effect_there():
    frame = grouped_frame()
    frame.loc[frame["region"] == "north", "empathy"] = 7.0
    moments = grouped_moments(grouped_survey(frame), "region", parts=12)
    effects = effects_of_groups(moments, 0.95)
    north = moments.labels.index("north")
    np.testing.assert_array_equal(np.isnan(effects.effect[north]), [False, True, False])
    assert np.isnan(effects.own_p_value[north, 1])
    assert np.isfinite(np.delete(effects.low, north, axis=0)).all()
