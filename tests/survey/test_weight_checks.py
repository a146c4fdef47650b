"""Tests of `cxdrivers.survey.weight_checks`: weights that carry too much."""

from __future__ import annotations

import numpy as np

from cxdrivers.survey.weight_checks import unequal_weights, zero_weights
from tests.samples import survey_of
from tests.survey.sick_surveys import sound, weighted


def test_a_survey_without_weights_has_nothing_to_say():
    assert [*zero_weights(survey_of(sound())), *unequal_weights(survey_of(sound()))] == []


def test_weights_of_any_size_are_judged_by_their_mean():
    weights = np.r_[np.full(3, 8.0), np.ones(297)]
    for scale in (1.0, 1000.0):
        [found] = unequal_weights(survey_of(weighted(weights * scale), weight="w"))
        assert (found.check, found.rows, found.facts["most"]) == ("large_weights", 3, 7.5)


def test_rows_without_a_weight_do_not_make_others_heavy():
    weights = np.r_[np.zeros(100), np.full(200, 3.0)]
    assert [*unequal_weights(survey_of(weighted(weights), weight="w"))] == []


def test_one_heavy_row_is_spoken_of_in_the_singular():
    [found] = unequal_weights(survey_of(weighted(np.r_[9.0, np.ones(299)]), weight="w"))
    assert "in 1 row, up to 8.8 times. That row" in found.meaning.say()
    assert "in 1 rij" in found.meaning.say("nl")
