"""Tests of `answers.weights.weights` where respondents belong together."""

from __future__ import annotations

import numpy as np
import pandas as pd

import cxdrivers as cx
from cxdrivers.answers.weights.estimation import resampled_shares
from cxdrivers.importance.linear_shares import linear_shares
from cxdrivers.moments.design import design_of
from tests.samples import answers, lmg, survey_of


def test_clusters_are_resampled_whole_and_the_noise_is_taken_from_the_resamples():
    survey = survey_of(_clustered(), cluster="team")
    weights = cx.driver_weights(survey, n_boot=400, seed=2)
    design = design_of(survey)
    raw = linear_shares(weights.moments.covariance, weights.moments.groups)
    drawn = resampled_shares(design, lmg(design), n=600, adjust=0, n_boot=400, seed=2)
    noise = drawn.mean(axis=0) - raw
    np.testing.assert_allclose(weights.estimate, raw - noise, atol=1e-12)
    np.testing.assert_allclose(weights.replicates, drawn - noise, atol=1e-12)
    np.testing.assert_allclose(weights.replicates.mean(axis=0), raw, atol=1e-12)


def test_clusters_make_intervals_wider_when_drivers_and_noise_share_them():
    frame = _clustered()
    naive = cx.driver_weights(survey_of(frame.drop(columns="team")), n_boot=400).tidy()
    clustered = cx.driver_weights(survey_of(frame, cluster="team"), n_boot=400)
    table = clustered.tidy()
    assert _width(table)[0] > 1.5 * _width(naive)[0]
    assert table.loc[0, "estimate"] < naive.loc[0, "estimate"]
    assert "400 resamples of clusters" in clustered.footer()


def test_the_classic_numbers_of_clusters_are_not_adjusted():
    frame = _clustered()
    plain = cx.driver_weights(survey_of(frame.drop(columns="team")), n_boot=0, adjusted=False)
    clustered = cx.driver_weights(survey_of(frame, cluster="team"), n_boot=50, adjusted=False)
    np.testing.assert_allclose(clustered.estimate, plain.estimate, atol=1e-12)


def _clustered() -> pd.DataFrame:
    rng = np.random.default_rng(21)
    team = np.arange(600) // 20
    frame = answers(n=600)
    frame["reliability"] += 1.5 * rng.normal(size=30)[team]
    frame["satisfaction"] += 1.5 * rng.normal(size=30)[team]
    return frame.assign(team=team)


def _width(table: pd.DataFrame) -> pd.Series:
    return table["conf_high"] - table["conf_low"]
