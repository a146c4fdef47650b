"""Tests of `cxdrivers.survey.reversal_checks`: items and drivers that run the other way."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxdrivers.survey.reversal_checks import reversed_drivers, reversed_items
from cxdrivers.survey.survey import Survey
from tests.samples import survey_of
from tests.survey.sick_surveys import WIDE, sound, troubled, turned, wide


def test_of_two_items_the_one_that_goes_against_the_outcome_is_named():
    frame = wide().assign(empathy_2=lambda frame: 11 - frame["empathy_2"])
    pair = {"empathy": ["empathy_1", "empathy_2"], "reliability": WIDE["reliability"]}
    [found] = reversed_items(troubled(frame, drivers=pair))
    assert found.column == "empathy_2"


def test_an_item_that_is_turned_round_rightly_is_left_alone():
    frame = wide().assign(empathy_1=lambda frame: 11 - frame["empathy_1"])
    assert [*reversed_items(Survey(frame, turned(("empathy_1",))))] == []


def test_items_that_have_nothing_in_common_are_not_reversed():
    rng = np.random.default_rng(8)
    noise = pd.DataFrame(
        rng.integers(1, 11, (300, 9)), columns=[item for items in WIDE.values() for item in items]
    )
    frame = noise.astype(float).assign(satisfaction=rng.integers(1, 11, 300))
    assert [*reversed_items(troubled(frame, drivers=WIDE))] == []


def test_an_outcome_of_several_items_is_looked_at_as_well():
    frame = wide().assign(again=lambda frame: 11 - frame["satisfaction"])
    survey = Survey.from_frame(frame, outcome=["satisfaction", "again"], drivers=WIDE)
    assert [found.facts["question"] for found in reversed_items(survey)] == ["outcome"]


def test_a_survey_in_which_all_drivers_run_against_the_outcome_has_that_the_other_way_round():
    """Then it is the outcome that runs the other way, or all are costs: no driver is odd."""
    frame = sound().assign(satisfaction=lambda frame: 14 - frame["satisfaction"])
    assert [*reversed_drivers(survey_of(frame))] == []
