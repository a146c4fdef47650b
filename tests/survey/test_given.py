"""Tests of `cxdrivers.survey.given`: answers as they were given, and who answered alike."""

from __future__ import annotations

import numpy as np
import pytest

from cxdrivers.codebook.codebook import Codebook, Question
from cxdrivers.survey.given import as_given, one_scale, straight_liners
from cxdrivers.survey.survey import Survey
from tests.survey.sick_surveys import WIDE, answered, turned, wide


def test_reversed_items_are_turned_back():
    survey = Survey(wide(), turned(("empathy_1",)))
    [question] = (one for one in survey.codebook.drivers if one.key == "empathy")
    np.testing.assert_array_equal(as_given(survey, question), wide()[WIDE["empathy"]])
    assert not np.array_equal(survey.answers["empathy"].values, wide()[WIDE["empathy"]])


def test_the_scale_with_most_items_is_looked_at():
    drivers = (
        Question("empathy", tuple(WIDE["empathy"]), scale=(1, 10)),
        Question("reliability", tuple(WIDE["reliability"])),
        Question("customer_focus", tuple(WIDE["customer_focus"]), scale=(1, 10)),
    )
    survey = Survey(wide(), Codebook(Question("satisfaction", ("satisfaction",)), drivers))
    expected = wide()[[*WIDE["empathy"], *WIDE["customer_focus"]]]
    np.testing.assert_array_equal(one_scale(survey), expected)


def test_yes_and_no_are_no_scale_to_answer_alike_on():
    question = Question("empathy", ("empathy",))
    codebook = Codebook(Question("satisfaction", ("satisfaction",)), (question,))
    assert one_scale(Survey(answered("empathy", "yes", "no"), codebook)).shape == (300, 0)


@pytest.mark.parametrize(
    ("answers", "straight", "asked"),
    [
        ([8, 8, 8, 8, 8, 8, 8], True, True),
        ([8, 8, 8, np.nan, 8, 8, 8], True, True),
        ([8, 8, 8, 8, 8, 8, 7], False, True),
        ([8, 8, 8, 8, 8, np.nan, np.nan], False, False),
        ([np.nan] * 7, False, False),
    ],
)
def test_six_answers_alike_make_a_straight_liner(answers, straight, asked):
    found = straight_liners(np.array([answers], dtype=float))
    assert [bool(part[0]) for part in found] == [straight, asked]


def test_nobody_answers_no_questions_alike():
    straight, asked = straight_liners(np.empty((3, 0)))
    assert not straight.any()
    assert not asked.any()
