"""Tests of `cxdrivers.survey.base_checks`: how many answers there are."""

from __future__ import annotations

import numpy as np

import cxdrivers as cx
from cxdrivers.survey.base_checks import bases, blanks
from tests.samples import OUTCOME, survey_of
from tests.survey.sick_surveys import sound, with_value


def test_rows_with_some_blanks_are_kept_and_do_not_make_the_base_small():
    frame = sound()
    frame.loc[:, "empathy"] = frame["empathy"].mask(frame.index >= 90)
    survey = survey_of(frame)
    assert [found.check for found in bases(survey)] == ["small_driver"]
    assert [found.check for found in blanks(survey)] == ["blank_driver", "blanks"]


def test_many_rows_without_any_rating_are_a_warning():
    frame = sound().iloc[70:].reindex(range(300)).assign(satisfaction=sound()[OUTCOME])
    [found] = bases(survey_of(frame))
    assert (found.check, found.severity, found.rows) == ("rows_lost", "warn", 70)


def test_who_did_not_meet_a_driver_did_not_leave_it_blank():
    frame = with_value("empathy", 150, 0)
    frame.loc[150:185, "empathy"] = np.nan
    blank, note = blanks(survey_of(frame, not_applicable=[0]))
    assert (blank.rows, blank.facts["rows"], blank.facts["share"]) == (36, 150, 24)
    assert (note.rows, note.facts["rows"]) == (36, 300)


def test_blanks_of_one_respondent_are_spoken_of_in_the_singular():
    [found] = blanks(survey_of(with_value("empathy", 1, np.nan)))
    assert found.meaning.say().startswith("1 of 300 respondents has no answer")
    assert found.meaning.say("nl").startswith("1 van de 300 respondenten heeft geen antwoord")


def test_the_example_says_what_did_not_apply_and_what_is_blank():
    assert {found.check for found in cx.load_example().found} == {"not_applicable", "blanks"}
