"""Tests of `answers.groups.group_measures`: own numbers, their errors, and what groups share."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import cxdrivers as cx
from cxdrivers.answers.groups.group_contrasts import contrasts_with_rest
from cxdrivers.answers.groups.group_estimates import EFFECT, WEIGHT, Estimates, group_estimates
from cxdrivers.answers.groups.group_measures import group_measure, measures_of
from cxdrivers.answers.groups.typical_variances import typical_variances
from cxdrivers.models.many_tests import benjamini_hochberg
from cxdrivers.models.moderated_variances import moderated_variances
from cxdrivers.models.random_effects import random_effects
from cxdrivers.moments.grouped_rows import grouped_moments
from tests.answers.groups.grouped_surveys import SLOPES, grouped_survey
from tests.samples import answers, survey_of


def _found(groups: int = 5, seed: int = 1) -> tuple[Estimates, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    found = Estimates(rng.normal(size=(groups, 2)), rng.uniform(0.1, 0.9, (groups, 2)))
    sizes = np.broadcast_to(rng.integers(20, 90, (groups, 1)).astype(float), (groups, 2))
    return found, np.full((groups, 2), 19.0), sizes


def test_variances_are_moderated_and_the_whole_is_pooled_by_them():
    found, degrees, sizes = _found()
    measure = group_measure(found, degrees, sizes, compared=5, measure=EFFECT, level=0.9)
    of_slopes = 20 * sizes / (sizes + 60)
    moderated = moderated_variances(found.variance.T, sizes.T, of_slopes.T)
    np.testing.assert_allclose(measure.variance, moderated.variances.T)
    spread = random_effects(
        found.estimate.T, moderated.variances, level=0.9, degrees=moderated.degrees
    )
    np.testing.assert_allclose(measure.spread.mean, spread.mean)
    np.testing.assert_allclose(measure.shrunk()[0], spread.shrunk.T)
    reach = stats.t.ppf(0.95, moderated.degrees.T) * np.sqrt(moderated.variances.T)
    np.testing.assert_allclose(measure.interval(0.9)[1], found.estimate + reach)


def test_small_groups_together_are_shown_and_change_nothing_of_the_others():
    found, degrees, sizes = _found(6)
    whole = group_measure(found, degrees, sizes, compared=5, measure=EFFECT, level=0.95)
    first = Estimates(found.estimate[:5], found.variance[:5])
    alone = group_measure(first, degrees[:5], sizes[:5], compared=5, measure=EFFECT, level=0.95)
    np.testing.assert_allclose(whole.variance[:5], alone.variance)
    np.testing.assert_allclose(whole.spread.tau, alone.spread.tau)
    np.testing.assert_allclose(whole.variance[5], found.variance[5])
    assert np.isnan(np.array(whole.shrunk())[:, 5]).all()


def test_variances_that_follow_the_estimate_are_those_typical_of_a_size():
    found, degrees, sizes = _found()
    measure = group_measure(found, degrees, sizes, compared=5, measure=WEIGHT, level=0.95)
    typical = typical_variances(found.variance.T, sizes.T).T
    np.testing.assert_allclose(measure.variance, typical)
    np.testing.assert_allclose(measure.degrees, np.minimum(19, 20 * sizes / (sizes + 60)))
    pooled = random_effects(found.estimate.T, typical.T, degrees=np.full((2, 5), 95.0))
    np.testing.assert_allclose(measure.spread.mean, pooled.mean)


def test_weights_of_small_groups_are_not_pooled_towards_nothing():
    """Pooled by their own variances, a weight of 8 % came out below 4 % with 30 a group."""
    truth = cx.driver_weights(survey_of(answers(SLOPES, n=20_000, seed=9)), n_boot=0).estimate
    means = []
    for seed in range(1, 5):
        moments = grouped_moments(grouped_survey([30] * 25, seed=seed), "group", seed=seed)
        measures = measures_of(moments, group_estimates(moments), compared=25, level=0.95)
        means.append(measures["weight"].spread.mean)
    assert np.mean(means, axis=0) == pytest.approx(truth, abs=0.025)


def test_ratings_count_by_who_gave_them():
    survey = grouped_survey([60, 60, 60])
    frame = survey.frame.copy()
    frame.loc[:39, "empathy"] = np.nan
    moments = grouped_moments(cx.Survey(frame, survey.codebook), "group")
    estimates = group_estimates(moments)
    measures = measures_of(moments, estimates, compared=3, level=0.95)
    sizes = moments.rated.astype(float).T
    expected = moderated_variances(
        estimates.mean.variance.T, sizes, np.broadcast_to(estimates.degrees, sizes.shape)
    )
    np.testing.assert_allclose(measures["mean"].variance, expected.variances.T)
    assert moments.rated[0].tolist() == [60, 20, 60]


def test_slopes_of_small_groups_are_no_surer_than_they_are_beside_large_ones():
    """Beside six columns 24 respondents tell a slope as 16 would; large groups do not say so."""
    sizes, slopes = [24] * 80 + [1500] * 4, np.array([0.5, 0.3, 0.1, 0.1, 0.0, 0.0])
    rng = np.random.default_rng(8)
    drivers = [f"d{place}" for place in range(6)]
    frame = pd.DataFrame(rng.normal(size=(sum(sizes), 6)), columns=drivers)
    frame["grade"] = frame[drivers] @ slopes + rng.normal(size=len(frame))
    frame["group"] = np.repeat(np.arange(len(sizes)), sizes)
    survey = cx.Survey.from_frame(frame, outcome="grade", drivers=drivers)
    moments = grouped_moments(survey, "group", parts=24)
    for numbers in (moments.sums, moments.squares, moments.rating_masses, moments.rating_sums):
        numbers[:80, 0], numbers[:80, 1:] = numbers[:80].sum(axis=1), 0
    measures = measures_of(moments, group_estimates(moments), compared=84, level=0.95)
    found = measures[EFFECT]
    squared = (found.estimate - slopes)[:80] ** 2 / found.variance[:80]
    assert squared.mean() == pytest.approx(1, abs=0.15)


@pytest.mark.slow
def test_a_weight_stands_out_for_nothing_in_few_surveys():
    """Forty surveys of eight groups of 30 that do not differ."""
    surveys = 40
    found = 0
    for seed in range(surveys):
        moments = grouped_moments(grouped_survey([30] * 8, seed=seed), "group", seed=seed)
        measure = measures_of(moments, group_estimates(moments), compared=8, level=0.95)[WEIGHT]
        rest = contrasts_with_rest(
            measure.estimate, measure.variance, measure.degrees, moments.rated.astype(float)
        )
        found += bool((benjamini_hochberg(rest.p_value.ravel()) < 0.05).any())
    assert found <= 4


@pytest.mark.slow
def test_variances_of_slopes_of_small_groups_are_no_longer_half_too_large():
    """Without the correction those of 30 respondents and three drivers are 1.2 times too large."""
    moments = grouped_moments(grouped_survey([30] * 600, names=list(range(600))), "group")
    effect = group_estimates(moments).effect
    ratio = effect.variance.mean(axis=0) / effect.estimate.var(axis=0, ddof=1)
    assert ratio.mean() == pytest.approx(1.07, abs=0.1)
