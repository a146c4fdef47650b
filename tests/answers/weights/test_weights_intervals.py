"""Tests of `answers.weights.weights_intervals`, and of weights resampled in another way."""

from __future__ import annotations

import numpy as np
import pytest

import cxdrivers as cx
from cxdrivers.moments.intervals import basic_interval, normal_interval, percentile_interval
from tests.samples import answers, survey_of


@pytest.fixture(scope="module")
def classic() -> cx.DriverWeights:
    return cx.driver_weights(survey_of(answers(n=150)), adjusted=False, n_boot=300, seed=4)


def test_every_kind_is_that_of_the_resamples(classic: cx.DriverWeights):
    estimate, replicates = classic.estimate, classic.replicates
    for kind, expected in (
        ("percentile", percentile_interval(replicates, 0.95)),
        ("basic", basic_interval(estimate, replicates, 0.95)),
        ("normal", normal_interval(estimate, replicates, 0.95)),
    ):
        table = classic.intervals(kind)
        np.testing.assert_array_equal(table[["conf_low", "conf_high"]].T, expected)


def test_bca_works_with_fewer_resamples_than_respondents():
    weights = cx.driver_weights(survey_of(answers(n=150)), adjusted=False, n_boot=100, seed=4)
    table = weights.intervals("bca")
    assert (table["conf_low"] < table["estimate"]).all()
    assert (table["estimate"] < table["conf_high"]).all()


def test_percentiles_are_those_of_the_table(classic: cx.DriverWeights):
    tidy = classic.tidy()
    table = classic.intervals()
    assert table["conf_low"].equals(tidy["conf_low"])


def test_an_unknown_kind_is_refused_and_so_is_bca_of_adjusted_weights(classic: cx.DriverWeights):
    with pytest.raises(cx.FitError, match=r"kind of interval is 'bcaa'\. Did you mean 'bca'\?"):
        classic.intervals("bcaa")
    adjusted = cx.driver_weights(survey_of(answers(n=150)), n_boot=20)
    with pytest.raises(cx.FitError, match=r"'bca' belong to the classic weights"):
        adjusted.intervals("bca")


def test_weights_can_be_resampled_as_if_there_were_no_clusters():
    frame = answers(n=300).assign(team=np.arange(300) // 10)
    clustered = cx.driver_weights(survey_of(frame, cluster="team"), n_boot=200, seed=1)
    naive = clustered.resampled("respondents")
    plain = cx.driver_weights(survey_of(frame), n_boot=200, seed=1)
    np.testing.assert_array_equal(naive.replicates, plain.replicates)
    assert "of clusters" in clustered.footer()
    assert "of respondents" in naive.footer()


def test_residuals_are_resampled_for_drivers_that_were_set():
    weights = cx.driver_weights(survey_of(answers(n=200)), n_boot=100, seed=1)
    fixed = weights.resampled("residuals", n_boot=150)
    assert fixed.replicates.shape == (150, 3)
    assert "150 resamples of residuals" in fixed.footer()
    np.testing.assert_array_equal(fixed.estimate, weights.estimate)


def test_a_scheme_that_the_survey_has_not_is_refused():
    weights = cx.driver_weights(survey_of(answers()), n_boot=20)
    with pytest.raises(cx.FitError):
        weights.resampled("clusters")


def test_replicate_weights_give_their_own_interval_and_no_ranks_of_resamples():
    """Forty jackknife weights of teams: every one leaves a team out and makes up for it."""
    frame = answers(n=400)
    team = np.arange(400) // 10
    names = tuple(f"rw_{number}" for number in range(40))
    for number, name in enumerate(names):
        frame[name] = np.where(team == number, 0.0, 40 / 39)
    fields = {"weight": "w", "replicate_weights": names, "replicate_scale": 39 / 40}
    survey = survey_of(frame.assign(w=1.0), **fields)
    weights = cx.driver_weights(survey)
    assert weights.replicates.shape == (40, 3)
    table = weights.tidy()
    assert table["p_first"].isna().all()
    teams = cx.driver_weights(survey_of(frame.assign(team=team), cluster="team")).tidy()
    width, expected = (
        (found["conf_high"] - found["conf_low"]).to_numpy() for found in (table, teams)
    )
    np.testing.assert_allclose(width, expected, rtol=0.25)
    assert "resamples of replicate weights" in weights.footer()


def test_controls_are_in_every_model_of_every_resample():
    frame = answers(n=200).assign(channel=np.array(["a", "b"])[np.arange(200) % 2])
    frame["satisfaction"] += np.where(frame["channel"] == "b", 1.0, 0.0)
    weights = cx.driver_weights(survey_of(frame), always=["channel"], n_boot=200, seed=2)
    plain = cx.driver_weights(survey_of(frame), n_boot=200, seed=2)
    assert weights.settings.always == ("channel",)
    low, high = weights.r_squared_interval
    assert low < weights.r_squared < high
    assert not np.allclose(weights.estimate, plain.estimate)
    with pytest.raises(cx.FitError, match="needs the rows"):
        cx.driver_weights(weights.moments, always=["channel"])


@pytest.mark.parametrize("method", ["first", "last", "betasq", "pratt", "johnson", "car"])
def test_every_method_has_resamples_and_a_readable_table(method: str):
    weights = cx.driver_weights(survey_of(answers(n=200)), method=method, n_boot=120, seed=3)
    table = weights.tidy()
    assert (table["conf_low"] <= table["conf_high"]).all()
    assert table["rank"].tolist()[0] == 1
    assert weights.r_squared == pytest.approx(weights.model.fit.r_squared_adjusted, abs=0.03)
    assert "Reliability" in repr(weights)
