"""Tests of `cxdrivers.survey.ratings`: correlations are those of other programs."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from statsmodels.stats.outliers_influence import variance_inflation_factor

from cxdrivers.survey.ratings import base_in_use, pairwise_correlations, ratings_of
from tests.samples import OUTCOME, survey_of
from tests.survey.sick_surveys import sound, with_value


def test_correlations_of_pairs_are_those_of_pandas():
    frame = with_value("empathy", 60, np.nan, with_value(OUTCOME, 30, np.nan))
    frame.loc[200:, "reliability"] = np.nan
    found, rows = pairwise_correlations(frame.to_numpy(), np.ones(300))
    np.testing.assert_allclose(found, frame.corr().to_numpy(), atol=1e-12)
    assert rows[0].tolist() == [200, 140, 200, 170]


def test_a_weight_counts_a_row_that_many_times():
    values = sound().to_numpy()
    times = np.random.default_rng(1).integers(0, 4, 300)
    weighted, _ = pairwise_correlations(values, times.astype(float))
    repeated, _ = pairwise_correlations(np.repeat(values, times, axis=0), np.ones(times.sum()))
    np.testing.assert_allclose(weighted, repeated, atol=1e-12)


def test_what_does_not_vary_has_no_correlation():
    found, _ = pairwise_correlations(np.column_stack([np.ones(60), np.arange(60)]), np.ones(60))
    assert np.isnan(found[0]).all()
    assert found[1, 1] == 1


def test_a_model_sees_what_statsmodels_sees():
    ratings = ratings_of(survey_of(sound()))
    seen = ratings.correlations_of_model
    drivers = sm.add_constant(sound().drop(columns=OUTCOME))
    factors = [variance_inflation_factor(drivers.to_numpy(), place) for place in (1, 2, 3)]
    np.testing.assert_allclose(np.diag(np.linalg.inv(seen[:-1, :-1])), factors)
    with_outcome = seen[:-1, -1]
    explained = with_outcome @ np.linalg.solve(seen[:-1, :-1], with_outcome)
    assert explained == pytest.approx(sm.OLS(sound()[OUTCOME], drivers).fit().rsquared)


def test_a_driver_that_did_not_apply_is_at_its_mean_and_a_blank_leaves_the_row_out():
    frame = with_value("empathy", 40, 0)
    frame.loc[40:59, "reliability"] = np.nan
    seen = ratings_of(survey_of(frame, not_applicable=[0])).correlations_of_model
    left = frame.drop(index=range(40, 60))
    mean = left.loc[left["empathy"] != 0, "empathy"].mean()
    expected = left.assign(empathy=left["empathy"].replace(0, mean)).corr()
    np.testing.assert_allclose(seen, expected.to_numpy(), atol=1e-12)


def test_too_few_rows_and_exact_ties_are_not_told():
    assert ratings_of(survey_of(sound().head(49))).correlations_of_model is None
    tied = sound().assign(customer_focus=lambda frame: frame["empathy"] + frame["reliability"])
    assert ratings_of(survey_of(tied)).correlations_of_model is None
    few = ratings_of(survey_of(sound().head(49)))
    assert np.isnan(few.with_outcome).all()


def test_categories_and_what_never_varies_are_no_ratings():
    frame = sound().assign(empathy=7.0, wait_time=pd.Categorical(np.resize(["phone", "chat"], 300)))
    assert ratings_of(survey_of(frame)).drivers == ("reliability", "customer_focus")


def test_rows_with_some_blanks_are_in_use():
    survey = survey_of(with_value("empathy", 60, np.nan))
    assert (survey.base.n, base_in_use(survey).n) == (240, 300)
