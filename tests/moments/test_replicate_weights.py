"""Tests of `cxdrivers.moments.replicate_weights`."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from cxdrivers.errors import FitError
from cxdrivers.moments import resampling
from cxdrivers.moments.design import Design, design_of
from cxdrivers.moments.intervals import replicate_interval
from cxdrivers.moments.jackknife import jackknife_covariances
from cxdrivers.moments.replicate_weights import replicate_degrees, replicate_weight_covariances
from tests.samples import answers, survey_of


def replicated(frame: pd.DataFrame, weights: np.ndarray) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return a survey with columns of replicate weights, and the fields that name them."""
    names = [f"rw_{number}" for number in range(1, weights.shape[1] + 1)]
    more = pd.DataFrame(weights, columns=names, index=frame.index)
    return pd.concat([frame, more], axis=1), {"replicate_weights": tuple(names), "weight": "w"}


def jackknifed(teams: int = 12) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return a survey of teams with the replicate weights that leave each team out."""
    frame = answers(n=120).assign(w=np.arange(120) % 3 + 1.0, team=np.arange(120) % teams)
    stays = frame["team"].to_numpy()[:, np.newaxis] != np.arange(teams)
    return replicated(frame, frame[["w"]].to_numpy() * stays * teams / (teams - 1))


def every(design: Design) -> np.ndarray:
    return np.concatenate(list(replicate_weight_covariances(design)))


def test_each_replicate_has_the_covariance_under_its_own_weight():
    weights = np.random.default_rng(1).gamma(2, size=(300, 8))
    frame, fields = replicated(answers().assign(w=1.0), weights)
    found = every(design_of(survey_of(frame, **fields)))
    assert found.shape == (8, 4, 4)
    for number, covariance in enumerate(found):
        expected = np.cov(answers(), rowvar=False, aweights=weights[:, number], ddof=0)
        np.testing.assert_allclose(covariance, expected, atol=1e-11)


def test_only_the_rows_that_are_used_count():
    weights = np.random.default_rng(1).gamma(2, size=(300, 8))
    blank = answers().assign(w=1.0)
    blank.loc[:49, "empathy"] = np.nan
    holed, fields = replicated(blank, weights)
    whole, _ = replicated(blank.loc[50:], weights[50:])
    np.testing.assert_array_equal(
        every(design_of(survey_of(holed, **fields))), every(design_of(survey_of(whole, **fields)))
    )


def test_the_replicates_of_a_jackknife_are_those_of_leaving_clusters_out():
    frame, fields = jackknifed()
    design = design_of(survey_of(frame, cluster="team", replicate_scale=11 / 12, **fields))
    np.testing.assert_allclose(
        every(design), np.concatenate(list(jackknife_covariances(design))), atol=1e-12
    )
    assert design.replicate_scale == 11 / 12


def test_the_interval_of_a_mean_is_that_of_its_clusters():
    """With equal weights the jackknife variance of a mean of cluster means is s²/m."""
    frame, fields = jackknifed()
    design = design_of(survey_of(frame.assign(w=1.0), replicate_scale=11 / 12, **fields))
    assert design.replicate_weights is not None
    stays = design.replicate_weights > 0
    replicates = (stays.T @ design.outcome) / stays.sum(axis=0)
    mean = np.asarray(design.outcome.mean())
    low, high = replicate_interval(mean, replicates, 0.95, scale=design.replicate_scale)
    of_teams = pd.Series(design.outcome).groupby(frame["team"]).mean()
    error = of_teams.std(ddof=1) / np.sqrt(12)
    assert high - low == pytest.approx(2 * 2.200985160082949 * error)


def test_degrees_of_freedom_are_the_rank_of_the_weights_minus_one():
    frame, fields = jackknifed()
    assert replicate_degrees(design_of(survey_of(frame, replicate_scale=1.0, **fields))) == 11
    few = np.random.default_rng(1).gamma(2, size=(120, 3))
    repeated = few[:, [0, 1, 2, 0, 1, 2]]
    frame, fields = replicated(answers(n=120).assign(w=1.0), repeated)
    assert replicate_degrees(design_of(survey_of(frame, **fields))) == 2


def test_parts_that_fit_in_memory_join_up(monkeypatch):
    frame, fields = jackknifed()
    design = design_of(survey_of(frame, replicate_scale=1.0, **fields))
    whole = every(design)
    monkeypatch.setattr(resampling, "COUNTS_AT_ONCE", 120 * 5)
    parts = list(replicate_weight_covariances(design))
    assert [len(part) for part in parts] == [5, 5, 2]
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-13)


@pytest.mark.parametrize("ask", [replicate_degrees, every])
def test_a_survey_without_replicate_weights_is_told_so_in_both_languages(ask):
    with pytest.raises(FitError) as caught:
        ask(design_of(survey_of(answers())))
    assert str(caught.value) == (
        "There are no replicate weights. Name their columns as replicate_weights in the codebook, "
        'or draw respondents with scheme="respondents".'
    )
    assert caught.value.say("nl").startswith("Er zijn geen replicatiegewichten. Noem hun kolommen")
