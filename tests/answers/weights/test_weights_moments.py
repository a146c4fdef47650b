"""Tests of `answers.weights.weights` without rows."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from tests.samples import answers, survey_of

RESAMPLED = ["conf_low", "conf_high", "share_low", "share_high", "rank_low", "rank_high"]
RESAMPLED += ["p_first", "p_top_two"]


def test_moments_give_weights_without_intervals():
    survey = survey_of(answers())
    with_rows = cx.driver_weights(survey, n_boot=0)
    without = cx.driver_weights(with_rows.moments)
    np.testing.assert_allclose(without.estimate, with_rows.estimate, atol=1e-12)
    assert without.settings.n_boot == 0
    assert without.tidy()[RESAMPLED].isna().all(axis=None)
    assert "Reliability" in repr(without)


def test_moments_have_no_regression_with_robust_errors():
    moments = cx.driver_weights(survey_of(answers()), n_boot=0).moments
    with pytest.raises(cx.FitError, match=r"This needs the rows of a survey.* Pass the survey"):
        _ = cx.driver_weights(moments).model


def test_moments_of_a_survey_with_a_pair_give_weights_again():
    frame = answers()
    frame.loc[:99, "empathy"] = -1
    with_rows = cx.driver_weights(survey_of(frame, not_applicable=[-1]), n_boot=0)
    without = cx.driver_weights(with_rows.moments).tidy()
    np.testing.assert_allclose(without["estimate"], with_rows.estimate, atol=1e-12)
    np.testing.assert_allclose(without["effect"], with_rows.effects.effect, rtol=1e-8)


def test_collinear_moments_are_refused_by_name():
    matrix = [[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]]
    names = ["empathy", "wait_time", "satisfaction"]
    moments = cx.Moments.from_covariance(matrix, names=names, outcome="satisfaction", n=200)
    with pytest.raises(cx.FitError, match=r"The drivers 'empathy', 'wait_time' are tied together"):
        cx.driver_weights(moments)
