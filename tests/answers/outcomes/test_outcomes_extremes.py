"""Tests of `answers.outcomes.outcomes_extremes`."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

import cxdrivers as cx
from cxdrivers.answers.outcomes.outcomes_extremes import (
    extremes_table,
    place_of,
    standard_error,
)
from cxdrivers.models.many_tests import holm_adjusted
from cxdrivers.moments.expanded import expanded_level_of
from tests.answers.outcomes.graded_surveys import graded_survey, proportional


@pytest.mark.parametrize(
    ("at_bottom", "at_top", "difference", "clear", "place"),
    [
        (True, False, 0.2, True, "bottom"),
        (True, True, 0.2, True, "more_bottom"),
        (False, True, -0.2, True, "top"),
        (True, True, -0.2, True, "more_top"),
        (True, True, 0.2, False, "both"),
        (True, False, 0.2, False, "unclear"),
        (False, True, -0.2, False, "unclear"),
        (False, True, 0.2, True, "unclear"),
        (False, False, 0.2, True, "neither"),
    ],
)
def test_shown_here_and_not_there_is_no_difference_by_itself(
    at_bottom, at_top, difference, clear, place
):
    assert place_of(at_bottom, at_top, difference, clear=clear) == place


def test_an_outcome_does_not_differ_from_itself():
    weights = cx.driver_weights(
        graded_survey(proportional()), kind="top_box", threshold=8, n_boot=50
    )
    table = extremes_table(weights, weights, thin=False)
    assert (table[["difference", "difference_low", "difference_high"]] == 0).all(axis=None)
    assert table["p_value"].isna().all()
    assert set(table["where"]) <= {"both", "neither"}


def test_ends_that_change_places_turn_the_difference():
    survey = graded_survey(proportional())
    bottom, top = (
        cx.driver_weights(survey, kind="top_box", threshold=value, n_boot=50) for value in (6, 9)
    )
    one, other = extremes_table(bottom, top, thin=False), extremes_table(top, bottom, thin=False)
    np.testing.assert_allclose(one["difference"], -other["difference"])
    np.testing.assert_allclose(one["difference_low"], -other["difference_high"])
    np.testing.assert_allclose(one["p_value"], other["p_value"])


def test_the_p_value_is_that_of_a_normal_test_with_the_spread_of_the_resamples():
    survey = graded_survey(proportional())
    bottom, top = (
        cx.driver_weights(survey, kind="top_box", threshold=value, n_boot=80) for value in (6, 9)
    )
    table = extremes_table(bottom, top, thin=False)
    shares = [found.replicates / found.replicates.sum(axis=1)[:, None] for found in (bottom, top)]
    spread = (shares[0] - shares[1]).std(axis=0, ddof=1)
    widened = norm.isf((1 - expanded_level_of(bottom.model.design, 0.95)) / 2) / norm.isf(0.025)
    statistic = np.abs(table["difference"]) / (spread * widened)
    np.testing.assert_allclose(table["p_value"], holm_adjusted(2 * norm.sf(statistic)))


def test_clusters_make_a_difference_less_sure_than_as_many_respondents():
    frame = proportional().assign(agent=np.arange(500) % 8)
    survey = graded_survey(frame, cluster="agent")
    ends = [
        cx.driver_weights(survey, kind="top_box", threshold=value, n_boot=100) for value in (6, 9)
    ]
    level = 0.95
    spread = np.ones((100, 3)) * np.linspace(-1, 1, 100)[:, None]
    interval = (-np.ones(3), np.ones(3))
    error = standard_error(spread, interval, ends[0])
    plain = spread.std(axis=0, ddof=1)
    usual = norm.isf((1 - level) / 2)
    widened = norm.isf((1 - expanded_level_of(ends[0].model.design, level)) / 2)
    np.testing.assert_allclose(error, plain * widened / usual)
    assert (error > 1.1 * plain).all()


def test_replicate_weights_have_the_standard_error_of_their_own_interval():
    rng = np.random.default_rng(2)
    frame = proportional().assign(weight=1.0)
    names = [f"rw_{place}" for place in range(12)]
    frame[names] = rng.choice([0.0, 2.0], size=(500, 12))
    survey = graded_survey(frame, weight="weight", replicate_weights=names)
    bottom, top = (cx.driver_weights(survey, kind="top_box", threshold=cut) for cut in (6, 9))
    table = extremes_table(bottom, top, thin=False)
    reach = (table["difference_high"] - table["difference_low"]) / 2
    by_hand = 2 * norm.sf(np.abs(table["difference"]) / reach * norm.isf(0.025))
    np.testing.assert_allclose(table["p_value"], holm_adjusted(by_hand))
