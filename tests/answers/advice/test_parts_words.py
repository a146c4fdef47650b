"""Tests of `answers.advice.parts_words`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cxdrivers.answers.advice.parts_words import parts_sentences
from cxdrivers.answers.weights.drawn import DrawnParts
from tests.answers.advice.part_surveys import part_frame, part_survey, whole

SURVEY = part_survey(part_frame())


@pytest.mark.parametrize(
    ("parts", "english", "dutch"),
    [
        (1, "the sums do not come in random parts, and 8 are", "komen niet in willekeurige delen"),
        (3, "the sums come in 3 random parts, and 8 are", "komen in 3 willekeurige delen"),
    ],
)
def test_parts_that_are_too_few_are_said_when_intervals_were_asked_for(
    parts: int, english: str, dutch: str
):
    drawn = DrawnParts(whole(SURVEY, parts=parts))
    [said] = parts_sentences(drawn, asked=True)
    assert english in said.say("en")
    assert dutch in said.say("nl")
    assert parts_sentences(drawn, asked=False) == []


@pytest.mark.parametrize(
    ("lost", "english", "dutch"),
    [
        (1, "1 of the 261 respondents is in none of", "1 van de 261 respondenten zit in geen"),
        (2, "2 of the 262 respondents are in none", "2 van de 262 respondenten zitten in geen"),
    ],
)
def test_respondents_that_cannot_be_used_are_counted(lost: int, english: str, dutch: str):
    moments = replace(whole(SURVEY), rows=np.array([260 + lost]))
    [said] = parts_sentences(DrawnParts(moments), asked=True)
    assert said.say("en").startswith(english)
    assert said.say("nl").startswith(dutch)


@pytest.mark.parametrize(
    ("blank", "english", "dutch"),
    [(1, "1 blank answer is", "1 leeg antwoord is"), (2, "2 blank answers are", "2 lege antwoord")],
)
def test_blanks_that_are_expected_are_counted(blank: int, english: str, dutch: str):
    frame = part_frame()
    frame.loc[: blank - 1, "reliability"] = np.nan
    [said] = parts_sentences(DrawnParts(whole(part_survey(frame))), asked=True)
    assert said.say("en").startswith(english)
    assert said.say("nl").startswith(dutch)


def test_clean_sums_need_no_word():
    assert parts_sentences(DrawnParts(whole(SURVEY)), asked=True) == []


def test_pairs_that_were_counted_over_their_own_rows_are_said_so_and_nobody_is_called_lost():
    moments = whole(SURVEY)
    paired = replace(moments, rows=np.array([280]), pairwise=True)
    [said] = parts_sentences(DrawnParts(paired), asked=True)
    assert said.say("en").startswith("Every two questions are held together over those who answ")
    assert said.say("nl").startswith("Elke twee vragen zijn bij elkaar genomen over wie ze alleb")
