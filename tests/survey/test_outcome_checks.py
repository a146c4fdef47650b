"""Tests of `cxdrivers.survey.outcome_checks`: drivers too near, or too far."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.survey.outcome_checks import nearly_all_explained, outcome_in_other_words, strangers
from tests.samples import OUTCOME, answers, survey_of
from tests.survey.sick_surveys import jumbled, sound, with_noise


@pytest.mark.parametrize(("spread", "found"), [(0.4, 1), (1.2, 0)])
def test_the_limit_is_a_correlation_of_85_hundredths(spread: float, found: int):
    frame = sound().assign(empathy=with_noise(OUTCOME, spread))
    assert (frame["empathy"].corr(frame[OUTCOME]) > 0.85) == bool(found)
    assert len([*outcome_in_other_words(survey_of(frame))]) == found


def test_the_same_question_the_other_way_round_is_found_too():
    frame = sound().assign(empathy=14 - with_noise(OUTCOME, 0.4))
    [finding] = outcome_in_other_words(survey_of(frame))
    assert finding.facts["correlation"] < -0.85


def test_one_driver_that_is_the_outcome_is_not_said_twice():
    frame = sound().assign(empathy=with_noise(OUTCOME, 0.1))
    assert [*nearly_all_explained(survey_of(frame))] == []


def test_weak_drivers_are_no_strangers():
    for seed in range(30):
        frame = answers((0.3, 0.3, 0.2), seed=seed, correlation=0.4)
        assert [*strangers(survey_of(frame))] == []


def test_two_drivers_or_few_rows_are_too_little_to_call_strangers():
    frame = jumbled(OUTCOME)
    assert [*strangers(survey_of(frame.drop(columns="empathy")))] == []
    assert [*strangers(survey_of(frame.head(99)))] == []
    assert len([*strangers(survey_of(frame))]) == 1


def test_the_nearest_driver_is_named_with_its_sign():
    [found] = strangers(survey_of(jumbled(OUTCOME)))
    expected = jumbled(OUTCOME).corr()[OUTCOME].drop(OUTCOME)
    nearest = expected.abs().idxmax()
    assert found.facts["driver"] == nearest
    assert found.facts["correlation"] == np.round(expected[nearest], 2)
