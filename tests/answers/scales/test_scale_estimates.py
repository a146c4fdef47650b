"""Tests of `answers.scales.scale_estimates`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.answers.scales.scale_estimates import estimated_scales, is_scale
from cxdrivers.moments.design import design_of
from cxdrivers.survey.reliability import alpha_of, omega_of
from tests.scale_samples import scale_answers, scale_survey


def _replicates(survey: cx.Survey, *, n_boot: int = 20, seed: int = 3) -> np.ndarray:
    design = design_of(survey, blanks=True)
    scales, pairs = estimated_scales(survey, design, n_boot=n_boot, seed=seed)
    return np.hstack([part.replicates for part in (*scales, *pairs)])


def test_the_sample_has_the_figures_of_its_covariances():
    frame = scale_answers()
    survey = scale_survey(frame)
    scales, pairs = estimated_scales(survey, design_of(survey, blanks=True), n_boot=0, seed=0)
    assert [scale.key for scale in scales] == ["reliability", "empathy", "wait_time"]
    for scale in scales:
        covariance = frame[list(scale.items)].cov().to_numpy()
        assert scale.alpha == pytest.approx(float(alpha_of(covariance)))
        assert scale.omega == pytest.approx(float(omega_of(covariance)))
        assert (scale.n, scale.replicates.shape) == (600, (0, 2))
    assert [(pair.driver, pair.other) for pair in pairs] == [
        ("reliability", "empathy"),
        ("reliability", "wait_time"),
        ("empathy", "wait_time"),
    ]


def test_a_resample_is_the_sample_of_the_respondents_who_were_drawn():
    frame = scale_answers(n=80)
    rng = np.random.default_rng(3)
    drawn = np.bincount(rng.integers(0, 80, size=(1, 80))[0], minlength=80)
    again = frame.loc[np.repeat(np.arange(80), drawn)].reset_index(drop=True)
    survey = scale_survey(again)
    scales, pairs = estimated_scales(survey, design_of(survey, blanks=True), n_boot=0, seed=0)
    expected = np.hstack([*(scale.reliability for scale in scales), *(pair.htmt for pair in pairs)])
    found = _replicates(scale_survey(frame), n_boot=2)
    np.testing.assert_allclose(found[0], expected, atol=1e-9)


def test_where_there_are_clusters_these_are_drawn():
    """Rows that are copies of each other within a cluster make resamples differ more."""
    frame = scale_answers(n=60)
    copied = pd.concat([frame] * 10, ignore_index=True).assign(team=np.tile(np.arange(60), 10))
    alone = _replicates(scale_survey(copied), n_boot=60).std(axis=0)
    whole = _replicates(scale_survey(copied, cluster="team"), n_boot=60).std(axis=0)
    assert (whole > 2 * alone).all()
    np.testing.assert_allclose(whole, _replicates(scale_survey(frame), n_boot=60).std(axis=0))


def test_weights_count_in_the_sample_and_in_every_resample():
    frame = scale_answers(n=300)
    rng = np.random.default_rng(5)
    noise = pd.DataFrame(rng.normal(7, 1, (300, frame.shape[1])), columns=frame.columns)
    both = pd.concat([frame, noise], ignore_index=True)
    light = scale_survey(both.assign(w=np.repeat([1.0, 1e-6], 300)), weight="w")
    found, plain = _replicates(light), _replicates(scale_survey(frame))
    assert np.abs(found.mean(axis=0) - plain.mean(axis=0)).max() < 0.05


def test_the_same_seed_draws_the_same_respondents():
    survey = scale_survey(scale_answers(n=100))
    np.testing.assert_array_equal(_replicates(survey), _replicates(survey))
    assert not np.array_equal(_replicates(survey), _replicates(survey, seed=4))


def test_blanks_are_taken_into_account_in_every_resample():
    frame = scale_answers(n=400)
    rng = np.random.default_rng(1)
    items = [column for column in frame if column != "satisfaction"]
    holed = frame.mask(rng.random(frame.shape) < 0.1).assign(satisfaction=frame["satisfaction"])
    found, whole = _replicates(scale_survey(holed)), _replicates(scale_survey(frame))
    assert holed[items].isna().any(axis=1).mean() > 0.5
    assert np.isfinite(found).all()
    assert np.abs(found.mean(axis=0) - whole.mean(axis=0)).max() < 0.04


def test_only_means_of_several_items_are_scales():
    question = cx.Question("empathy", ("a", "b"))
    assert is_scale(question)
    assert not is_scale(cx.Question("empathy", ("a",)))
    assert not is_scale(cx.Question("empathy", ("a", "b"), kind="items"))
    assert not is_scale(cx.Question("both", interaction=("empathy", "wait_time")))
