"""Tests of `cxdrivers.survey.duplicate_checks`: copies are told from people who agree."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import cxdrivers as cx
from cxdrivers.survey.duplicate_checks import copied_answers, repeated_respondents
from tests.samples import survey_of
from tests.survey.sick_surveys import WIDE, sound, wide


def _checks(survey: cx.Survey) -> list[str]:
    return [finding.check for finding in (*repeated_respondents(survey), *copied_answers(survey))]


def _wide(frame: pd.DataFrame, **fields: object) -> cx.Survey:
    return cx.Survey.from_frame(frame, outcome="satisfaction", drivers=WIDE, **fields)


def test_a_respondent_within_one_cluster_is_drawn_whole_already():
    frame = sound().assign(who=np.arange(300) // 2, team=np.arange(300) // 10)
    assert _checks(survey_of(frame, respondent="who", cluster="who")) == []
    assert _checks(survey_of(frame, respondent="who", cluster="team")) == []
    crossed = frame.assign(team=np.arange(300) % 30)
    assert _checks(survey_of(crossed, respondent="who", cluster="team")) == ["repeated_respondents"]


def test_rows_without_an_identifier_are_nobody_twice():
    frame = sound().assign(who=[None] * 150 + list(range(150)))
    assert _checks(survey_of(frame, respondent="who")) == []


def test_a_copy_and_a_second_interview_are_told_apart():
    frame = pd.concat([sound(), sound().head(2)]).assign(who=[*range(298), 7, 7, 0, 1])
    copied, again = repeated_respondents(survey_of(frame, respondent="who"))
    assert (copied.check, copied.rows, copied.facts["people"]) == ("copied_rows", 2, 2)
    assert (again.check, again.rows, again.facts["people"]) == ("repeated_respondents", 3, 1)


def test_one_copied_row_is_spoken_of_in_the_singular():
    frame = pd.concat([sound(), sound().head(1)]).assign(who=[*range(300), 0])
    [found] = repeated_respondents(survey_of(frame, respondent="who"))
    assert found.meaning.say().startswith("1 row repeats an earlier row")
    assert found.meaning.say("nl").startswith("1 rij herhaalt")


def test_a_copy_that_its_identifier_gives_away_is_said_once():
    frame = pd.concat([wide(), wide().iloc[20:60]]).assign(who=[*range(300), *range(20, 60)])
    assert _checks(_wide(frame, respondent="who")) == ["copied_rows"]


def test_few_questions_make_twins_by_chance():
    frame = sound().round()
    assert frame.duplicated().sum() > 50
    assert _checks(survey_of(frame)) == []


@pytest.mark.parametrize("correlation", [0.3, 0.6, 0.8])
def test_people_who_agree_are_nobodys_copies(correlation: float):
    """On a scale of five, ten answers that go together make hundreds of twins."""
    rng = np.random.default_rng(4)
    exact = np.sqrt(correlation) * rng.normal(size=(1500, 1))
    exact = exact + np.sqrt(1 - correlation) * rng.normal(size=(1500, 10))
    items = [item for items in WIDE.values() for item in items]
    frame = pd.DataFrame((3.6 + exact).round().clip(1, 5), columns=[*items, "satisfaction"])
    assert _checks(_wide(frame)) == []
